import { randomUUID } from "node:crypto";
import { connect } from "node:net";
import { stringToBase64URL } from "@supabase/ssr";
import { SignJWT } from "jose";
import { expect, test } from "playwright/test";
import type { z } from "zod";
import type { Endpoint } from "#lib/contract/endpoint";
import { registry } from "#lib/contract/registry";
import { signInEndpoints } from "#lib/contract/session";
import { api, someAddress } from "../api/call.ts";
import { makeWorld, signIn, unique } from "../api/world.ts";
import { environment } from "../environment.ts";
import { bodies, broken, heads, others, parameters, queries, texts } from "./hostile-input.ts";
import { type Server, startServer } from "./server.ts";

/**
 * No request is expensive. Sends hostile bodies of nearly 1 MB and hostile queries of nearly 8 KB to every endpoint, and measures their
 * CPU time in the server's process. Endpoints and fields come from their declarations. Pages and files get hostile queries and headers.
 */

const largestBody = 990_000;
const largestQuery = 8_000;
/** Node accepts 16 KB of request line and headers. */
const largestHead = 14_000;
/** CPU time in milliseconds. Costs above the budget are printed; costs above the limit fail. */
const budget = 250;
const limit = 1_000;
/**
 * Four times the input may cost up to eight times as much; quadratic time costs sixteen times. Costs below `noise` count as `noise`,
 * because more objects than the young generation of the heap holds cost disproportionately more.
 */
const growth = 8;
const noise = 40;

type Cost = { name: string; small: number; large: number };
const costs: Cost[] = [];
let server: Server;

test.beforeAll(async () => {
  server = await startServer();
});

test.afterAll(async () => {
  // A server that is busy with a request wouldn't react to SIGTERM.
  await server.kill();
  const worst = costs.toSorted((one, other) => other.large - one.large).slice(0, 15);
  console.log(`The most expensive of ${costs.length} hostile requests:\n${worst.map(line).join("\n")}`);
});

const line = ({ name, small, large }: Cost) =>
  `  ${large.toFixed(0).padStart(5)} ms${small > 0 ? ` (a quarter of it: ${small.toFixed(0)} ms)` : ""}  ${name}`;

/**
 * Measures the CPU time of a request in the server, and whether reading the body stopped at too many values. Checks the response, since
 * one from another limit wouldn't prove anything.
 */
async function costOf(name: string, send: () => Promise<Response>): Promise<{ cost: number; isCut: boolean }> {
  const before = await server.used("cpu");
  const response = await send();
  const answer = `${name}: ${response.status} ${(await response.text()).slice(0, 500)}`;
  const isCut = response.status === 413 && answer.includes("more than 10,000 values");
  const cost = (await server.used("cpu")) - before;
  expect(response.status, answer).toBeLessThan(500);
  if (!isCut) expect([413, 414, 429, 431], answer).not.toContain(response.status);
  expect(cost, `${name}: milliseconds of CPU`).toBeLessThan(limit);
  return { cost, isCut };
}

/**
 * Repeats costs that seem too high up to three times, next to a quarter of the size, and takes the lowest, since other load only adds to
 * a time. Returns whether reading stopped at too many values.
 */
async function expectCheap(name: string, size: number, send: (size: number) => Promise<Response>): Promise<boolean> {
  const { cost: large, isCut } = await costOf(name, () => send(size));
  const cost: Cost = { name, large, small: 0 };
  const most = () => growth * Math.max(cost.small, noise);
  for (let tries = 0; tries < 3 && (cost.large > budget || cost.large > most()); tries += 1) {
    const { cost: small } = await costOf(`${name}, a quarter`, () => send(Math.floor(size / 4)));
    cost.small = tries === 0 ? small : Math.min(cost.small, small);
    cost.large = Math.min(cost.large, (await costOf(name, () => send(size))).cost);
  }
  costs.push(cost);
  if (cost.large > budget) console.log(`Over the budget of ${budget} ms:\n${line(cost)}`);
  expect(cost.large, `${name}: four times as much costs more than ${growth} times as much`).toBeLessThan(most());
  return isCut;
}

/** A target of hostile bodies: an endpoint with valid values for its fields, and how to send a body. */
type Target = { name: string; fields: Record<string, unknown>; send: (raw: string) => Promise<Response> };

/** The named fields get hostile values, and all others valid ones. */
function bodyWith({ fields }: Target, hostile: Record<string, string>): string {
  const good = Object.entries(fields).filter(([name, value]) => !(name in hostile) && value !== undefined);
  const members = [...good.map(([name, value]) => [name, JSON.stringify(value)]), ...Object.entries(hostile)];
  return `{${members.map(([name, value]) => `${JSON.stringify(name)}:${value}`).join(",")}}`;
}

async function expectCheapBodies(target: Target, more: typeof bodies = {}): Promise<void> {
  const names = Object.keys(target.fields);
  // Bodies with too many values are also sent in smaller sizes, until all of it is read.
  const send = async (kind: string, bodyOf: (size: number) => string) => {
    let size = largestBody;
    while (await expectCheap(`${target.name}, ${kind}`, size, (size) => target.send(bodyOf(size)))) size /= 4;
  };
  for (const name of names)
    for (const [kind, make] of Object.entries(texts))
      await send(`${name}: ${kind}`, (size) => bodyWith(target, { [name]: make(size) }));
  for (const [kind, make] of Object.entries(names.length > 0 ? others : {})) {
    const hostile = (size: number) => Object.fromEntries(names.map((name) => [name, make(size / names.length)]));
    await send(`each field: ${kind}`, (size) => bodyWith(target, hostile(size)));
  }
  for (const [kind, make] of Object.entries({ ...bodies, ...more })) await send(`the whole body: ${kind}`, make);
}

function ask(path: string, options: RequestInit): Promise<Response> {
  return fetch(`${server.url}${path}`, { signal: AbortSignal.timeout(20_000), redirect: "manual", ...options });
}

function post(path: string, headers: Record<string, string>, body: string, method = "POST"): Promise<Response> {
  const address = { "X-Forwarded-For": someAddress(), "Content-Type": "application/json" };
  return ask(path, { method, body, headers: { ...address, ...headers } });
}

/** A new company with a record for each path. */
async function settled() {
  const { admin, company, token } = await makeWorld();
  const by = { jwt: admin.jwt, company: company.id };
  const account = await api("POST", "/accounts", { ...by, body: { name: "Northwind" } });
  const contact = await api("POST", "/contacts", { ...by, body: { first_name: "Ana" } });
  const ids: Record<string, string> = { acc: account.body.id, con: contact.body.id, tok: token.id };
  const pathOf = ({ path, example }: Endpoint) =>
    `/api/v1${path.replace("{id}", ids[example.params?.id?.split("_")[0] ?? ""] ?? "")}`;
  /** A new session of the same person, with its own quota. */
  const headers = async () => {
    const { jwt } = await signIn(admin);
    return { Authorization: `Bearer ${jwt}`, "RepDesk-Company": company.id };
  };
  return { pathOf, headers };
}

const withBody = registry.filter(({ body }) => body);

test("there are targets", () => {
  expect(withBody.length).toBeGreaterThan(5);
  expect(Object.keys(signInEndpoints).length).toBeGreaterThan(5);
});

for (const contract of withBody) {
  test(`hostile bodies: ${contract.operation}`, async () => {
    test.setTimeout(300_000);
    const { pathOf, headers: authenticated } = await settled();
    const headers = await authenticated();
    const names = Object.keys(contract.body?.shape ?? {});
    const examples = contract.example.body as Record<string, unknown>;
    await expectCheapBodies(
      {
        name: contract.operation,
        fields: Object.fromEntries(names.map((name) => [name, examples[name]])),
        send: (raw) => post(pathOf(contract), headers, raw, contract.method),
      },
      contract === withBody[0] ? broken : {},
    );
  });
}

const good = { email: "nobody@example.com", name: "Ana Ruiz", password: "a-long-password", type: "recovery" };

function fieldNames(schema: z.ZodType | null): string[] {
  if (schema === null) return [];
  if ("options" in schema) return [...new Set((schema.options as z.ZodType[]).flatMap(fieldNames))];
  return Object.keys((schema as z.ZodObject).shape);
}

/** The cookie of a person with full quotas. */
async function cookieOfAnybody(): Promise<string> {
  const expires_at = Math.floor(Date.now() / 1000) + 3600;
  const email = `${unique()}@example.com`;
  const claims = { sub: randomUUID(), session_id: randomUUID(), aud: "authenticated", role: "authenticated", email };
  const token = new SignJWT({ ...claims, exp: expires_at }).setProtectedHeader({ alg: "HS256", typ: "JWT" });
  const access_token = await token.sign(new TextEncoder().encode(environment.jwtSecret));
  const session = JSON.stringify({ access_token, refresh_token: unique(), expires_at });
  return `repdesk-session-${new URL(server.url).port}=base64-${stringToBase64URL(session)}`;
}

for (const [name, schema] of Object.entries(signInEndpoints)) {
  test(`hostile bodies: /auth/${name}`, async () => {
    test.setTimeout(300_000);
    await expectCheapBodies(
      {
        name: `/auth/${name}`,
        fields: Object.fromEntries(fieldNames(schema).map((field) => [field, good[field as keyof typeof good] ?? "x"])),
        send: async (raw) => post(`/auth/${name}`, { Origin: server.url, Cookie: await cookieOfAnybody() }, raw),
      },
      name === "sign-in" ? broken : {},
    );
  });
}

for (const contract of registry) {
  test(`hostile queries: ${contract.operation}`, async () => {
    const { pathOf, headers: authenticated } = await settled();
    const path = pathOf(contract);
    let headers = await authenticated();
    const send = (query: string) => {
      const address = { "X-Forwarded-For": someAddress() };
      return ask(`${path}?${query}`, { method: contract.method, headers: { ...headers, ...address } });
    };
    for (const [kind, make] of Object.entries(queries))
      await expectCheap(`${contract.operation}: ${kind}`, largestQuery, (size) => send(make(size)));
    for (const name of Object.keys(contract.query?.shape ?? {})) {
      headers = await authenticated();
      for (const [kind, make] of Object.entries(parameters))
        await expectCheap(`${contract.operation}, ${name}: ${kind}`, largestQuery - name.length, (size) =>
          send(`${encodeURIComponent(name)}=${make(size)}`),
        );
    }
  });
}

for (const path of [
  "/",
  "/sign-in",
  "/acme/contacts",
  "/nothing",
  "/no/such/page",
  "/help",
  "/robots.txt",
  "/icon.svg",
  "/api/v1/health",
  "/api/v1/me",
  "/auth/sign-in",
]) {
  test(`hostile heads: ${path}`, async () => {
    const send = (query: string, headers: Record<string, string>) =>
      ask(path + query, { headers: { "X-Forwarded-For": someAddress(), ...headers } });
    for (const [kind, make] of Object.entries(heads))
      await expectCheap(`${path}: ${kind}`, largestHead, (size) => send("", make(size)));
    // The API has its own limit, and is tested above.
    if (path.startsWith("/api/")) return;
    for (const [kind, make] of Object.entries(queries))
      await expectCheap(`${path}: ${kind}`, largestHead, (size) => send(`?${make(size)}`, {}));
  });
}

/** Sends the head of a sign-in and a body, or a part of one. `answer`: the first response. */
function beginBody(
  body: string,
  { address = someAddress(), framing = "Content-Length: 999999" } = {},
): { answer: Promise<string>; close(): void } {
  const { hostname, port, host } = new URL(server.url);
  const socket = connect(Number(port), hostname);
  const head = [
    "POST /auth/sign-in HTTP/1.1",
    `Host: ${host}`,
    `Origin: ${server.url}`,
    `X-Forwarded-For: ${address}`,
    "Content-Type: application/json",
    framing,
  ];
  socket.write(`${head.join("\r\n")}\r\n\r\n${body}`);
  const answer = new Promise<string>((resolve, reject) => {
    socket.once("error", reject);
    socket.once("data", (data) => resolve(data.toString()));
  });
  return { answer, close: () => socket.destroy() };
}

test("a body that doesn't arrive times out, and its connection is closed", async () => {
  const { answer, close } = beginBody('{"email":');
  expect(await answer).toMatch(/^HTTP\/1.1 408 .*\r\nConnection: close\r\n/is);
  close();
});

test("bodies in transit of one network hold a limited amount of memory, and leave room for others", async () => {
  const [address, other] = [someAddress(), someAddress()];
  const part = " ".repeat(900_000);
  const held = Array.from({ length: 20 }, () => beginBody(part, { address }));
  // 16 MB are 17 of them. One more is rejected while those are still in transit.
  const refused = await Promise.race(held.map(({ answer }) => answer));
  expect(refused).toMatch(/^HTTP\/1.1 429 .*\r\nRetry-After: 5\r\n/is);
  const mine = await post("/auth/sign-in", { Origin: server.url, "X-Forwarded-For": other }, "{}");
  expect(mine.status).toBe(422);
  for (const { close } of held) close();
  // The memory is released.
  await expect
    .poll(async () => (await post("/auth/sign-in", { Origin: server.url, "X-Forwarded-For": address }, "{}")).status)
    .not.toBe(429);
});

test("hostile chunks: a body byte by byte", async () => {
  const byteByByte = (size: number) => `1\r\n \r\n`.repeat(size);
  const before = await server.used("cpu");
  const sent = beginBody(`${byteByByte(largestBody)}0\r\n\r\n`, { framing: "Transfer-Encoding: chunked" });
  const answer = await sent.answer;
  sent.close();
  const cost = (await server.used("cpu")) - before;
  console.log(`A body byte by byte: ${cost.toFixed(0)} ms`);
  expect(answer).toContain("413");
  expect(cost).toBeLessThan(limit);
});
