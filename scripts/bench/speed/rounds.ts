import { type ChildProcess, fork } from "node:child_process";
import type { Ends } from "../../local/stopping.ts";
import { cpuOf } from "./cpu.ts";
import { type Row, type RowName, rows, textOf } from "./rows.ts";
import type { World } from "./seed.ts";
import type { Load, Outcome } from "./sender.ts";
import type { Server, ServerName } from "./servers.ts";

/** One round of one row. CPU times are in milliseconds for each request. */
export type Sample = { cpu: number; database: number; perSecond: number; bytes: number };
export type Samples = Map<RowName, Sample[]>;

/** Where the rows are measured. */
export type Site = { servers: Map<ServerName, Server>; databasePid: number; world: World; sender: Sender };
export type Sender = (load: Load) => Promise<Outcome>;

/** Starts the process that sends. */
export function startSender(ends: Ends): Sender {
  const child: ChildProcess = fork(new URL("./sender.ts", import.meta.url));
  ends.add(() => {
    child.disconnect();
  });
  return (load) =>
    new Promise((resolve, reject) => {
      const leave = () => reject(new Error("The sending process has ended."));
      child.once("exit", leave);
      child.once("message", (outcome: Outcome | { error: string }) => {
        child.off("exit", leave);
        if ("error" in outcome) reject(new Error(outcome.error));
        else resolve(outcome);
      });
      child.send(load);
    });
}

/** Long enough for V8 to compile what a request runs. */
const warmUpSeconds = 4;

export type Plan = { names: readonly RowName[]; rounds: number; seconds: number };

/** Measures every row once in each round, after a warm-up. */
export async function runRounds(site: Site, plan: Plan, onRound: (round: number) => void): Promise<Samples> {
  const samples: Samples = new Map(plan.names.map((name) => [name, []]));
  for (let round = 0; round <= plan.rounds; round += 1) {
    onRound(round);
    for (const name of plan.names) {
      const sample = await measure(site, name, round === 0 ? warmUpSeconds : plan.seconds);
      if (round > 0) samples.get(name)?.push(sample);
    }
  }
  return samples;
}

/** Sends one row's requests for some seconds. Throws if one has an unexpected response. */
export async function measure(site: Site, name: RowName, seconds: number): Promise<Sample> {
  const row: Row = rows[name];
  const { port, pid } = serverOf(site, row);
  const requests = row.make(site.world).map((sent) => textOf(sent, `localhost:${port}`));
  const before = { cpu: cpuOf(pid), database: cpuOf(site.databasePid) };
  const { statuses, bytes, ms } = await site.sender({ port, requests, seconds });
  const used = { cpu: cpuOf(pid) - before.cpu, database: cpuOf(site.databasePid) - before.database };
  const { [String(row.status)]: count = 0, ...others } = statuses;
  if (count === 0 || Object.keys(others).length > 0)
    throw new Error(`“${row.title}” expects ${row.status}, but got ${JSON.stringify(statuses)}.`);
  return {
    cpu: used.cpu / count,
    database: used.database / count,
    perSecond: (count / ms) * 1_000,
    bytes: bytes / count,
  };
}

export function serverOf({ servers }: Pick<Site, "servers">, { server: name }: Pick<Row, "server">): Server {
  const server = servers.get(name);
  if (!server) throw new Error(`The server “${name}” is not running.`);
  return server;
}

export function median(values: readonly number[]): number {
  const sorted = [...values].sort((one, other) => one - other);
  const middle = sorted.length >> 1;
  const upper = sorted[middle] ?? Number.NaN;
  return sorted.length % 2 === 1 ? upper : ((sorted[middle - 1] ?? Number.NaN) + upper) / 2;
}
