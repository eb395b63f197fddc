/**
 * Runs one program and ends it when its own standard input closes, which happens when the script that started it is
 * gone, however it went: SIGKILL gives a script no moment to end what it started.
 */
import { spawn } from "node:child_process";
import type { KeptProgram } from "./kept.ts";

const program: KeptProgram = JSON.parse(process.argv[2] ?? "{}");
const account = program.uid === undefined ? {} : { uid: program.uid, gid: program.gid ?? program.uid };
const child = spawn(program.command, program.args, { stdio: ["ignore", "inherit", "inherit"], ...account });

/** Signals whatever the program started as well: all of it is in this process's own group. */
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
