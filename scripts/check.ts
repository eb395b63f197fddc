/** `npm run check`: the fast checks, without a database. `--units` runs only the unit tests. */
import { type Ends, endingOnSignals } from "./local/stopping.ts";
import { inProject, say, tools } from "./project.ts";
import { runVitest } from "./reports.ts";
import { type Counts, oneFailed, onePassed, runTool, sum } from "./run.ts";

/** Types, format and lint, generated documents, unit tests. Continues after a failure, so that one run reports everything. */
export async function check(ends: Ends): Promise<Counts> {
  const step = async (what: string, ...commands: string[][]): Promise<Counts> => {
    say(what);
    for (const command of commands) if ((await runTool(command, { ends })) !== 0) return oneFailed;
    return onePassed;
  };
  return sum([
    await step("Types", [tools.next, "typegen"], [tools.tsc, "--noEmit"]),
    await step("Format and lint", [tools.biome, "check", "."]),
    await step("Documents", [inProject("scripts/api-docs.ts"), "--check"]),
    await runVitest(["unit"], { ends }),
  ]);
}

if (import.meta.main) {
  const ends = endingOnSignals();
  const isUnitsOnly = process.argv.includes("--units");
  const { passed, failed, skipped } = isUnitsOnly ? await runVitest(["unit"], { ends }) : await check(ends);
  say(`\n${passed} passed, ${failed} failed${skipped ? `, ${skipped} skipped` : ""}`);
  await ends.leave(failed + skipped > 0 ? 1 : 0);
}
