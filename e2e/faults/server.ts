import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { appendFileSync } from "node:fs";
import { createServer } from "node:net";
import { dirname, join } from "node:path";
import { createInterface } from "node:readline";
import type { Readable } from "node:stream";
import { pathToFileURL } from "node:url";
import { expect } from "playwright/test";
import { childEnvironment, projectFolder, tools } from "#scripts/project";
import { environment } from "../environment.ts";
import type { Answer, Question, Usage } from "./probe.ts";
import { TcpProxy } from "./tcp-proxy.ts";

export type Server = {
  url: string;
  /** The path to the database. */
  proxy: TcpProxy;
  lines: string[];
  /** What the server's own process has used (`probe.ts`). Waits until its event loop is free. */
  used<Key extends keyof Usage>(what: Key): Promise<Usage[Key]>;
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
  const flags = ["--expose-gc", "--import", pathToFileURL(join(import.meta.dirname, "probe.ts")).href];
  const options = ["start", "--port", String(port), "--hostname", "127.0.0.1"];
  const child = spawn(process.execPath, [...flags, tools.next, ...options], {
    cwd: projectFolder,
    stdio: ["ignore", "pipe", "inherit", "ipc"],
    env: childEnvironment({
      NODE_ENV: "production",
      APP_URL: url,
      DATABASE_URL: database.toString(),
      SUPABASE_URL: environment.supabaseUrl,
      SUPABASE_PUBLISHABLE_KEY: environment.publishableKey,
      SUPABASE_JWT_SECRET: environment.jwtSecret,
      TRUSTED_PROXIES: "1",
      DRAIN_SECONDS: "0",
      ...settings,
    }) as NodeJS.ProcessEnv,
  });
  const lines: string[] = [];
  createInterface({ input: child.stdout as Readable }).on("line", (line) => {
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
  return { url, proxy, lines, used: asker(child), exited, stop: () => end("SIGTERM"), kill: () => end("SIGKILL") };
}

/** Questions to the probe in a server's process. */
function asker(child: ChildProcess): Server["used"] {
  let asked = 0;
  return (ask) =>
    new Promise((resolve, reject) => {
      asked += 1;
      const id = asked;
      const close = () => {
        child.off("message", hear);
        child.off("exit", leave);
      };
      const leave = () => {
        close();
        reject(new Error("The server has ended."));
      };
      const hear = (message: Answer) => {
        if (message.id !== id) return;
        close();
        const used = message.used[ask];
        if (used === undefined) reject(new Error(`The probe does not know ${ask}.`));
        else resolve(used);
      };
      child.on("message", hear);
      child.on("exit", leave);
      child.send({ ask, id } satisfies Question);
    });
}
