import { setTimeout as sleep } from "node:timers/promises";
import { parseArgs } from "node:util";
import { Worker } from "node:worker_threads";
import type { Ends } from "../local/stopping.ts";
import { say } from "../project.ts";
import type { Load, Outcome } from "./load.ts";
import { type MixName, mixes } from "./mixes.ts";
import { type BenchServer, startBenchServer } from "./server.ts";

/** How much the process may have grown by the end. */
const allowedMb = 60;
/**
 * Warm-up requests, so that all code is loaded and compiled before memory is measured. After 200 page views the process still grows by
 * 60 MB; after 2,000, by 4 MB per 20,000.
 */
const warmUp = 2_000;
/** Long enough for the last deadline to pass and for V8 to return spare memory. */
const settleMs = 12_000;

/**
 * `npm run bench -- memory`: checks whether a million requests, each from its own address with its own credential, leak memory.
 * `--requests` sends fewer. Returns whether the process stayed within its limit and answered everything.
 */
export async function measureMemory(ends: Ends, args: string[]): Promise<boolean> {
  const { values } = parseArgs({ args, options: { requests: { type: "string", default: "1000000" } } });
  const requests = Number(values.requests);
  if (!Number.isSafeInteger(requests) || requests < 1_000) throw new Error("--requests is a number from 1000 on.");
  const server = await startBenchServer(ends);

  let sent = 0;
  const run = async (mix: MixName, count: number) => {
    const first = sent;
    sent += count;
    return await send({ url: server.url, mix, first, count });
  };
  say(`\nMemory in MB after garbage collection; CPU in ms of the server's process.\n`);
  say(row("", "requests", "per s", "CPU each", "RSS", "heap", "of heap", "buffers", "answers"));
  await report(server, "started");
  for (const name of names()) await run(name, warmUp);
  const idle = await report(server, "idle");
  let last = idle;
  let broken = 0;
  for (const name of names()) {
    const before = await server.ask("cpu");
    const count = Math.round((requests * mixes[name].share) / 1_000);
    const { statuses, unanswered, ms } = await run(name, count);
    const cpu = (await server.ask("cpu")) - before;
    broken += unanswered;
    for (const [status, times] of Object.entries(statuses)) if (status >= "500") broken += times;
    const answers = Object.entries({ ...statuses, ...(unanswered > 0 && { none: unanswered }) });
    const said = answers.map(([status, times]) => `${times} × ${status}`).join(", ");
    last = await report(server, name, count, Math.round((count / ms) * 1_000), (cpu / count).toFixed(2), said);
  }
  const grown = last - idle;
  const isWithin = grown <= allowedMb;
  if (broken > 0) say(`\n${broken} requests were not answered, or with an error of the server's.`);
  say(
    `\n${sent} requests: RSS grew by ${grown.toFixed(0)} MB, ${isWithin ? "within" : "BEYOND"} the ${allowedMb} MB that are allowed.`,
  );
  return isWithin && broken === 0;
}

function names(): MixName[] {
  return Object.keys(mixes) as MixName[];
}

/** Runs in a worker, so that sending doesn't slow down the auth server in this process. */
function send(load: Load): Promise<Outcome> {
  return new Promise((resolve, reject) => {
    const worker = new Worker(new URL("./load.ts", import.meta.url), { workerData: load });
    worker.once("message", resolve).once("error", reject);
    worker.once("exit", () => reject(new Error("The load generator ended without a result.")));
  });
}

type Cell = string | number;

/** Waits until memory has settled, prints a row, and returns the resident memory in MB. */
async function report(
  { ask }: BenchServer,
  name: string,
  requests: Cell = "",
  rate: Cell = "",
  cpu: Cell = "",
  answers = "",
): Promise<number> {
  await ask("memory");
  await sleep(settleMs);
  const { rss, heapUsed, heapTotal, external } = await ask("memory");
  const [rssMb, heapMb, totalMb, buffersMb] = [rss, heapUsed, heapTotal, external].map((bytes) => bytes / 2 ** 20) as [
    number,
    number,
    number,
    number,
  ];
  say(
    row(
      name,
      requests,
      rate,
      cpu,
      rssMb.toFixed(0),
      heapMb.toFixed(1),
      totalMb.toFixed(0),
      buffersMb.toFixed(1),
      answers,
    ),
  );
  return rssMb;
}

function row(name: string, ...cells: Cell[]): string {
  const last = cells.pop();
  return `${name.padEnd(22)}${cells.map((cell) => String(cell).padStart(10)).join("")}   ${last}`.trimEnd();
}
