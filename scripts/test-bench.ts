import { appendFileSync, mkdirSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { build } from "./build.ts";
import { type RunningApp, startApp } from "./local/app.ts";
import { type Parts, startParts } from "./local/parts.ts";
import { removePostgres } from "./local/postgres-data.ts";
import type { Ends } from "./local/stopping.ts";
import { migrate } from "./migrations.ts";
import { type Environment, inProject, say } from "./project.ts";

/** What the stages of a test run share. Each part is created when a stage first needs it. */
export type TestBench = {
  ends: Ends;
  /** Arguments for the test runner. */
  args: string[];
  /** The folder of the run's results: the app's log and Playwright's artifacts. */
  results: string;
  /** Local services with their own database, migrated and empty. */
  parts(): Promise<Parts>;
  partsEnvironment(parts: Parts): Environment;
  /** Builds the app, if a stage of this run needs it and it isn't built yet. If that fails, so do the stages that need it. */
  buildAhead(): Promise<void>;
  /** Starts the production build with those services. Returns the environment of its tests. */
  appEnvironment(): Promise<Environment>;
  close(): Promise<void>;
};

/** Different from the ports of `npm run dev`, which may run at the same time. */
const ports = { app: 3100, database: 55322, auth: 55321 };

export function testBench(ends: Ends, options: { build: boolean; needsApp?: boolean; args: string[] }): TestBench {
  const path = inProject(".local", `test-${process.pid}`);
  const results = inProject(".local/test-results");
  const appLog = join(results, "app.log");
  rmSync(results, { recursive: true, force: true });
  mkdirSync(results, { recursive: true });
  const remove = () => {
    removePostgres(path);
    rmSync(path, { recursive: true, force: true });
  };
  ends.add(remove);

  let app: RunningApp | undefined;
  const parts = once(async () => {
    const started = await startParts({ path, log: say, mailLog() {}, durable: false, ports, onStarted: ends.add });
    await migrate({ ownerUrl: started.ownerUrl, appUrl: String(started.settings.DATABASE_URL), log: say });
    return started;
  });
  const partsEnvironment = (running: Parts): Environment => ({
    ...running.settings,
    TEST_OWNER_URL: running.ownerUrl,
    TEST_SUPERUSER_URL: running.superuserUrl,
    MAIL_DIR: running.folder.mail,
  });
  const built = once(async () => {
    if (!options.build) return;
    say("Building the app …");
    const building = build(say);
    ends.add(building.stop);
    if ((await building.exited) !== 0) throw new Error("The build failed.");
  });
  const buildAhead = async () => {
    if (options.needsApp) await built().catch(() => undefined);
  };
  const appEnvironment = once(async () => {
    await built();
    const running = await parts();
    writeFileSync(appLog, "");
    const onLine = (line: string) => appendFileSync(appLog, `${line}\n`);
    const onAddress = (url: string) => running.auth.pointAt(url);
    // Each test sends its own client address, as a proxy would, so that limits by address don't affect other tests.
    const settings = { ...running.settings, TRUSTED_PROXIES: "1" };
    app = await startApp({ mode: "start", settings, port: ports.app, onAddress, onStarted: ends.add, onLine });
    say(`The app runs on ${app.url}.`);
    return { ...partsEnvironment(running), APP_URL: app.url, APP_LOG: appLog };
  });
  const close = async () => {
    await app?.stop();
    await (await parts.made())?.stop();
    remove();
  };
  return { ends, args: options.args, results, parts, partsEnvironment, buildAhead, appEnvironment, close };
}

/** A function that calls `make` once and returns the same result every time. */
function once<Made>(make: () => Promise<Made>) {
  let making: Promise<Made> | undefined;
  const get = () => {
    making ??= make();
    return making;
  };
  return Object.assign(get, { made: () => making?.catch(() => undefined) });
}
