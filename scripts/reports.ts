import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { readOr } from "./local/files.ts";
import type { Ends } from "./local/stopping.ts";
import { type Environment, tools } from "./project.ts";
import { type Counts, oneFailed, runTool, sum } from "./run.ts";

type Options = { ends: Ends; env?: Environment; args?: string[] };

/** Runs projects of vitest.config.ts side by side and counts their tests. If there are none, that counts as one failed test. */
export async function runVitest(projects: string[], options: Options): Promise<Counts> {
  const counts = sum(await Promise.all(projects.map((project) => runProject(project, options))));
  return counts.passed + counts.failed === 0 ? oneFailed : counts;
}

/** A project can be without a test that the arguments choose. */
function runProject(project: string, { ends, env, args = [] }: Options): Promise<Counts> {
  return withReport(
    async (file) => {
      const given = [
        "--passWithNoTests",
        "--reporter=default",
        "--reporter=json",
        `--outputFile.json=${file}`,
        ...args,
      ];
      return await runTool([tools.vitest, "run", "--project", project, ...given], { ends, env });
    },
    ({ numPassedTests, numFailedTests, numPendingTests, numTodoTests }) => ({
      passed: numPassedTests ?? 0,
      failed: numFailedTests ?? 0,
      skipped: (numPendingTests ?? 0) + (numTodoTests ?? 0),
    }),
  );
}

/** Runs one project of playwright.config.ts and counts its tests. If there are none, that counts as one failed test. */
export async function runPlaywright(project: string, { ends, env, args = [] }: Options): Promise<Counts> {
  return await withReport(
    async (file) => {
      // A folder of its own, since each run empties its folder.
      const output = `--output=.local/test-results/playwright-${project}`;
      const given = [tools.playwright, "test", `--project=${project}`, output, ...args];
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

/** If the runner itself failed, that counts as one failed test. */
async function withReport(run: (file: string) => Promise<number>, read: (report: Report) => Counts): Promise<Counts> {
  const folder = mkdtempSync(join(tmpdir(), "repdesk-report-"));
  try {
    const file = join(folder, "report.json");
    const code = await run(file);
    const counts = read(JSON.parse(readOr(file, "{}")));
    return code !== 0 && counts.failed === 0 ? sum([counts, oneFailed]) : counts;
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}
