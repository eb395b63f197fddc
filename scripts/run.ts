import { type Kept, keep } from "./local/kept.ts";
import type { Ends } from "./local/stopping.ts";
import { childEnvironment, type Environment, type Log, projectFolder, say } from "./project.ts";

export type Counts = { passed: number; failed: number; skipped: number };

export const none: Counts = { passed: 0, failed: 0, skipped: 0 };
export const onePassed: Counts = { passed: 1, failed: 0, skipped: 0 };
export const oneFailed: Counts = { passed: 0, failed: 1, skipped: 0 };

export function sum(counts: readonly Counts[]): Counts {
  return counts.reduce(
    (all, one) => ({
      passed: all.passed + one.passed,
      failed: all.failed + one.failed,
      skipped: all.skipped + one.skipped,
    }),
    none,
  );
}

type Options = { ends: Ends; env?: Environment; log?: Log; command?: string; cwd?: string };

/** Runs a tool on the pinned Node, or another command, forwards its output, and returns its exit code. */
export async function runTool(args: string[], options: Options): Promise<number> {
  const { ends, env = {}, log = say, command = process.execPath, cwd = projectFolder } = options;
  const tool: Kept = keep(
    { command, args, signal: "SIGTERM", graceMs: 5_000 },
    { env: childEnvironment(env), cwd, onLine: log },
  );
  ends.add(tool.stop);
  return await tool.exited;
}
