import { subscribe } from "node:diagnostics_channel";
import type { ServerResponse } from "node:http";
import { flushUses } from "#lib/db/token-use";
import { env } from "#lib/env";
import { noteAddresses } from "#lib/http/address";
import { log } from "#lib/http/log";
import { noteStopping } from "#lib/http/service";

/** What a server process does when it starts and when it is told to stop. Ends the process if a setting is bad or missing. */
export function start(): void {
  try {
    env();
  } catch (error) {
    console.error((error as Error).message);
    process.exit(1);
  }
  noteAddresses();
  process.on("SIGTERM", () => {
    noteStopping();
    closeConnections();
    // Next reports a stop that went well as 143.
    process.once("exit", () => {
      process.exitCode = 0;
    });
    flushUses().catch((error: Error) => log().error({ error: error.name }, "last uses were not written"));
  });
}

/** Ends each connection with its next answer: a client that keeps asking on one that stands would keep the process alive. */
function closeConnections(): void {
  subscribe("http.server.request.start", (message) => {
    (message as { response: ServerResponse }).response.setHeader("Connection", "close");
  });
}
