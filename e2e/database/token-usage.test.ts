import { describe, expect, test } from "vitest";
import {
  app,
  bySession,
  inside,
  type Member,
  makeMember,
  makeToken,
  makeWorld,
  meet,
  oneWaits,
  owner,
  type Token,
} from "./support.ts";

const { noteCall } = await import("#lib/db/token-usage");
const { flushJournal } = await import("#lib/db/journal");
const { maintain } = await import("#lib/db/maintenance");
const { newId } = await import("#lib/format/ids");
const { tokens } = await import("#lib/domain/tokens");

/** What is kept of a token's calls: counts, the last requests, the last clients. */

type World = { company: { id: string }; token: Token };
type Call = Partial<Parameters<typeof noteCall>[1] & Parameters<typeof noteCall>[0]>;
const minute = 60_000;
const day = 24 * 60 * minute;

function note({ company, token }: World, call: Call = {}): void {
  const { network = "203.0.113.0", client = "curl", ...rest } = call;
  const now = { id: newId("req"), at: Date.now(), needed: "contacts:read" };
  const request = { method: "GET", path: "/api/v1/contacts", status: 200, code: undefined };
  noteCall({ id: token.id, company_id: company.id, network, client }, { ...now, ...request, ...rest });
}

const usageOf = (member: Member, { id }: Token) =>
  inside(bySession(member), (tx, principal) => tokens.usage(tx, principal, { id }));
const countOf = async (table: string, { id }: Token) =>
  (await owner`select from repdesk.${owner(table)} where token_id = ${id}`).length;
const requestsIn = async ({ id }: Token) => {
  const [kept] = await owner`
    select sum(jsonb_array_length(requests))::int as count from repdesk.token_requests where token_id = ${id}`;
  return Number(kept?.count);
};
const today = () => new Date().toISOString().slice(0, 10);

/** What another process writes. */
function entry({ company, token }: World, requests: number) {
  const at = new Date().toISOString();
  const counts = { succeeded: requests, failed: 0, limited: 0, errors: 0 };
  return {
    ...{ id: token.id, company_id: company.id, first: at, last: at },
    days: [{ day: at.slice(0, 10), needed: "contacts:read", ...counts, last: at }],
    clients: [{ network: "203.0.113.0", client: "curl", first: at, last: at }],
    requests: Array.from({ length: requests }, () => ({ id: newId("req"), at, method: "GET", path: "/", status: 200 })),
  };
}
const write = (entries: object[], sql: Pick<typeof app, "unsafe"> = app) =>
  sql.unsafe("select repdesk.note_token_usage($1::text::jsonb)", [JSON.stringify(entries)]);

test("calls are counted by day, outcome, and scope, and the token's first use is kept", async () => {
  const world = await makeWorld();
  const { admin, token } = world;
  expect(await usageOf(admin, token)).toEqual({
    ...{ first_used_at: null, days: [], scopes_used: [], clients: [], requests: [] },
  });
  const at = Date.now() - 2 * day;
  note(world, { at, needed: "contacts:read accounts:read" });
  for (const status of [200, 304, 404, 429, 500, 503])
    note(world, { status, code: status >= 400 ? "some_code" : undefined });
  expect(await flushJournal()).toBe(0);
  note(world, { needed: "notes:write", status: 403 });
  note(world, { needed: "", method: "POST", path: "/api/v1/contacts/{id}", status: 201 });
  await flushJournal();

  const { requests, clients, ...usage } = await usageOf(admin, token);
  const none = { succeeded: 0, failed: 0, limited: 0, errors: 0 };
  expect(usage).toEqual({
    first_used_at: new Date(at),
    days: [
      { ...none, day: new Date(at).toISOString().slice(0, 10), succeeded: 1 },
      { day: today(), succeeded: 3, failed: 2, limited: 1, errors: 2 },
    ],
    scopes_used: [
      { scope: "accounts:read", calls: 1, last_used_at: new Date(at) },
      { scope: "contacts:read", calls: 3, last_used_at: expect.any(Date) },
    ],
  });
  expect(requests).toHaveLength(9);
  expect(requests[0]).toMatchObject({ method: "POST", path: "/api/v1/contacts/{id}", status: 201, code: null });
  expect(requests[2]).toMatchObject({ status: 503, code: "some_code", request_id: expect.stringMatching(/^req_/) });
  expect(clients).toMatchObject([{ from: "203.0.113.0", client: "curl", first_seen_at: new Date(at) }]);
});

describe("what is kept is bounded", () => {
  test("1,000 requests leave the last 100, in one write or many", async () => {
    const worlds = [await makeWorld(), await makeWorld()] as const;
    for (const [index, world] of worlds.entries()) {
      for (let count = 1; count <= 1_000; count += 1) {
        note(world, { status: 200 + (count % 100), id: `req_${String(count).padStart(5, "0")}` });
        if (index === 1 && count % 70 === 0) await flushJournal();
      }
      await flushJournal();
      const { requests, days } = await usageOf(world.admin, world.token);
      expect(requests.map(({ request_id }) => Number(request_id.slice(4)))).toEqual(
        Array.from({ length: 100 }, (_, offset) => 1_000 - offset),
      );
      expect(days.map(({ succeeded }) => succeeded)).toEqual([1_000]);
      expect(await requestsIn(world.token)).toBeLessThan(200);
    }
  });

  test("the last five clients are kept, in one write or many", async () => {
    const world = await makeWorld();
    const at = Date.now() - 60 * minute;
    const names = (from: number, to: number) =>
      Array.from({ length: to - from }, (_, index) => `client-${to - 1 - index}`);
    const clients = async () => (await usageOf(world.admin, world.token)).clients.map(({ client }) => client);
    for (let index = 0; index < 8; index += 1) note(world, { client: `client-${index}`, at: at + index });
    await flushJournal();
    expect(await clients()).toEqual(names(3, 8));
    for (let index = 8; index < 11; index += 1) note(world, { client: `client-${index}`, at: at + index });
    await flushJournal();
    expect(await clients()).toEqual(names(6, 11));
    // A client that is used again stays, and one that gives no name is one, too.
    note(world, { client: "client-6", at: at + 10 * minute });
    note(world, { client: null, network: null, at: at + 11 * minute });
    await flushJournal();
    expect(await clients()).toEqual([null, "client-6", "client-10", "client-9", "client-8"]);
    expect(await countOf("token_clients", world.token)).toBe(5);
  });

  test("with many tokens, each keeps fewer requests until they are written, and loses no counts", async () => {
    const world = await makeWorld();
    const many = await Promise.all(Array.from({ length: 200 }, () => makeToken(world.admin)));
    for (let count = 0; count < 60; count += 1) for (const token of many) note({ ...world, token });
    await flushJournal();
    const [counted] = await owner`
      select sum(succeeded)::int as calls from repdesk.token_days where company_id = ${world.company.id}`;
    const kept = await Promise.all(many.map(requestsIn));
    expect(Math.min(...kept)).toBeGreaterThan(0);
    expect(kept.reduce((sum, count) => sum + count, 0)).toBeLessThan(10_000);
    expect(counted?.calls).toBe(12_000);
  });

  test("maintenance deletes what is older than 90 days, by index, and keeps the first use", async () => {
    const world = await makeWorld();
    note(world, { at: Date.now() - 91 * day, id: newId("req"), client: "old" });
    note(world, { at: Date.now() - 89 * day, client: "new" });
    await flushJournal();
    await maintain(new AbortController().signal);
    for (const table of ["token_days", "token_requests", "token_clients"])
      expect([table, await countOf(table, world.token)]).toEqual([table, 1]);
    const { clients, first_used_at } = await usageOf(world.admin, world.token);
    expect(clients.map(({ client }) => client)).toEqual(["new"]);
    expect(first_used_at?.getTime()).toBeLessThan(Date.now() - 90 * day);
    const plan = async (table: string, column: string) =>
      owner.begin(async (tx) => {
        await tx`set local enable_seqscan = off`;
        const rows = await tx`explain select from repdesk.${tx(table)} order by ${tx(column)} limit 1000`;
        return rows.map((line) => line["QUERY PLAN"]).join("\n");
      });
    expect(await plan("token_requests", "at")).toContain("token_requests_by_age");
    expect(await plan("token_days", "day")).toContain("token_days_by_age");
    expect(await plan("token_clients", "last_seen_at")).toContain("token_clients_by_age");
  });

  test("a step deletes at most as many rows as it may", async () => {
    const world = await makeWorld();
    const old = JSON.parse(JSON.stringify(entry(world, 1)).replaceAll(/"20\d\d-/g, '"2020-'));
    old.days = Array.from({ length: 13 }, (_, index) => ({ ...old.days[0], needed: `${index}` }));
    // In one transaction, so that no other maintenance sees the rows.
    await app.begin(async (tx) => {
      await write([old], tx);
      const step = async () => Number((await tx`select repdesk.delete_old_token_usage(6) as deleted`)[0]?.deleted);
      expect([await step(), await step(), await step()]).toEqual([6, 6, 3]);
    });
  });
});

test("two processes that write the same tokens at once lose no counts and keep 100 requests", async () => {
  const world = await makeWorld();
  const other = { ...world, token: await makeToken(world.admin) };
  await meet((sql) => write([entry(world, 80), entry(other, 80)], sql));
  await Promise.all([write([entry(world, 80), entry(other, 80)]), write([entry(other, 80), entry(world, 80)])]);
  for (const { token } of [world, other]) {
    const { days, requests } = await usageOf(world.admin, token);
    expect(days).toMatchObject([{ succeeded: 320 }]);
    expect(requests).toHaveLength(100);
    expect(await requestsIn(token)).toBeLessThan(200);
  }
});

test("while the database can't write, calls add up, and are written when it is back", async () => {
  const world = await makeWorld();
  await owner.begin(async (tx) => {
    await tx`select pg_advisory_xact_lock(hashtextextended('repdesk.note_token_usage', 0))`;
    for (let count = 0; count < 120; count += 1) note(world);
    const flushed = flushJournal();
    await oneWaits();
    for (let count = 0; count < 30; count += 1) note(world, { client: "node" });
    expect(await flushed).toBe(1);
  });
  expect(await flushJournal()).toBe(0);
  const { days, requests, clients } = await usageOf(world.admin, world.token);
  expect(days).toMatchObject([{ succeeded: 150 }]);
  expect([requests.length, clients.length]).toEqual([100, 2]);
});

test("members see the usage of their own tokens, admins of all, and nobody that of another company", async () => {
  const world = await makeWorld();
  const [user, stranger] = [await makeMember(world.company.id), (await makeWorld()).admin];
  const theirs = { ...world, token: await makeToken(user) };
  for (const used of [world, theirs]) note(used);
  await flushJournal();
  expect((await usageOf(user, theirs.token)).days).toHaveLength(1);
  expect((await usageOf(world.admin, theirs.token)).days).toHaveLength(1);
  await expect(usageOf(user, world.token)).rejects.toMatchObject({ code: "not_found" });
  await expect(usageOf(stranger, world.token)).rejects.toMatchObject({ code: "not_found" });
  const tables = ["token_days", "token_requests", "token_clients"];
  const seen = (member: Member) =>
    inside(bySession(member), async (tx) =>
      Promise.all(tables.map((table) => tx.execute(`select from repdesk.${table}`))),
    );
  expect((await seen(user)).map(({ length }) => length)).toEqual([2, 2, 2]);
  expect((await seen(stranger)).map(({ length }) => length)).toEqual([0, 0, 0]);
});

test("another company's ID notes nothing, and the app can't write the tables itself", async () => {
  const [one, two] = [await makeWorld(), await makeWorld()];
  await write([entry({ company: two.company, token: one.token }, 3)]);
  for (const table of ["token_days", "token_requests", "token_clients"]) {
    expect(await countOf(table, one.token)).toBe(0);
    await expect(app.unsafe(`delete from repdesk.${table}`)).rejects.toMatchObject({ code: "42501" });
  }
  const [token] = await owner`select first_used_at from repdesk.api_tokens where id = ${one.token.id}`;
  expect(token?.first_used_at).toBeNull();
});

test("erasing a person deletes where their tokens were used from, and nobody else's", async () => {
  const world = await makeWorld();
  const user = await makeMember(world.company.id);
  const theirs = { ...world, token: await makeToken(user) };
  for (const used of [world, theirs]) note(used);
  await flushJournal();
  const ids = [theirs.token.id, world.token.id];
  await owner`update repdesk.token_secrets set last_used_from = '203.0.113.0', refused_from = '203.0.113.0' where token_id = any (${ids})`;
  await owner`select * from repdesk.erase_person(${user.email})`;
  const left = await owner`select token_id from repdesk.token_secrets
    where token_id = any (${ids}) and num_nonnulls(last_used_from, refused_from) > 0`;
  expect(left).toEqual([{ token_id: world.token.id }]);
  expect([await countOf("token_clients", theirs.token), await countOf("token_clients", world.token)]).toEqual([0, 1]);
});
