/**
 * Preloaded into a server under measurement with `node --import`. Fills the buckets of its rate limits all the time, since a token may
 * send 600 requests at once, and a benchmark sends thousands a second. Each request is still counted as always. On a message, it
 * profiles the process.
 */
import { writeFileSync } from "node:fs";
import { Session } from "node:inspector/promises";

/** The buckets of `lib/http/token-bucket.ts`: the time at which each is full again. */
type Table = { fullAt: Float64Array };
type Place = { [key: symbol]: { tables: Map<string, Table> } | undefined };

const limits = Symbol.for("repdesk.http.limits");
/** Short enough for 12,000 requests a second. Filling takes a tenth of a millisecond. */
const refillMs = 50;
/** In microseconds. */
const samplingInterval = 200;

setInterval(() => {
  for (const { fullAt } of (globalThis as unknown as Place)[limits]?.tables.values() ?? []) fullAt.fill(0);
}, refillMs).unref();

export type Order = { profile: "start" } | { profile: "stop"; file: string };

let session: Session | undefined;

async function obey(order: Order): Promise<void> {
  if (order.profile === "start") {
    session = new Session();
    session.connect();
    await session.post("Profiler.enable");
    await session.post("Profiler.setSamplingInterval", { interval: samplingInterval });
    await session.post("Profiler.start");
    return;
  }
  const stopped = await session?.post("Profiler.stop");
  session?.disconnect();
  writeFileSync(order.file, JSON.stringify(stopped?.profile));
}

process.on("message", async (message: Order) => {
  if (!("profile" in message)) return;
  await obey(message);
  process.send?.({ done: message.profile });
});
// The channel must not keep a stopping server alive.
process.channel?.unref();
// The parent is gone, and nothing else would stop this process.
process.once("disconnect", () => process.exit(1));
