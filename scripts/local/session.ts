import { rmSync } from "node:fs";
import { stripVTControlCharacters } from "node:util";
import { migrate } from "../migrations.ts";
import { type Environment, givenSettings, inProject, say } from "../project.ts";
import { loadDemoData } from "../seed.ts";
import { startApp } from "./app.ts";
import { openFolder } from "./folder.ts";
import { startParts } from "./parts.ts";
import { removePostgres } from "./postgres-data.ts";
import { type Ends, endingOnSignals } from "./stopping.ts";
import { greet } from "./welcome.ts";

/** The data of `npm run dev` and `npm run preview`. */
export const localFolder = inProject(".local");

type Session = {
  mode: "dev" | "start";
  /** Called when the services run, before the app starts. */
  prepare?: (ends: Ends) => Promise<void>;
  reset?: boolean;
};

/**
 * Runs the app until it is stopped, with the given production settings or else with local services.
 * Prints errors as sentences without a stack, for the person who ran the command.
 */
export async function runSession(session: Session): Promise<void> {
  const ends = endingOnSignals();
  try {
    const given = givenSettings(session.mode === "dev" ? "development" : "production");
    const port = Number(given.PORT ?? 3000);
    if (session.mode === "dev" && isConfigured(given)) await runConfigured(given, port, ends);
    else await runLocally(session, given, port, ends);
  } catch (error) {
    process.stderr.write(`${error instanceof Error ? error.message : error}\n`);
    await ends.leave(1);
  }
}

function isConfigured(given: Environment): boolean {
  const [database, supabase] = [Boolean(given.DATABASE_URL), Boolean(given.SUPABASE_URL)];
  if (database === supabase) return database;
  throw new Error(
    `${database ? "DATABASE_URL" : "SUPABASE_URL"} is given alone. Give both, or neither to start local parts.`,
  );
}

async function runConfigured(given: Environment, port: number, ends: Ends): Promise<void> {
  say("Using the given DATABASE_URL and SUPABASE_URL. No local services are started.");
  const app = await startApp({ mode: "dev", settings: given, port, onStarted: ends.add, onLine: sayUnlessBanner });
  say(`RepDesk runs on ${app.url}. Ctrl-C stops it.`);
  await app.exited;
  await ends.leave(1);
}

async function runLocally({ mode, prepare, reset }: Session, given: Environment, port: number, ends: Ends) {
  if (reset) await forget();
  const confirmEmail = given.LOCAL_CONFIRM_EMAIL === "1";
  const parts = await startParts({ path: localFolder, log: say, confirmEmail, onStarted: ends.add });
  await migrate({ ownerUrl: parts.ownerUrl, appUrl: String(parts.settings.DATABASE_URL), log: say });
  await loadDemoData({ ownerUrl: parts.ownerUrl, settings: parts.settings, log: say });
  await prepare?.(ends);

  say("Starting the app …");
  const onAddress = parts.auth.pointAt;
  const { settings } = parts;
  const app = await startApp({ mode, settings, port, onAddress, onStarted: ends.add, onLine: sayUnlessBanner });
  parts.folder.announce(app.url);
  greet(app.url);
  const ended = await Promise.race([app.exited.then(() => "The app"), parts.postgres.exited.then(() => "PostgreSQL")]);
  if (!ends.isLeaving) say(`${ended} has ended by itself; stopping the rest.`);
  await ends.leave(1);
}

/** Next's startup lines, which name another address, and its cursor codes. */
const banner = /^\s*(▲ Next\.js|- (Local|Network|Experiments)|✓ (Starting|Ready|Running)|$)/;

function sayUnlessBanner(line: string): void {
  if (!banner.test(stripVTControlCharacters(line))) say(line);
}

/** Removes the database, the mail, and the secrets, unless they are in use. */
async function forget(): Promise<void> {
  say("Removing the local data …");
  const folder = await openFolder(localFolder);
  removePostgres(localFolder);
  for (const name of ["mail", "state.json", "postgres.log"])
    rmSync(`${localFolder}/${name}`, { recursive: true, force: true });
  folder.release();
}
