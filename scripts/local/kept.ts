import { spawn } from "node:child_process";
import { createInterface } from "node:readline";
import { setTimeout as sleep } from "node:timers/promises";
import { type Environment, inProject } from "../project.ts";

/** The arguments of the keeper. */
export type KeptProgram = {
  command: string;
  args: string[];
  /** The signal that ends the program gracefully. */
  signal: "SIGINT" | "SIGTERM";
  /** How long the program may take to end, in milliseconds, before it and its children are killed. */
  graceMs: number;
  uid?: number;
  gid?: number;
};

export type Kept = {
  /** Resolves with the exit code when the program has ended and its output has been read. */
  exited: Promise<number>;
  /** Ends the program and waits for it. */
  stop(): Promise<void>;
};

type Options = { env: Environment; cwd: string; onLine: (line: string) => void };

/** Starts a program under a keeper, so that it never outlives this process. */
export function keep(program: KeptProgram, { env, cwd, onLine }: Options): Kept {
  // In its own session, so that Ctrl-C in the terminal reaches only this process, which then ends the others in order.
  const keeper = spawn(process.execPath, [inProject("scripts/local/keeper.ts"), JSON.stringify(program)], {
    stdio: ["pipe", "pipe", "pipe"],
    detached: true,
    env: env as NodeJS.ProcessEnv,
    cwd,
  });
  // The keeper may already be gone.
  keeper.stdin.on("error", () => {});
  for (const stream of [keeper.stdout, keeper.stderr]) createInterface({ input: stream }).on("line", onLine);
  const exited = new Promise<number>((resolve) => {
    keeper.on("error", () => resolve(127));
    keeper.on("close", (code) => resolve(code ?? 1));
    // Don't wait for a leftover process that keeps the output open.
    keeper.on("exit", (code) => sleep(1000, undefined, { ref: false }).then(() => resolve(code ?? 1)));
  });
  const stop = async () => {
    keeper.stdin.end();
    await exited;
  };
  return { exited, stop };
}
