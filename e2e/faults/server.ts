import { spawn } from "node:child_process";
import { once } from "node:events";
import { appendFileSync } from "node:fs";
import { createServer } from "node:net";
import { dirname, join } from "node:path";
import { createInterface } from "node:readline";
import type { Readable } from "node:stream";
import { pathToFileURL } from "node:url";
import { expect } from "playwright/test";
import { childEnvironment, projectFolder, tools } from "#scripts/project";
import { sessionOf } from "../api/session-cookie.ts";
import type { Person } from "../api/world.ts";
import { environment } from "../environment.ts";
import { type Ask, asker } from "./asker.ts";
import { TcpProxy } from "./tcp-proxy.ts";

export type Server = {
  url: string;
  /** The path to the database. */
  proxy: TcpProxy;
  lines: string[];
  /** Measures the server's process (`probe.ts`). Waits until its event loop is free. */
  used: Ask;
  exited: Promise<number | null>;
  stop(): Promise<void>;
  kill(): Promise<void>;
};

export async function freePort(): Promise<number> {
  const probe = createServer().listen(0, "127.0.0.1");
  await once(probe, "listening");
  const { port } = probe.address() as { port: number };
  probe.close();
  await once(probe, "close");
  return port;
}

type Program = "front" | "next";

/**
 * Starts an app for one test, like `npm start` or plain `next start`, with a path to the database that can be broken. Waits until it
 * answers, even with an error.
 */
export async function startServer(settings: Record<string, string> = {}, program: Program = "front"): Promise<Server> {
  // A port that was just free may be taken now.
  for (let tries = 1; ; tries += 1) {
    const server = await tryServer(settings, program);
    if (server) return server;
    if (tries === 3) throw new Error("The server ended three times before it answered.");
  }
}

/** Null if the server ended before it answered. */
async function tryServer(settings: Record<string, string>, program: Program): Promise<Server | null> {
  const database = new URL(environment.databaseUrl);
  const proxy = new TcpProxy({ host: database.hostname, port: Number(database.port) });
  await proxy.open();
  database.port = String(proxy.port);
  const port = await freePort();
  const url = `http://localhost:${port}`;
  const flags = ["--expose-gc", "--import", pathToFileURL(join(import.meta.dirname, "probe.ts")).href];
  // Longer than a test, since a request would fail if the server closed its idle connection at the same moment.
  const options = ["--port", String(port), "--hostname", "127.0.0.1", "--keepAliveTimeout", "120000"];
  const programs = { front: [tools.server], next: [tools.next, "start"] };
  const child = spawn(process.execPath, [...flags, ...programs[program], ...options], {
    cwd: projectFolder,
    stdio: ["ignore", "pipe", "inherit", "ipc"],
    env: childEnvironment({
      NODE_ENV: "production",
      APP_URL: url,
      DATABASE_URL: database.toString(),
      SUPABASE_URL: environment.supabaseUrl,
      SUPABASE_PUBLISHABLE_KEY: environment.publishableKey,
      SUPABASE_JWT_SECRET: environment.jwtSecret,
      APP_SECRET: environment.appSecret,
      TRUSTED_PROXIES: "1",
      DRAIN_SECONDS: "0",
      ...settings,
    }) as NodeJS.ProcessEnv,
  });
  const lines: string[] = [];
  createInterface({ input: child.stdout as Readable }).on("line", (line) => {
    lines.push(line);
    // Next to the log of the app of the other tests, so that the same checks cover both.
    appendFileSync(join(dirname(environment.appLog), "faults.log"), `${line}\n`);
  });
  const exited = once(child, "exit").then(([code]) => code as number | null);
  const end = async (signal: NodeJS.Signals) => {
    child.kill(signal);
    await exited;
    await proxy.stop();
  };
  let hasEnded = false;
  void exited.then(() => {
    hasEnded = true;
  });
  const isUp = () =>
    fetch(`${url}/api/v1/health`).then(
      () => true,
      () => hasEnded,
    );
  await expect.poll(isUp, { timeout: 20_000, intervals: [100] }).toBe(true);
  if (hasEnded) {
    await proxy.stop();
    return null;
  }
  return { url, proxy, lines, used: asker(child), exited, stop: () => end("SIGTERM"), kill: () => end("SIGKILL") };
}

/** Signs a person in at the server, and returns the session cookie. */
export async function cookieAt(server: Server, { email, password }: Person): Promise<string> {
  const response = await fetch(`${server.url}/auth/sign-in`, {
    method: "POST",
    headers: { "Content-Type": "application/json", Origin: server.url },
    body: JSON.stringify({ email, password }),
  });
  expect(response.status, await response.text()).toBe(200);
  return sessionOf(
    response.headers
      .getSetCookie()
      .map((line) => line.split(";")[0])
      .join("; "),
  );
}
