import { setTimeout as sleep } from "node:timers/promises";
import { childEnvironment, type Environment, projectFolder, tools } from "../project.ts";
import { type Kept, keep } from "./kept.ts";
import { isFree } from "./ports.ts";

export type RunningApp = {
  url: string;
  /** Settles when the app has exited for any reason. */
  exited: Promise<number>;
  stop(): Promise<void>;
};

export type AppOptions = {
  /** `dev` compiles on demand; `start` serves the output of `next build`. */
  mode: "dev" | "start";
  /** All settings. `APP_URL` defaults to the address that the app gets. */
  settings: Environment;
  /** The first port to try. */
  port: number;
  /** Called with the address before the app starts, and again if the port turns out to be taken. */
  onAddress?: (url: string) => void;
  /** Called with a function that stops the app as soon as it runs, so that an interrupted start leaves nothing behind. */
  onStarted: (end: () => Promise<void>) => void;
  /** Called with each line of the app's output. */
  onLine: (line: string) => void;
};

/** Starts the app on the first free port, on loopback, and waits until it answers. */
export async function startApp(options: AppOptions): Promise<RunningApp> {
  const { port: first } = options;
  for (let port = first; port < first + 100; port += 1) {
    // `localhost` is both IPv4 and IPv6. A program on the other one would get our visitors.
    if (!((await isFree(port)) && (await isFree(port, "::1")))) continue;
    const app = await tryPort(options, port);
    if (app) return app;
  }
  throw new Error(`The app found no free port from ${first} on.`);
}

/** Starts the app on one port; undefined if the port was taken in the meantime. */
async function tryPort(
  { mode, settings, onAddress, onStarted, onLine }: AppOptions,
  port: number,
): Promise<RunningApp | null> {
  const url = `http://localhost:${port}`;
  onAddress?.(url);
  // The owner's connection is only for migrations. The app never gets it.
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

/** Waits until the address responds. In development, that includes the first compilation. */
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
