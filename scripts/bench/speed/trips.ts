import { once } from "node:events";
import net from "node:net";
import { setTimeout as sleep } from "node:timers/promises";
import type { Ends } from "../../local/stopping.ts";
import type { Environment } from "../../project.ts";
import { median } from "./rounds.ts";
import { type RowName, rows, type Sent } from "./rows.ts";
import type { World } from "./seed.ts";
import { startServer } from "./servers.ts";

/** How often a request waits for the database. */
export type Trips = Record<"list" | "create", number>;

const warmUp = 60;
const times = 15;
/** By then, what is written after responses has been written. */
const quietMs = 700;

/** Counts the round trips between a server of its own and the database. */
export async function countTrips(ends: Ends, product: (url: string) => Environment, world: World): Promise<Trips> {
  const relay = await startRelay(ends, new URL(String(product("").DATABASE_URL)));
  const server = await startServer(ends, "front", (url) => ({ ...product(url), DATABASE_URL: relay.url }));
  let number = 0;
  const ask = async (name: RowName) => {
    number += 1;
    const [sent] = rows[name].make(world) as Sent[];
    const response = await fetch(server.url + sent?.path, requestOf(sent as Sent, `trips-${number}`));
    await response.arrayBuffer();
    if (response.status !== rows[name].status) throw new Error(`“${rows[name].title}” got ${response.status}.`);
  };
  const tripsOf = async (name: RowName) => {
    for (let index = 0; index < warmUp; index += 1) await ask(name);
    await sleep(quietMs);
    const counts: number[] = [];
    for (let index = 0; index < times; index += 1) {
      const before = relay.count();
      await ask(name);
      counts.push(relay.count() - before);
    }
    return median(counts);
  };
  return { list: await tripsOf("list"), create: await tripsOf("create") };
}

function requestOf({ method, headers = {}, body }: Sent, number: string): RequestInit {
  const numbered = (text: string) => text.replaceAll("#########", number);
  const entries = Object.entries(headers).map(([name, value]) => [name, numbered(value)]);
  return { method, headers: Object.fromEntries(entries), ...(body !== undefined && { body: numbered(body) }) };
}

/** A path to the database that counts how often the client, having got an answer, sends again. */
async function startRelay(ends: Ends, database: URL): Promise<{ url: string; count: () => number }> {
  let trips = 0;
  const server = net.createServer({ noDelay: true }, (client) => {
    const upstream = net.connect({ host: database.hostname, port: Number(database.port), noDelay: true });
    let isWaiting = false;
    client.on("data", (bytes) => {
      if (!isWaiting) trips += 1;
      isWaiting = true;
      upstream.write(bytes);
    });
    upstream.on("data", (bytes) => {
      isWaiting = false;
      client.write(bytes);
    });
    for (const socket of [client, upstream])
      socket.on("error", () => {}).on("close", () => [client, upstream].map((end) => end.destroy()));
  });
  await once(server.listen(0, "127.0.0.1"), "listening");
  ends.add(() => {
    server.close();
  });
  const url = new URL(database);
  url.port = String((server.address() as net.AddressInfo).port);
  return { url: url.href, count: () => trips };
}
