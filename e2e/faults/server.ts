import { spawn } from "node:child_process";
import { once } from "node:events";
import { appendFileSync } from "node:fs";
import { createServer } from "node:net";
import { dirname, join } from "node:path";
import { createInterface } from "node:readline";
import { expect } from "playwright/test";
import { childEnvironment, projectFolder, tools } from "#scripts/project";
import { environment } from "../environment.ts";
import { TcpProxy } from "./tcp-proxy.ts";

export type Server = {
  url: string;
  /** The path to the database. */
  proxy: TcpProxy;
  lines: string[];
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

/** An app of the test's own, with a path to the database that can be broken. Waits until it answers, well or not. */
export async function startServer(settings: Record<string, string> = {}): Promise<Server> {
  const database = new URL(environment.databaseUrl);
  const proxy = new TcpProxy({ host: database.hostname, port: Number(database.port) });
  await proxy.open();
  database.port = String(proxy.port);
  const port = await freePort();
  const url = `http://localhost:${port}`;
  const child = spawn(process.execPath, [tools.next, "start", "--port", String(port), "--hostname", "127.0.0.1"], {
    cwd: projectFolder,
    stdio: ["ignore", "pipe", "inherit"],
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
  createInterface({ input: child.stdout }).on("line", (line) => {
    lines.push(line);
    // Beside the log of the app that the other tests use: what is looked for in that one is looked for here too.
    appendFileSync(join(dirname(environment.appLog), "faults.log"), `${line}\n`);
  });
  const exited = once(child, "exit").then(([code]) => code as number | null);
  const end = async (signal: NodeJS.Signals) => {
    child.kill(signal);
    await exited;
    await proxy.stop();
  };
  const isUp = () =>
    fetch(`${url}/api/v1/health`).then(
      () => true,
      () => false,
    );
  await expect.poll(isUp, { timeout: 20_000, intervals: [100] }).toBe(true);
  return { url, proxy, lines, exited, stop: () => end("SIGTERM"), kill: () => end("SIGKILL") };
}
