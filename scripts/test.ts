/**
 * `npm test`: runs all tests with their own local services and data. `npm test -- api ui` runs only those stages, `--no-build` uses the
 * last build, and arguments after a second `--` go to the test runner.
 * The last line says how many tests passed and failed. A skipped test or a stage without tests fails the run.
 */
import { endingOnSignals } from "./local/stopping.ts";
import { say } from "./project.ts";
import { type Counts, sum } from "./run.ts";
import { appStages, type StageName, stageNames, stages } from "./stages.ts";
import { testBench } from "./test-bench.ts";

const words = process.argv.slice(2);
const cut = words.includes("--") ? words.indexOf("--") : words.length;
const [own, passedOn] = [words.slice(0, cut), words.slice(cut + 1)];
const named = own.filter((word) => !word.startsWith("-"));
const strange = named.find((name) => !(stageNames as readonly string[]).includes(name));
if (strange) throw new Error(`There is no stage ${strange}. The stages: ${stageNames.join(", ")}.`);

const ends = endingOnSignals();
const chosen = stageNames.filter((stage) => named.length === 0 || named.includes(stage));
const needsApp = chosen.some((stage) => appStages.includes(stage));
const bench = testBench(ends, { build: !own.includes("--no-build"), needsApp, args: passedOn });
const results: [StageName, Counts, number][] = [];
for (const name of chosen) {
  say(`\n── ${name} ${"─".repeat(60 - name.length)}`);
  const began = Date.now();
  const counts = await stages[name](bench).catch((error: unknown): Counts => {
    say(error instanceof Error ? error.message : String(error));
    return { passed: 0, failed: 1, skipped: 0 };
  });
  results.push([name, counts, (Date.now() - began) / 1000]);
}
await bench.close();

say("");
for (const [name, counts, seconds] of results) say(`${name.padEnd(10)}${line(counts)} (${seconds.toFixed(0)} s)`);
const all = sum(results.map(([, counts]) => counts));
say(line(all));
await ends.leave(all.failed + all.skipped > 0 ? 1 : 0);

function line({ passed, failed, skipped }: Counts): string {
  return `${passed} passed, ${failed} failed${skipped ? `, ${skipped} skipped` : ""}`;
}
