import { parseArgs } from "node:util";
import postgres from "postgres";
import type { Parts } from "../local/parts.ts";
import type { Ends } from "../local/stopping.ts";
import { type Environment, inProject, say } from "../project.ts";
import { buildIfNeeded, startBenchParts } from "./server.ts";
import { buildApp } from "./speed/builds.ts";
import { parentOf } from "./speed/cpu.ts";
import { writeDocument } from "./speed/document.ts";
import type { Results } from "./speed/figures.ts";
import { preparePeer } from "./speed/peer.ts";
import { print } from "./speed/print.ts";
import { sharesOf } from "./speed/profile.ts";
import { runRounds, type Site, serverOf, startSender } from "./speed/rounds.ts";
import { type Row, type RowName, rowNames, rows } from "./speed/rows.ts";
import { seed } from "./speed/seed.ts";
import { type Server, type ServerName, startServer } from "./speed/servers.ts";
import { countTrips } from "./speed/trips.ts";

const profileSeconds = 5;

/** `npm run bench -- quick`: the rows without better-auth, in 5 rounds of a second each. */
export function measureQuickly(ends: Ends, args: string[]): Promise<boolean> {
  const names = rowNames.filter((name) => rows[name].server !== "peer");
  return measureSpeed(ends, ["--rounds", "5", "--seconds", "1", ...names, ...args]);
}

/**
 * `npm run bench`: measures the CPU time of requests against a bare Next route handler, and writes docs/PERFORMANCE.md.
 * `-- speed list me` measures only these rows, and writes nothing. It is a report, so it returns true even if a row falls short.
 */
export async function measureSpeed(ends: Ends, args: string[]): Promise<boolean> {
  const { rounds, seconds, contacts, names, isWhole } = planOf(args);
  if (process.platform !== "linux") throw new Error("The benchmark reads CPU times from /proc, so it needs Linux.");
  await buildIfNeeded(ends);
  const parts = await startBenchParts(ends);
  const product = (url: string) => ({ ...parts.settings, APP_URL: url, TRUSTED_PROXIES: "1" });
  const site = await prepare(ends, parts, product, names, contacts);
  const samples = await runRounds(site, { names, rounds, seconds }, (round) =>
    say(round === 0 ? "Warming up …" : `Round ${round} of ${rounds} …`),
  );
  const results: Results = { samples };
  if (isWhole) {
    results.shares = await sharesOf(site, "list", profileSeconds);
    results.trips = await countTrips(ends, product, site.world);
  }
  print(results);
  if (isWhole) writeDocument(results, { rounds, seconds, contacts, postgres: await versionOf(parts) });
  return true;
}

function planOf(args: string[]) {
  const { values, positionals } = parseArgs({
    args,
    allowPositionals: true,
    options: {
      rounds: { type: "string", default: "11" },
      seconds: { type: "string", default: "1.5" },
      contacts: { type: "string", default: "100000" },
    },
  });
  const numberOf = (name: keyof typeof values, least: number) => {
    const value = Number(values[name]);
    if (!(value >= least)) throw new Error(`--${name} is a number from ${least} on.`);
    return value;
  };
  const unknown = positionals.find((name) => !(name in rows));
  if (unknown !== undefined) throw new Error(`There is no row “${unknown}”. The rows are: ${rowNames.join(", ")}.`);
  const isWhole = positionals.length === 0;
  // The bare handler is what the others are compared with.
  const names = rowNames.filter((name) => isWhole || positionals.includes(name) || rows[name].server === "bare");
  return {
    ...{ names, isWhole, rounds: numberOf("rounds", 1) },
    ...{ seconds: numberOf("seconds", 0.2), contacts: numberOf("contacts", 100) },
  };
}

async function prepare(
  ends: Ends,
  parts: Parts,
  product: (url: string) => Environment,
  names: readonly RowName[],
  contacts: number,
): Promise<Site> {
  const needed = new Set<ServerName>(names.map((name) => rows[name].server));
  const servers = new Map<ServerName, Server>();
  const start = async (name: ServerName, settingsFor: (url: string) => Environment) =>
    servers.set(name, await startServer(ends, name, settingsFor));
  await start("front", product);
  if (needed.has("next")) await start("next", product);
  const front = serverOf({ servers }, { server: "front" });
  say(`Creating a company with ${contacts} contacts …`);
  const world = await seed(parts, front.url, contacts);
  await buildApp(ends, inProject("bench/bare"));
  const sizes = { LIST_BYTES: await sizeOf("list"), RECORD_BYTES: await sizeOf("one") };
  await start("bare", () => sizes);
  if (needed.has("peer")) {
    const { settings, key } = await preparePeer(ends, parts, contacts);
    await start("peer", () => settings);
    world.key = key;
  }
  return { servers, world, databasePid: await databasePid(parts), sender: startSender(ends) };

  /** The length of a row's response. */
  async function sizeOf(name: RowName): Promise<string> {
    const row: Row = rows[name];
    const [sent] = row.make(world);
    const headers = { ...sent?.headers, "accept-encoding": "identity" };
    const response = await fetch(front.url + sent?.path, { headers });
    return String((await response.arrayBuffer()).byteLength);
  }
}

/** PostgreSQL's first process, which starts the others. */
async function databasePid(parts: Parts): Promise<number> {
  const sql = postgres(parts.superuserUrl, { max: 1, onnotice() {} });
  const [row] = await sql<{ pid: number }[]>`select pg_backend_pid() as pid`;
  const pid = parentOf(row?.pid ?? 0);
  await sql.end();
  return pid;
}

async function versionOf(parts: Parts): Promise<string> {
  const sql = postgres(parts.superuserUrl, { max: 1, onnotice() {} });
  const [row] = await sql<{ version: string }[]>`select current_setting('server_version') as version`;
  await sql.end();
  return String(row?.version);
}
