import { spawn } from "node:child_process";
import { createInterface } from "node:readline";
import { setTimeout as sleep } from "node:timers/promises";
import { type Environment, inProject } from "../project.ts";

/** What the keeper is told. */
export type KeptProgram = {
  command: string;
  args: string[];
  /** The signal that ends the program in good order. */
  signal: "SIGINT" | "SIGTERM";
  /** How long it may take to end, in milliseconds, before it is killed with all that it started. */
  graceMs: number;
  uid?: number;
  gid?: number;
};

export type Kept = {
  /** Settles with the exit code when the program has ended and its output was read. */
  exited: Promise<number>;
  /** Ends the program and waits for it. */
  stop(): Promise<void>;
};

type Options = { env: Environment; cwd: string; onLine: (line: string) => void };

/** Starts a program under a keeper, so that it never outlives this process. */
export function keep(program: KeptProgram, { env, cwd, onLine }: Options): Kept {
  // Its own session: Ctrl-C in the terminal reaches this process alone, which then ends its parts in order.
  const keeper = spawn(process.execPath, [inProject("scripts/local/keeper.ts"), JSON.stringify(program)], {
    stdio: ["pipe", "pipe", "pipe"],
    detached: true,
    env: env as NodeJS.ProcessEnv,
    cwd,
  });
  // Writing the end to a keeper that has just gone is no fault.
  keeper.stdin.on("error", () => {});
  for (const stream of [keeper.stdout, keeper.stderr]) createInterface({ input: stream }).on("line", onLine);
  const exited = new Promise<number>((resolve) => {
    keeper.on("error", () => resolve(127));
    keeper.on("close", (code) => resolve(code ?? 1));
    // A straggler that still holds the output must not hold us.
    keeper.on("exit", (code) => sleep(1000, undefined, { ref: false }).then(() => resolve(code ?? 1)));
  });
  const stop = async () => {
    keeper.stdin.end();
    await exited;
  };
  return { exited, stop };
}
