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

/** Open at a time, each of 20 KB or so. */
const mostConnections = 5_000;
/** From a request's first byte to its last; the API's own limit for a body is shorter. */
const requestMs = 30_000;
/** Longer than any request may take. */
const finishMs = 12_000;

/** What a server process does when it starts. Ends the process if a setting is bad or missing. */
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

/** Node bounds neither the number of connections nor, below five minutes, the time in which a request has to arrive. */
function boundConnections(): void {
  subscribe("http.server.request.start", (message) => {
    const { server } = message as { server: Server };
    server.maxConnections = mostConnections;
    server.requestTimeout = requestMs;
  });
}

/**
 * On SIGTERM and SIGINT: a while for load balancers to notice, then no new connection, running requests to their end, what is buffered to the database, exit code 0.
 * In place of Next's own handlers, which end the process before the last two.
 */
function stopInGoodOrder(stopMaintenance: () => Promise<void>): void {
  let server: Server | undefined;
  let isStopping = false;
  subscribe("http.server.request.start", (message) => {
    const { server: receiver, response } = message as { server: Server; response: ServerResponse };
    server = receiver;
    // A connection that is idle when the server closes could take a request that nobody answers, or keep the process alive.
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

/** Closes a server: a connection whose request was still running goes as soon as it has its answer. Node would keep it as long as any. */
async function close(server: Server): Promise<void> {
  const closing = setInterval(() => server.closeIdleConnections(), 100);
  await new Promise((resolve) => server.close(resolve));
  clearInterval(closing);
}
