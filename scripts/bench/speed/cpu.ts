import { readdirSync, readFileSync } from "node:fs";

/** CPU time of processes, read from Linux. Ticks are hundredths of a second on every architecture that Node runs on. */
const tickMs = 10;

type Times = { parent: number; own: number; ended: number };

/** Null if the process has ended. */
function timesOf(pid: number | string): Times | null {
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, "latin1");
    // The name before this may contain spaces and parentheses.
    const fields = stat
      .slice(stat.lastIndexOf(")") + 2)
      .split(" ")
      .map(Number);
    const [utime = 0, stime = 0, cutime = 0, cstime = 0] = fields.slice(11, 15);
    return { parent: fields[1] as number, own: utime + stime, ended: cutime + cstime };
  } catch (error) {
    if (["ENOENT", "ESRCH"].includes(String((error as NodeJS.ErrnoException).code))) return null;
    throw error;
  }
}

/** The CPU time of a process in milliseconds, with its children, those that have ended included. */
export function cpuOf(pid: number): number {
  const all = new Map<number, Times>();
  for (const name of readdirSync("/proc")) {
    const times = /^\d+$/.test(name) ? timesOf(name) : null;
    if (times) all.set(Number(name), times);
  }
  const sum = (of: number): number => {
    const times = all.get(of);
    if (!times) throw new Error(`The process ${of} has ended.`);
    const children = [...all].filter(([, { parent }]) => parent === of);
    return children.reduce((total, [child]) => total + sum(child), times.own + times.ended);
  };
  return sum(pid) * tickMs;
}

/** The process that started this one. */
export function parentOf(pid: number): number {
  const times = timesOf(pid);
  if (!times) throw new Error(`The process ${pid} has ended.`);
  return times.parent;
}
