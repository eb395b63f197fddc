import { expect, test } from "playwright/test";
import { api } from "./call.ts";
import { database, makeWorld, unique } from "./world.ts";

/** Idempotency keys, versions, and limits under concurrency. */

const post = (secret: string, key: string, body: unknown, path = "/contacts") =>
  api("POST", path, { token: secret, body, headers: { "Idempotency-Key": key } });

test("the same key and body return the first response, marked as replayed, and create one row", async () => {
  const { token, company } = await makeWorld();
  const first = await post(token.secret, "key-1", { first_name: "Ana" });
  const again = await post(token.secret, "key-1", { first_name: "Ana" });
  expect([first.status, again.status]).toEqual([201, 201]);
  expect(again.body).toEqual(first.body);
  expect(again.headers.get("etag")).toBe(first.headers.get("etag"));
  expect(again.headers.get("location")).toBe(first.headers.get("location"));
  expect([first.headers.get("idempotent-replayed"), again.headers.get("idempotent-replayed")]).toEqual([null, "true"]);
  const [row] = await database()`select count(*)::int as count from repdesk.contacts where company_id = ${company.id}`;
  expect(row?.count).toBe(1);
});

test("a different body with the same key is 422", async () => {
  const { token } = await makeWorld();
  await post(token.secret, "key", { first_name: "Ana" });
  const other = await post(token.secret, "key", { first_name: "Ben" });
  expect([other.status, other.body.code]).toEqual([422, "idempotency_key_reused"]);
});

test("keys are separate for each member, company, and operation", async () => {
  const one = await makeWorld();
  const two = await makeWorld();
  const key = unique();
  const first = await post(one.token.secret, key, { first_name: "Ana" });
  const second = await post(two.token.secret, key, { first_name: "Ana" });
  const account = await post(one.token.secret, key, { name: "Northwind" }, "/accounts");
  expect([first.status, second.status, account.status]).toEqual([201, 201, 201]);
  expect(second.body.id).not.toBe(first.body.id);
});

test("rejected requests aren't stored: the corrected request succeeds with the same key", async () => {
  const { token } = await makeWorld();
  expect((await post(token.secret, "key", { email: "x" })).status).toBe(422);
  expect((await post(token.secret, "key", { email: "x@example.com" })).status).toBe(201);
});

test("a key that isn't printable ASCII or is too long is 400", async () => {
  const { token } = await makeWorld();
  for (const key of ["", "x".repeat(256), "schlüssel"]) {
    const reply = await post(token.secret, key, { first_name: "Ana" });
    expect([reply.status, reply.body.code, reply.body.errors[0].header]).toEqual([
      400,
      "idempotency_key_invalid",
      "Idempotency-Key",
    ]);
  }
});

test("50 equal concurrent POSTs create one row and return equal responses", async () => {
  const { token, company } = await makeWorld();
  const replies = await Promise.all(Array.from({ length: 50 }, () => post(token.secret, "key", { first_name: "Ana" })));
  expect(replies.map(({ status }) => status)).toEqual(Array(50).fill(201));
  expect(new Set(replies.map(({ text }) => text)).size).toBe(1);
  expect(replies.filter(({ headers }) => headers.get("idempotent-replayed") === null).length).toBe(1);
  const [row] = await database()`select count(*)::int as count from repdesk.contacts where company_id = ${company.id}`;
  expect(row?.count).toBe(1);
});

test("a replay never shows a token's secret again", async () => {
  const { admin, company } = await makeWorld();
  const make = () =>
    api("POST", "/auth/token", {
      jwt: admin.jwt,
      company: company.id,
      body: { name: "Sync", scopes: ["contacts:read"] },
      headers: { "Idempotency-Key": "key" },
    });
  const [first, again] = [await make(), await make()];
  expect(first.body.token).toMatch(/^rdk_/);
  expect([again.status, again.body.id, again.body.token]).toEqual([201, first.body.id, null]);
  expect(again.body.notice).toContain("revoke");
  const [row] =
    await database()`select body::text from repdesk.idempotency_keys where company_id = ${company.id} and operation = 'createToken' and key = 'key'`;
  expect(row?.body).toContain(first.body.prefix);
  expect(row?.body).not.toContain(first.body.token);
});

test("a company is created once per key, although there is no company yet", async () => {
  const { admin } = await makeWorld();
  const body = { name: "Second", slug: `c-${unique()}` };
  const make = () => api("POST", "/companies", { jwt: admin.jwt, body, headers: { "Idempotency-Key": "key" } });
  const [first, again] = [await make(), await make()];
  expect([first.status, again.status]).toEqual([201, 201]);
  expect(again.body).toEqual(first.body);
});

test("50 concurrent edits: one 200 and 49 times 412", async () => {
  const { token } = await makeWorld();
  const made = await api("POST", "/contacts", { token: token.secret, body: { first_name: "Ana" } });
  const edit = (index: number) =>
    api("PATCH", `/contacts/${made.body.id}`, {
      token: token.secret,
      body: { title: `Title ${index}` },
      headers: { "If-Match": '"v1"' },
    });
  const statuses = (await Promise.all(Array.from({ length: 50 }, (_, index) => edit(index)))).map(
    ({ status }) => status,
  );
  expect(statuses.filter((status) => status === 200).length).toBe(1);
  expect(statuses.filter((status) => status === 412).length).toBe(49);
  expect((await api("GET", `/contacts/${made.body.id}`, { token: token.secret })).body.version).toBe(2);
});

test("at most 50 active tokens per member and company, also for concurrent requests", async () => {
  const { admin, company } = await makeWorld();
  const make = () =>
    api("POST", "/auth/token", {
      jwt: admin.jwt,
      company: company.id,
      body: { name: "Sync", scopes: ["contacts:read"] },
    });
  const replies = await Promise.all(Array.from({ length: 60 }, make));
  expect(replies.filter(({ status }) => status === 201).length).toBe(49);
  const refused = replies.filter(({ status }) => status === 409);
  expect(refused.length).toBe(11);
  expect(refused[0]?.body).toMatchObject({ code: "limit_reached", detail: expect.stringContaining("50") });
  const [{ id }] = (await api("GET", "/auth/tokens", { jwt: admin.jwt, company: company.id })).body.data;
  expect((await api("DELETE", `/auth/tokens/${id}`, { jwt: admin.jwt, company: company.id })).status).toBe(204);
  expect((await make()).status).toBe(201);
});
