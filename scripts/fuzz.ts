/**
 * `npm run fuzz`: sends 10,000 requests generated from the OpenAPI document to the production build, and checks every response against
 * the document. `-- --seed N` repeats a run, `--requests N` sends another number, `--no-build` tests the last build.
 */
import { randomInt } from "node:crypto";
import { parseArgs } from "node:util";
import { endingOnSignals } from "./local/stopping.ts";
import { say } from "./project.ts";
import { runPlaywright } from "./reports.ts";
import { testBench } from "./test-bench.ts";

const { values } = parseArgs({
  options: {
    seed: { type: "string", default: String(randomInt(2 ** 31)) },
    requests: { type: "string", default: "10000" },
    "no-build": { type: "boolean", default: false },
  },
});
const ends = endingOnSignals();
const bench = testBench(ends, { build: !values["no-build"], args: [] });
const env = { ...(await bench.appEnvironment()), FUZZ_SEED: values.seed, FUZZ_REQUESTS: values.requests };
const { failed } = await runPlaywright("api", { ends, args: ["fuzz.spec"], env });
await bench.close();
say(
  failed === 0 ? "Every response matches the document." : `Repeat this run with npm run fuzz -- --seed ${values.seed}`,
);
await ends.leave(failed === 0 ? 0 : 1);
