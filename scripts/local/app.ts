import { setTimeout as sleep } from "node:timers/promises";
import { childEnvironment, type Environment, projectFolder, tools } from "../project.ts";
import { type Kept, keep } from "./kept.ts";
import { isFree } from "./ports.ts";

export type RunningApp = {
  url: string;
  /** Settles when the app has ended, wanted or not. */
  exited: Promise<number>;
  stop(): Promise<void>;
};

export type AppOptions = {
  /** `dev` compiles as it goes; `start` serves what `next build` made. */
  mode: "dev" | "start";
  /** All settings; `APP_URL` is the address that is found, if not given. */
  settings: Environment;
  /** The first port to try. */
  port: number;
  /** Told of the address before the app starts on it; again, if that port turns out to be taken. */
  onAddress?: (url: string) => void;
  /** Told how to end the app as soon as it runs, so that a start that is broken off leaves nothing behind. */
  onStarted: (end: () => Promise<void>) => void;
  /** Each line that the app says. */
  onLine: (line: string) => void;
};

/** Starts the app on the first free port, on loopback, and waits until it answers. */
export async function startApp(options: AppOptions): Promise<RunningApp> {
  const { port: first } = options;
  for (let port = first; port < first + 100; port += 1) {
    // `localhost` is both families: another program on the other one would get our visitors.
    if (!((await isFree(port)) && (await isFree(port, "::1")))) continue;
    const app = await tryPort(options, port);
    if (app) return app;
  }
  throw new Error(`The app found no free port from ${first} on.`);
}

/** Starts the app on one port; nothing if that port was taken in the meantime. */
async function tryPort(
  { mode, settings, onAddress, onStarted, onLine }: AppOptions,
  port: number,
): Promise<RunningApp | null> {
  const url = `http://localhost:${port}`;
  onAddress?.(url);
  // The owner's connection is for migrations alone: the app never holds it.
  const env = childEnvironment({
    ...settings,
    APP_URL: settings.APP_URL ?? url,
    MIGRATION_DATABASE_URL: undefined,
    PORT: undefined,
  });
  const program = mode === "dev" ? [tools.next, "dev"] : [tools.server];
  const args = [...program, "--port", String(port), "--hostname", "127.0.0.1"];
  let isTaken = false;
  const said: string[] = [];
  const kept = keep(
    { command: process.execPath, args, signal: "SIGTERM", graceMs: 15_000 },
    {
      env,
      cwd: projectFolder,
      onLine(line) {
        isTaken ||= /EADDRINUSE|address already in use/i.test(line);
        said.push(line);
        if (said.length > 20) said.shift();
        onLine(line);
      },
    },
  );
  onStarted(kept.stop);
  const isUp = await Promise.race([answers(url, kept), kept.exited.then(() => false)]);
  if (isUp) return { url, exited: kept.exited, stop: kept.stop };
  if (isTaken) return null;
  throw new Error(`The app did not start:\n${said.join("\n")}`);
}

/** Waits until something answers on the address: in development that includes the first compilation. */
async function answers(url: string, kept: Kept): Promise<boolean> {
  let hasEnded = false;
  kept.exited.then(() => {
    hasEnded = true;
  });
  while (!hasEnded) {
    try {
      await fetch(`${url}/api/v1/health`, { signal: AbortSignal.timeout(60_000) });
      return true;
    } catch {
      await sleep(100);
    }
  }
  return false;
}
