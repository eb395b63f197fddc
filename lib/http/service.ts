import openapi from "#docs/openapi.json" with { type: "json" };
import type { InputOf, ResultOf } from "#lib/contract/endpoint";
import type { readHealth, readOpenApi, readRoot } from "#lib/contract/root";
import { ping } from "#lib/db/pool";
import { env } from "#lib/env";
import { unavailable } from "#lib/http/exchange";

/** What the API says of itself: its name, its document, its health. */

export async function root(): Promise<ResultOf<typeof readRoot>> {
  const url = env().APP_URL;
  return {
    name: "RepDesk API",
    version: "v1",
    links: {
      openapi: `${url}/api/v1/openapi.json`,
      reference: `${url}/docs/api`,
      help: `${url}/help/api-token-public-api`,
      me: `${url}/api/v1/me`,
    },
  };
}

export async function document(): Promise<ResultOf<typeof readOpenApi>> {
  return { ...openapi, servers: [{ url: env().APP_URL }] };
}

/** Process-wide, since instrumentation, which hears SIGTERM, is bundled apart from the routes. */
const shared = globalThis as { [key: symbol]: unknown };
const stopping = Symbol.for("repdesk.http.stopping");

/** From now on `health?ready` says no, so that a load balancer sends nothing more. */
export function noteStopping(): void {
  shared[stopping] = true;
}

/** Throws `unavailable` when the database does not answer within 800 ms, or, for `ready`, when the process is stopping. */
export async function health(input: InputOf<typeof readHealth>): Promise<ResultOf<typeof readHealth>> {
  if (input.ready !== undefined && shared[stopping])
    throw unavailable("This process is stopping. Send requests to another one.");
  try {
    await ping(800);
  } catch {
    throw unavailable("The database does not answer.");
  }
  return { status: "ok", database: "ok" };
}
