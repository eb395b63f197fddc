import { createServer, type Server as HttpServer } from "node:http";
import type { AddressInfo } from "node:net";
import { createChunks, stringToBase64URL } from "@supabase/ssr";
import { decodeJwt, exportJWK, generateKeyPair, SignJWT } from "jose";
import { expect, test } from "playwright/test";
import { makeWorld } from "../api/world.ts";
import { type Server, startServer } from "./server.ts";

/** Sessions signed with a key pair, on a server whose auth server only publishes the public key. */

let keys: HttpServer;
let server: Server;
let fetches = 0;
let asked = 0;
let pair: Awaited<ReturnType<typeof generateKeyPair>>;
let world: Awaited<ReturnType<typeof makeWorld>>;

// All use one server, and the last one takes the auth server away.
test.describe.configure({ mode: "default" });
test.beforeAll(async () => {
  pair = await generateKeyPair("ES256", { extractable: true });
  const published = { ...(await exportJWK(pair.publicKey)), kid: "one", alg: "ES256" };
  keys = createServer((_request, response) => {
    fetches += 1;
    response.end(JSON.stringify({ keys: [published] }));
  });
  await new Promise<void>((resolve) => keys.listen(0, "127.0.0.1", resolve));
  const url = `http://127.0.0.1:${(keys.address() as AddressInfo).port}`;
  world = await makeWorld();
  server = await startServer({
    SUPABASE_URL: url,
    SUPABASE_JWT_SECRET: "",
    SUPABASE_JWT_ISSUER: "https://project.supabase.co/auth/v1",
  });
});

test.afterAll(async () => {
  await server.stop();
  keys.closeAllConnections();
  keys.close();
});

/** The admin's session, signed like in a project with signing keys. */
function session(kid = "one", iss: string | undefined = "https://project.supabase.co/auth/v1"): Promise<string> {
  const claims = { ...decodeJwt(world.admin.jwt), ...(iss && { iss }) };
  return new SignJWT(claims).setProtectedHeader({ alg: "ES256", kid }).sign(pair.privateKey);
}

/** Sends a request from a new address, so that only the keys matter. */
function get(path: string, headers: Record<string, string>): Promise<Response> {
  asked += 1;
  const address = `10.20.${Math.floor(asked / 200)}.${asked % 200}`;
  return fetch(`${server.url}${path}`, { headers: { "X-Forwarded-For": address, ...headers }, redirect: "manual" });
}

async function status(path: string, headers: Record<string, string>): Promise<number> {
  const response = await get(path, headers);
  await response.text();
  return response.status;
}

const bearer = (token: string) => ({ Authorization: `Bearer ${token}`, "RepDesk-Company": world.company.slug });

function cookie(access_token: string) {
  const stored = { access_token, refresh_token: "r", expires_at: 1, user: {} };
  const name = `repdesk-session-${new URL(server.url).port}`;
  const chunks = createChunks(name, `base64-${stringToBase64URL(JSON.stringify(stored))}`);
  return { Cookie: chunks.map((chunk) => `${chunk.name}=${chunk.value}`).join("; ") };
}

test("only the configured issuer is accepted", async () => {
  expect(await status("/api/v1/me", bearer(await session()))).toBe(200);
  expect(await status("/api/v1/me", bearer(await session("one", "https://other.supabase.co/auth/v1")))).toBe(401);
  expect(await status("/api/v1/me", bearer(await session("one", "")))).toBe(401);
});

test("forged key IDs on any path cost the auth server one fetch in 10 seconds", async () => {
  const madeUp = await session("made up");
  const paths = ["me", "contacts", "accounts", "companies", "auth/token", "contacts/con_01m86tnwk5e06bq8q09mjjwghr"];
  const began = performance.now();
  fetches = 0;
  for (let round = 0; round < 20; round += 1) {
    const statuses = await Promise.all([
      ...paths.map((path) => status(`/api/v1/${path}`, bearer(madeUp))),
      status(`/${world.company.slug}/contacts`, cookie(madeUp)),
      status("/companies", cookie(madeUp)),
    ]);
    expect(statuses.slice(0, paths.length)).toEqual(paths.map(() => 401));
  }
  expect(fetches).toBeLessThanOrEqual(1 + Math.floor((performance.now() - began) / 10_000));
  expect(await status("/api/v1/me", bearer(await session()))).toBe(200);
});

test("sessions keep working while the auth server is away", async () => {
  keys.closeAllConnections();
  await new Promise((resolve) => keys.close(resolve));
  expect(await status("/api/v1/me", bearer(await session()))).toBe(200);
  expect(await status(`/${world.company.slug}/contacts`, cookie(await session()))).toBe(200);
  expect(await status("/api/v1/me", { Authorization: `Bearer ${world.token.secret}` })).toBe(200);
});
