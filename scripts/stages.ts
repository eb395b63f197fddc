import { check } from "./check.ts";
import { findChromium } from "./chromium.ts";
import { makeClients } from "./clients.ts";
import { lintDocument } from "./document.ts";
import { say } from "./project.ts";
import { unprovoked } from "./provoked.ts";
import { findRedis } from "./redis.ts";
import { runPlaywright, runVitest } from "./reports.ts";
import { type Counts, oneFailed, onePassed, sum } from "./run.ts";
import { scanForSecrets } from "./scan.ts";
import type { TestBench } from "./test-bench.ts";

/** The stages of `npm test`, in order. */
export const stageNames = [
  "check",
  "document",
  "start",
  "database",
  "api",
  "clients",
  "ui",
  "faults",
  "servers",
  "scan",
] as const;
export type StageName = (typeof stageNames)[number];
/** Those that test the production build. */
export const appStages: readonly StageName[] = ["api", "clients", "ui", "faults", "servers"];

export const stages: Record<StageName, (bench: TestBench) => Promise<Counts>> = {
  check: ({ ends }) => check(ends),
  document: ({ ends }) => lintDocument(ends),
  async start({ ends, args, buildAhead }) {
    // These tests mostly wait. Those of the database measure times, so the build ends before them.
    const [counts] = await Promise.all([runVitest(["start"], { ends, args }), buildAhead()]);
    return counts;
  },
  async database({ ends, args, parts, partsEnvironment }) {
    return await runVitest(["database", "waiting"], { ends, args, env: partsEnvironment(await parts()) });
  },
  async api({ ends, args, appEnvironment }) {
    return await runPlaywright("api", { ends, args, env: await appEnvironment() });
  },
  async clients({ ends, args, appEnvironment }) {
    await makeClients(ends);
    return await runPlaywright("clients", { ends, args, env: await appEnvironment() });
  },
  async ui({ ends, args, appEnvironment }) {
    const env = { ...(await appEnvironment()), CHROMIUM_PATH: findChromium() };
    return await runPlaywright("ui", { ends, args, env });
  },
  async faults({ ends, args, appEnvironment }) {
    const env = { ...(await appEnvironment()), REDIS_SERVER_PATH: findRedis() };
    return await runPlaywright("faults", { ends, args, env });
  },
  async servers({ ends, args, appEnvironment }) {
    return await runPlaywright("servers", { ends, args, env: await appEnvironment() });
  },
  async scan({ parts, results }) {
    const { superuserUrl, folder } = await parts();
    const { tables, rows, files, found } = await scanForSecrets(superuserUrl, [
      results,
      `${folder.path}/postgres.log`,
      folder.mail,
    ]);
    say(`Searched ${rows} rows of ${tables} tables and ${files} files for token secrets.`);
    for (const place of found) say(`Found a token secret in ${place}.`);
    const missing = unprovoked(results);
    for (const code of missing ?? []) say(`No test provoked the error code ${code}.`);
    return sum([
      found.length === 0 && tables > 0 ? onePassed : oneFailed,
      ...(missing ? [missing.length === 0 ? onePassed : oneFailed] : []),
    ]);
  },
};
