/**
 * Runs one program and ends it when its own standard input closes. That happens whenever the script that started it ends, even by
 * SIGKILL, which gives a script no chance to clean up.
 */
import { spawn } from "node:child_process";
import type { KeptProgram } from "./kept.ts";

const program: KeptProgram = JSON.parse(process.argv[2] ?? "{}");
const account = program.uid === undefined ? {} : { uid: program.uid, gid: program.gid ?? program.uid };
const child = spawn(program.command, program.args, { stdio: ["ignore", "inherit", "inherit"], ...account });

/** Also signals everything that the program started, since all of it is in this process group. */
function signalGroup(signal: NodeJS.Signals): void {
  try {
    process.kill(-process.pid, signal);
  } catch {
    child.kill(signal);
  }
}

let ending = false;
function end(): void {
  if (ending) return;
  ending = true;
  child.kill(program.signal);
  setTimeout(() => signalGroup("SIGKILL"), program.graceMs).unref();
}

process.stdin.on("end", end).on("close", end).on("error", end).resume();
for (const signal of ["SIGINT", "SIGTERM", "SIGHUP"] as const) process.on(signal, end);

child.on("error", (error) => {
  process.stderr.write(`${program.command} could not be started: ${error.message}\n`);
  process.exit(127);
});
child.on("exit", (code) => {
  ending = true;
  signalGroup("SIGTERM");
  process.exit(code ?? 1);
});
