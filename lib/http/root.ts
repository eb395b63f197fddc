import openapi from "#docs/openapi.json" with { type: "json" };
import type { ResultOf } from "#lib/contract/endpoint";
import type { readOpenApi, readRoot } from "#lib/contract/root";
import { env } from "#lib/env";

/** The API's description of itself: its name, links, and OpenAPI document. */

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
