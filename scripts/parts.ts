/**
 * `npm run parts`: starts only PostgreSQL and Supabase Auth, migrated, and prints the settings, for an app that is started by hand.
 * Uses the data of `npm run dev`, or of the given folder. `--root-way=…` tries one way to run as root.
 */

import { startParts } from "./local/parts.ts";
import { type RootWay, rootWays } from "./local/postgres-account.ts";
import { localFolder } from "./local/session.ts";
import { endingOnSignals } from "./local/stopping.ts";
import { migrate } from "./migrations.ts";
import { say } from "./project.ts";

const words = process.argv.slice(2);
const path = words.find((word) => !word.startsWith("-")) ?? localFolder;
const rootWay = rootWays.find((way: RootWay) => words.includes(`--root-way=${way}`));
const ends = endingOnSignals();
try {
  const confirmEmail = process.env.LOCAL_CONFIRM_EMAIL === "1";
  const { settings, ownerUrl, auth } = await startParts({ path, log: say, confirmEmail, rootWay, onStarted: ends.add });
  auth.pointAt(process.env.APP_URL || "http://localhost:3000");
  await migrate({ ownerUrl, appUrl: String(settings.DATABASE_URL), log: say });
  const all = { ...settings, MIGRATION_DATABASE_URL: ownerUrl };
  for (const [name, value] of Object.entries(all)) say(`${name}=${value}`);
} catch (error) {
  process.stderr.write(`${error instanceof Error ? error.message : error}\n`);
  await ends.leave(1);
}
