import { expect, test } from "playwright/test";
import postgres from "postgres";
import { endpointOf } from "../api/call.ts";
import { expectPromised } from "../api/contract.ts";
import { database, makeWorld, type Token } from "../api/world.ts";
import { environment } from "../environment.ts";
import { type Server, startServer } from "./server.ts";
import type { Trouble } from "./tcp-proxy.ts";

/** Whatever the database does, every request gets a proper response in time, and the app recovers by itself. */

const deadlineMs = 10_000;
const healMs = 5_000;
const healthMs = 1_000;

let server: Server;
let token: Token;

test.describe.configure({ mode: "serial" });
test.beforeAll(async () => {
  ({ token } = await makeWorld());
  server = await startServer();
});
test.afterAll(() => server.stop());

type Timed = {
  status: number;
  ms: number;
  retryAfter: string | null;
  code: string | undefined;
  id: string | undefined;
};

async function ask(method: string, path: string, body?: unknown): Promise<Timed> {
  const began = performance.now();
  const response = await fetch(`${server.url}/api/v1${path}`, {
    method,
    headers: {
      Authorization: `Bearer ${token.secret}`,
      ...(body !== undefined && { "Content-Type": "application/json" }),
    },
    body: body === undefined ? undefined : JSON.stringify(body),
  });
  const answer = (await response.json()) as { code?: string; id?: string };
  const ms = performance.now() - began;
  const contract = endpointOf(method, `/api/v1${path}`);
  if (!contract) throw new Error(`There is no endpoint ${method} ${path}.`);
  expectPromised(contract, response.status, response.headers.get("content-type"), answer);
  return {
    status: response.status,
    ms,
    retryAfter: response.headers.get("retry-after"),
    code: answer.code,
    id: answer.id,
  };
}

const create = () => ask("POST", "/contacts", { first_name: "Ana" });

async function healthy(): Promise<void> {
  await expect.poll(async () => (await ask("GET", "/me")).status, { timeout: healMs, intervals: [100] }).toBe(200);
}

/** Reads and writes during the trouble get proper responses in time. Afterward, no acknowledged write is lost. */
async function endure(begin: () => Promise<void>, end: () => Promise<void>, isAway = true): Promise<void> {
  await healthy();
  const acknowledged = [await create()];
  expect(acknowledged[0]?.status).toBe(201);
  await begin();
  const [health, ...answers] = await Promise.all([
    ask("GET", "/health"),
    ...Array.from({ length: 10 }, () => ask("GET", "/contacts")),
    ...Array.from({ length: 10 }, create),
  ]);
  await end();
  if (isAway) expect([health?.status, health?.code]).toEqual([503, "unavailable"]);
  expect(health?.ms).toBeLessThan(healthMs);
  for (const answer of answers) {
    expect(answer.ms).toBeLessThan(deadlineMs + 1_500);
    if (isAway) expect([answer.status, answer.code]).toEqual([503, "unavailable"]);
    else expect([200, 201, 503]).toContain(answer.status);
    if (answer.status === 503) expect(Number(answer.retryAfter)).toBeGreaterThan(0);
  }
  await healthy();
  acknowledged.push(...answers.filter(({ status }) => status === 201));
  const ids = acknowledged.map(({ id }) => id as string);
  const rows = await database()`select id from repdesk.contacts where id = any(${ids})`;
  expect(rows.length).toBe(ids.length);
}

const troubles: Trouble[] = ["refuse", "close", "dark", "cut"];
for (const trouble of troubles) {
  test(`503 by the deadline while the path is ${trouble}, and recovery within 5 seconds`, async () => {
    test.setTimeout(60_000);
    await endure(
      () => server.proxy.make(trouble),
      () => server.proxy.make("none"),
    );
  });
}

test("a slow path causes slow responses, or 503 by the deadline", async () => {
  test.setTimeout(60_000);
  await endure(
    () => server.proxy.make("slow"),
    () => server.proxy.make("none"),
    false,
  );
});

test("few connection attempts while the server closes each of them", async () => {
  test.setTimeout(60_000);
  await healthy();
  await server.proxy.make("close");
  const before = server.proxy.connects;
  const until = Date.now() + 3_000;
  while (Date.now() < until) await Promise.all(Array.from({ length: 10 }, () => ask("GET", "/me")));
  const tries = server.proxy.connects - before;
  await server.proxy.make("none");
  expect(tries).toBeGreaterThan(0);
  expect(tries).toBeLessThan(60);
  await healthy();
});

/** Role settings apply to new connections, so existing ones are terminated. */
async function asTheServer(...statements: string[]): Promise<void> {
  const sql = postgres(environment.superuserUrl, { max: 1 });
  for (const statement of statements) await sql.unsafe(statement);
  await sql`select pg_terminate_backend(pid) from pg_stat_activity where usename = 'repdesk_app'`;
  await sql.end();
}

test("a restarted server, which ends every connection", async () => {
  await endure(
    () => asTheServer(),
    async () => {},
    false,
  );
});

test("read-only: reads work, and writes are 503, never 500", async () => {
  await healthy();
  await asTheServer("alter role repdesk_app set default_transaction_read_only = on");
  await expect.poll(async () => (await create()).status, { timeout: healMs }).toBe(503);
  expect((await ask("GET", "/contacts")).status).toBe(200);
  await asTheServer("alter role repdesk_app reset default_transaction_read_only");
  await expect.poll(async () => (await create()).status, { timeout: healMs }).toBe(201);
});

test("out of connections: 503, then recovery", async () => {
  test.setTimeout(60_000);
  await endure(
    () => asTheServer("alter role repdesk_app connection limit 0"),
    () => asTheServer("alter role repdesk_app connection limit -1"),
  );
});

test("a full pool: requests that wait too long are rejected, and health stays ok", async () => {
  test.setTimeout(60_000);
  await healthy();
  const sql = database();
  const [member] = await sql`select member_id as id from repdesk.api_tokens where id = ${token.id}`;
  await sql.begin(async (tx) => {
    await tx`select 1 from repdesk.contacts where owner_id = ${member?.id} for update`;
    const [row] = await tx`select id from repdesk.contacts where owner_id = ${member?.id} limit 1`;
    const blocked = Array.from({ length: 30 }, () => ask("PATCH", `/contacts/${row?.id}`, { title: "CEO" }));
    const health = await ask("GET", "/health");
    expect(health.status).toBe(200);
    expect(health.ms).toBeLessThan(healthMs);
    const answers = await Promise.all(blocked);
    for (const answer of answers) {
      expect(answer.status).toBe(503);
      expect(answer.ms).toBeLessThan(deadlineMs + 1_500);
    }
  });
  await healthy();
});
