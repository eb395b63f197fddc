import { subscribe } from "node:diagnostics_channel";
import type { Server, ServerResponse } from "node:http";
import { setTimeout as sleep } from "node:timers/promises";
import { describeFault } from "#lib/db/faults";
import { flushJournal, reportRejectedNotes } from "#lib/db/journal";
import { startMaintenance } from "#lib/db/maintenance";
import { endPool } from "#lib/db/pool";
import { env } from "#lib/env";
import { noteAddresses } from "#lib/http/address";
import { boundHeads } from "#lib/http/head";
import { log } from "#lib/http/log";
import { watchPages } from "#lib/http/page-requests";
import { noteStopping } from "#lib/http/stopping";

/** The most open connections, of about 20 KB each. */
const mostConnections = 5_000;
/** From the first byte of a request to its last. The API's limit for bodies is shorter. */
const requestMs = 30_000;
/** Longer than any request may take. */
const finishMs = 12_000;

/** Starts a server process. Ends it if a setting is bad or missing. */
export function start(): void {
  try {
    env();
  } catch (error) {
    console.error((error as Error).message);
    process.exit(1);
  }
  noteAddresses();
  boundHeads();
  boundConnections();
  reportRejectedNotes((error) => log().error({ error: describeFault(error) }, "notes were rejected"));
  watchPages();
  const stopMaintenance = startMaintenance((error) => log().warn({ error: describeFault(error) }, "maintenance"));
  if (env().NODE_ENV === "production") stopInGoodOrder(stopMaintenance);
}

/** By default, Node doesn't limit the number of connections, and gives a request five minutes to arrive. */
function boundConnections(): void {
  subscribe("http.server.request.start", (message) => {
    const { server } = message as { server: Server };
    server.maxConnections = mostConnections;
    server.requestTimeout = requestMs;
  });
}

/**
 * Graceful shutdown on SIGTERM and SIGINT: gives load balancers time to notice, stops accepting connections, finishes running requests,
 * writes what is buffered, and exits with 0. Replaces Next's handlers, which exit before writing.
 */
function stopInGoodOrder(stopMaintenance: () => Promise<void>): void {
  let server: Server | undefined;
  let isStopping = false;
  subscribe("http.server.request.start", (message) => {
    const { server: receiver, response } = message as { server: Server; response: ServerResponse };
    server = receiver;
    // An idle connection could take a request that nobody answers, or keep the process alive.
    if (isStopping) response.setHeader("Connection", "close");
  });
  const stop = async () => {
    if (isStopping) return;
    isStopping = true;
    noteStopping();
    const maintenanceStopped = stopMaintenance();
    const drainMs = env().DRAIN_SECONDS * 1000;
    setTimeout(() => process.exit(1), drainMs + finishMs).unref();
    await sleep(drainMs);
    if (server) await close(server);
    const lost = await flushJournal();
    if (lost > 0) log().warn({ count: lost }, "notes were not written");
    await maintenanceStopped;
    await endPool();
    process.exit(0);
  };
  for (const signal of ["SIGTERM", "SIGINT"] as const) {
    process.removeAllListeners(signal);
    process.on(signal, stop);
  }
}

/** Closes a server, and each busy connection as soon as it is idle. Node would keep it open like any idle connection. */
async function close(server: Server): Promise<void> {
  const closing = setInterval(() => server.closeIdleConnections(), 100);
  await new Promise((resolve) => server.close(resolve));
  clearInterval(closing);
}
