import { existsSync, mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import type { Log } from "../project.ts";
import { readOr } from "./files.ts";
import { copyFolder, giveToAccount, type PostgresAccount, runAs } from "./postgres-account.ts";
import { commandOf, isAlive } from "./process.ts";

const major = "17";

/** Creates the data at the first start, and makes sure that nothing else uses it. */
export async function prepareData(account: PostgresAccount, password: string, log: Log): Promise<void> {
  if (!existsSync(join(account.data, "PG_VERSION"))) {
    log(`Making a database in ${dirname(account.data)} (once) …`);
    await initialise(account, password);
  }
  const version = readFileSync(join(account.data, "PG_VERSION"), "utf8").trim();
  if (version !== major) throw new Error(`${account.data} was made by PostgreSQL ${version}; this is ${major}.`);
  await endStale(account.data);
  giveToAccount(account.data, account);
}

/** Removes the database of a folder, which may be elsewhere. */
export function removePostgres(folder: string): void {
  rmSync(join(folder, "postgres"), { recursive: true, force: true });
  rmSync(copyFolder(folder), { recursive: true, force: true });
}

/** Creates the data next to its final place and then moves it, so that a kill leaves nothing half done. */
async function initialise(account: PostgresAccount, password: string): Promise<void> {
  const unfinished = `${account.data}.unfinished`;
  const passwordFile = `${account.data}.password`;
  rmSync(unfinished, { recursive: true, force: true });
  mkdirSync(unfinished, { mode: 0o700 });
  giveToAccount(unfinished, account);
  writeFileSync(passwordFile, `${password}\n`, { mode: 0o600 });
  giveToAccount(passwordFile, account);
  const where = [
    `--pgdata=${unfinished}`,
    "--username=supabase_admin",
    `--pwfile=${passwordFile}`,
    "--auth=scram-sha-256",
  ];
  const text = ["--encoding=UTF8", "--locale=C", "--locale-provider=builtin", "--builtin-locale=C.UTF-8"];
  const args = [...where, ...text, "--no-sync", "--no-instructions"];
  const said: string[] = [];
  const code = await runAs(account, account.binaries.initdb, args, "SIGTERM", (line) => said.push(line)).exited;
  rmSync(passwordFile, { force: true });
  if (code !== 0) throw new Error(`PostgreSQL couldn't create its data folder:\n${said.slice(-10).join("\n")}`);
  renameSync(unfinished, account.data);
}

/** Stops a server that an earlier run left on this data. Only we use this data, and we are just starting. */
async function endStale(data: string): Promise<void> {
  const pidFile = join(data, "postmaster.pid");
  const pid = Number.parseInt(readOr(pidFile, ""), 10);
  if (!(pid > 0) || !isAlive(pid)) return;
  const isOurs = () => isAlive(pid) && commandOf(pid).includes(data);
  if (!isOurs()) {
    // The process ID belongs to another program now, which PostgreSQL would mistake for a server.
    rmSync(pidFile, { force: true });
    return;
  }
  process.kill(pid, "SIGINT");
  for (let waited = 0; isOurs() && waited < 10_000; waited += 50) await sleep(50);
  if (isOurs()) process.kill(pid, "SIGQUIT");
  for (let waited = 0; isOurs() && waited < 5_000; waited += 50) await sleep(50);
}
