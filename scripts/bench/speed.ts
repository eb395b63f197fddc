import { mkdirSync } from "node:fs";
import { parseArgs } from "node:util";
import postgres from "postgres";
import type { Parts } from "../local/parts.ts";
import type { Ends } from "../local/stopping.ts";
import { type Environment, inProject, say } from "../project.ts";
import { buildIfNeeded, startBenchParts } from "./server.ts";
import { buildBare } from "./speed/builds.ts";
import { parentOf } from "./speed/cpu.ts";
import { printComparisons, printRows } from "./speed/print.ts";
import { runRounds, type Site, serverOf, startSender } from "./speed/rounds.ts";
import { type Row, type RowName, rowNames, rows } from "./speed/rows.ts";
import { seed } from "./speed/seed.ts";
import { type Server, type ServerName, startServer } from "./speed/servers.ts";

/** `npm run bench -- quick`: a short run, without the document. */
export function measureQuickly(ends: Ends, args: string[]): Promise<boolean> {
  return measureSpeed(ends, ["--seconds", "1", ...args, ...(args.some((arg) => !arg.startsWith("-")) ? [] : rowNames)]);
}

/**
 * `npm run bench`: measures the CPU time of requests against a bare Next route handler and writes docs/PERFORMANCE.md.
 * `-- speed list me` measures only these rows, and writes nothing. Falls short of nothing: it returns true.
 */
export async function measureSpeed(ends: Ends, args: string[]): Promise<boolean> {
  const { values, positionals } = parseArgs({
    args,
    allowPositionals: true,
    options: {
      rounds: { type: "string", default: "5" },
      seconds: { type: "string", default: "2" },
      contacts: { type: "string", default: "100000" },
    },
  });
  const [rounds, seconds, contacts] = [values.rounds, values.seconds, values.contacts].map(Number) as [
    number,
    number,
    number,
  ];
  const names = chosen(positionals);
  if (process.platform !== "linux") throw new Error("The benchmark reads CPU times from /proc, so it needs Linux.");

  const site = await prepare(ends, names, contacts);
  const samples = await runRounds(site, { names, rounds, seconds }, (round) =>
    say(round === 0 ? "Warming up …" : `Round ${round} of ${rounds} …`),
  );
  printRows(samples);
  printComparisons(samples);
  return true;
}

/** The named rows and those that they are compared with; all of them if none is named. */
function chosen(given: readonly string[]): RowName[] {
  const unknown = given.find((name) => !(name in rows));
  if (unknown !== undefined) throw new Error(`There is no row “${unknown}”. The rows are: ${rowNames.join(", ")}.`);
  return given.length === 0
    ? rowNames
    : rowNames.filter((name) => given.includes(name) || rows[name].server === "bare");
}

async function prepare(ends: Ends, names: readonly RowName[], contacts: number): Promise<Site> {
  const logs = inProject(".local/bench");
  mkdirSync(logs, { recursive: true });
  await buildIfNeeded(ends);
  const parts = await startBenchParts(ends);
  const needed = new Set<ServerName>(["front", ...names.map((name) => rows[name].server)]);
  const servers = new Map<ServerName, Server>();
  const start = async (name: ServerName, settingsFor: (url: string) => Environment) => {
    if (needed.has(name)) servers.set(name, await startServer(ends, name, `${logs}/${name}.log`, settingsFor));
  };
  const product = (url: string) => ({ ...parts.settings, APP_URL: url, TRUSTED_PROXIES: "1" });
  await start("front", product);
  await start("next", product);
  const front = serverOf({ servers }, { server: "front" });
  say(`Creating a company with ${contacts} contacts …`);
  const world = await seed(parts, front.url, contacts);
  if (needed.has("bare")) await buildBare(ends);
  const sizes = { LIST_BYTES: await sizeOf("list"), RECORD_BYTES: await sizeOf("one") };
  await start("bare", () => sizes);
  return { servers, world, databasePid: await databasePid(parts), sender: startSender(ends) };

  /** The length of a row's response. */
  async function sizeOf(name: RowName): Promise<string> {
    const row: Row = rows[name];
    const [sent] = row.make(world);
    const response = await fetch(front.url + sent?.path, {
      headers: { ...sent?.headers, "accept-encoding": "identity" },
    });
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
