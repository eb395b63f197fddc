import { appendFileSync, mkdirSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { build } from "./build.ts";
import { type RunningApp, startApp } from "./local/app.ts";
import { type Parts, startParts } from "./local/parts.ts";
import { removePostgres } from "./local/postgres-data.ts";
import type { Ends } from "./local/stopping.ts";
import { migrate } from "./migrations.ts";
import { type Environment, inProject, say } from "./project.ts";

/** What the stages of a test run share; each thing is made when a stage first asks for it. */
export type TestBench = {
  ends: Ends;
  /** For the stages' runner. */
  args: string[];
  /** A folder of what the run leaves to look at: the app's log, Playwright's artefacts. */
  results: string;
  /** Local parts with a database of their own, migrated and empty. */
  parts(): Promise<Parts>;
  partsEnvironment(parts: Parts): Environment;
  /** The production build, running on those parts; gives what its tests are told. */
  appEnvironment(): Promise<Environment>;
  close(): Promise<void>;
};

/** Not the ports of `npm run dev`, which may be running, or be started, meanwhile. */
const ports = { app: 3100, database: 55322, auth: 55321 };

export function testBench(ends: Ends, options: { build: boolean; args: string[] }): TestBench {
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
  const appEnvironment = once(async () => {
    await built();
    const running = await parts();
    writeFileSync(appLog, "");
    const onLine = (line: string) => appendFileSync(appLog, `${line}\n`);
    const onAddress = (url: string) => running.auth.pointAt(url);
    // Each test names an address of its own, as a proxy would: limits by address then do not mix tests.
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
  return { ends, args: options.args, results, parts, partsEnvironment, appEnvironment, close };
}

/** A function that makes something at its first call and gives the same ever after. */
function once<Made>(make: () => Promise<Made>) {
  let making: Promise<Made> | undefined;
  const get = () => {
    making ??= make();
    return making;
  };
  return Object.assign(get, { made: () => making?.catch(() => undefined) });
}
