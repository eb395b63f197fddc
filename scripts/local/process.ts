import { spawnSync } from "node:child_process";
import { readOr } from "./files.ts";

/** Whether a process with this ID exists. */
export function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === "EPERM";
  }
}

/** When a process started, in the system's format. Together with the ID, it identifies one process uniquely. */
export function startOf(pid: number): string | null {
  if (process.platform === "linux") {
    const stat = readOr(`/proc/${pid}/stat`, "");
    return stat.slice(stat.lastIndexOf(")") + 2).split(" ")[19] ?? null;
  }
  return spawnSync("ps", ["-o", "lstart=", "-p", String(pid)], { encoding: "utf8" }).stdout?.trim() || null;
}

/** The command line of a process, or an empty string. */
export function commandOf(pid: number): string {
  if (process.platform === "linux") return readOr(`/proc/${pid}/cmdline`, "").replaceAll("\0", " ");
  return spawnSync("ps", ["-o", "command=", "-p", String(pid)], { encoding: "utf8" }).stdout ?? "";
}
