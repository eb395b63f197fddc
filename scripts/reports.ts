import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { readOr } from "./local/files.ts";
import type { Ends } from "./local/stopping.ts";
import { type Environment, tools } from "./project.ts";
import { type Counts, oneFailed, runTool } from "./run.ts";

type Options = { ends: Ends; env?: Environment; args?: string[] };

/** Runs one project of vitest.config.ts and counts its tests. */
export function runVitest(project: string, { ends, env, args = [] }: Options): Promise<Counts> {
  return withReport(
    async (file) => {
      const reporters = ["--reporter=default", "--reporter=json", `--outputFile.json=${file}`];
      return await runTool([tools.vitest, "run", "--project", project, ...reporters, ...args], { ends, env });
    },
    ({ numPassedTests, numFailedTests, numPendingTests, numTodoTests }) => ({
      passed: numPassedTests ?? 0,
      failed: numFailedTests ?? 0,
      skipped: (numPendingTests ?? 0) + (numTodoTests ?? 0),
    }),
  );
}

/** Runs one project of playwright.config.ts and counts its tests. */
export function runPlaywright(project: string, { ends, env, args = [] }: Options): Promise<Counts> {
  return withReport(
    async (file) => {
      const given = [tools.playwright, "test", `--project=${project}`, ...args];
      return await runTool(given, { ends, env: { ...env, TEST_REPORT: file } });
    },
    ({ stats }) => ({
      passed: stats?.expected ?? 0,
      // A test that needed a retry counts as failed.
      failed: (stats?.unexpected ?? 0) + (stats?.flaky ?? 0),
      skipped: stats?.skipped ?? 0,
    }),
  );
}

type Report = {
  numPassedTests?: number;
  numFailedTests?: number;
  numPendingTests?: number;
  numTodoTests?: number;
  stats?: { expected: number; unexpected: number; flaky: number; skipped: number };
};

/** If the runner itself failed or ran no tests, that counts as one failed test. */
async function withReport(run: (file: string) => Promise<number>, read: (report: Report) => Counts): Promise<Counts> {
  const folder = mkdtempSync(join(tmpdir(), "repdesk-report-"));
  try {
    const file = join(folder, "report.json");
    const code = await run(file);
    const counts = read(JSON.parse(readOr(file, "{}")));
    const isFailure = (code !== 0 && counts.failed === 0) || counts.passed + counts.failed === 0;
    return isFailure ? { ...counts, failed: counts.failed + oneFailed.failed } : counts;
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}
