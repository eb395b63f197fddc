/** `npm run bench -- <name>`, or `speed` without a name: measures the production build with its own local services. */
import { measureMemory } from "./bench/memory.ts";
import { measureSizes } from "./bench/sizes.ts";
import { measureQuickly, measureSpeed } from "./bench/speed.ts";
import { type Ends, endingOnSignals } from "./local/stopping.ts";

/** Each returns whether the measurements are within its limits. */
const benches: Record<string, (ends: Ends, args: string[]) => Promise<boolean>> = {
  speed: measureSpeed,
  quick: measureQuickly,
  memory: measureMemory,
  sizes: measureSizes,
};

const ends = endingOnSignals();
try {
  const given = process.argv.slice(2);
  const [name = "", ...args] = given[0] === undefined || given[0].startsWith("-") ? ["speed", ...given] : given;
  const bench = benches[name];
  if (!bench) throw new Error(`npm run bench -- ${Object.keys(benches).join(" | ")}`);
  await ends.leave((await bench(ends, args)) ? 0 : 1);
} catch (error) {
  process.stderr.write(`${error instanceof Error ? error.message : error}\n`);
  await ends.leave(1);
}
