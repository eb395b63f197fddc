import { newToken } from "#lib/format/token";
import { addressOf } from "../mixes.ts";
import type { World } from "./seed.ts";
import type { ServerName } from "./servers.ts";

/** A kind of request to measure. */
export type Row = {
  title: string;
  server: ServerName;
  status: number;
  /** The requests to send in turn. `#########` is a number that is used once. */
  make: (world: World) => Sent[];
};
export type Sent = { method: string; path: string; headers?: Record<string, string>; body?: string };

const get = (path: string, headers: Record<string, string> = {}): Sent => ({ method: "GET", path, headers });
const byToken = ({ token }: World) => ({ authorization: `Bearer ${token}` });
const byKey = ({ key = "" }: World) => ({ authorization: `Bearer ${key}` });
const byCookie = ({ cookie }: World) => ({ cookie });

const list = "/api/v1/contacts?limit=25";
const strangers = 500;

/** Everything that is measured, in the order of a round. */
export const rows = {
  "bare-list": {
    title: "Bare Next route handler, as large as the list",
    server: "bare",
    status: 200,
    make: () => [get("/list")],
  },
  bare: {
    title: "Bare Next route handler, as large as one contact",
    server: "bare",
    status: 200,
    make: () => [get("/record")],
  },
  list: {
    title: "List of 25 contacts, token",
    server: "front",
    status: 200,
    make: (world) => [get(list, byToken(world))],
  },
  one: {
    title: "One contact, token",
    server: "front",
    status: 200,
    make: (world) => [get(`/api/v1/contacts/${world.contact}`, byToken(world))],
  },
  me: { title: "`/me`, token", server: "front", status: 200, make: (world) => [get("/api/v1/me", byToken(world))] },
  cookie: {
    title: "List of 25 contacts, session cookie",
    server: "front",
    status: 200,
    make: (world) => [get(list, byCookie(world))],
  },
  create: {
    title: "Create a contact, token, with an idempotency key",
    server: "front",
    status: 201,
    make: (world) => [creation(world)],
  },
  unknown: {
    title: "401 for an unknown token",
    server: "front",
    status: 401,
    // Each from its own address, since a network may fail only 30 times.
    make: () =>
      Array.from({ length: strangers }, (_, index) =>
        get("/api/v1/me", { authorization: `Bearer ${newToken().secret}`, "x-forwarded-for": addressOf(index) }),
      ),
  },
  next: {
    title: "List of 25 contacts, token, through `next start`",
    server: "next",
    status: 200,
    make: (world) => [get(list, byToken(world))],
  },
  "peer-verify": {
    title: "better-auth: verify an API key",
    server: "peer",
    status: 200,
    make: (world) => [get("/verify", byKey(world))],
  },
  "peer-list": {
    title: "better-auth: list of 25 contacts, API key",
    server: "peer",
    status: 200,
    make: (world) => [get("/contacts", byKey(world))],
  },
  tokens: {
    title: "List of 25 API tokens, session cookie",
    server: "front",
    status: 200,
    make: (world) => [get("/api/v1/auth/tokens?limit=25", byCookie(world))],
  },
  "tokens-page": {
    title: "Page: API tokens",
    server: "front",
    status: 200,
    make: (world) => [get(`/${world.slug}/settings/api-tokens`, byCookie(world))],
  },
  "contacts-page": {
    title: "Page: contacts",
    server: "front",
    status: 200,
    make: (world) => [get(`/${world.slug}/contacts`, byCookie(world))],
  },
} as const satisfies Record<string, Row>;
export type RowName = keyof typeof rows;
export const rowNames = Object.keys(rows) as RowName[];

function creation(world: World): Sent {
  const body = { first_name: "Kim", last_name: "Lee", email: "kim.lee.#########@example.com", tags: ["newsletter"] };
  return {
    method: "POST",
    path: "/api/v1/contacts",
    headers: { ...byToken(world), "content-type": "application/json", "idempotency-key": "bench-#########" },
    body: JSON.stringify(body),
  };
}

/** A request as text. */
export function textOf({ method, path, headers = {}, body = "" }: Sent, host: string): string {
  const length: Record<string, number> = body === "" ? {} : { "content-length": Buffer.byteLength(body) };
  const fields = Object.entries({ host, "user-agent": "repdesk-bench/1", ...headers, ...length });
  return `${method} ${path} HTTP/1.1\r\n${fields.map(([name, value]) => `${name}: ${value}\r\n`).join("")}\r\n${body}`;
}
