import { readFileSync } from "node:fs";
import { expect, test } from "playwright/test";
import postgres from "postgres";
import { api } from "../api/call.ts";
import { database, makeWorld } from "../api/world.ts";
import { environment } from "../environment.ts";

/** Conflicting requests, and unexpected errors. */

test("409 idempotency_in_progress if the first request is still running after 5 seconds", async () => {
  const { admin, token, company } = await makeWorld();
  const by = { token: token.secret };
  const account = await api("POST", "/accounts", { ...by, body: { name: "Northwind" } });
  const send = (body: object) => api("POST", "/contacts", { ...by, body, headers: { "Idempotency-Key": "key" } });
  const post = () => send({ first_name: "Ana" });
  const first = {
    company_id: company.id,
    user_id: admin.user_id,
    operation: "createContact",
    key: "key",
    fingerprint: "0".repeat(64),
  };
  const sql = database();
  const broken = sql.begin(async (tx) => {
    await tx`insert into repdesk.idempotency_keys ${tx(first)}`;
    const began = performance.now();
    // What is wrong with a body can't be said completely while the key isn't known.
    const twins = await Promise.all([post(), send({ first_name: 1, account_id: account.body.id })]);
    expect(performance.now() - began).toBeGreaterThan(4_000);
    for (const twin of twins) {
      const { status, body, headers } = twin;
      expect([status, body.code, headers.get("retry-after")]).toEqual([409, "idempotency_in_progress", "1"]);
    }
    throw new Error("the first request failed");
  });
  await expect(broken).rejects.toThrow("the first request failed");
  expect((await post()).status).toBe(201);
});

test("409 conflict if the database resolves a deadlock", async () => {
  const { token } = await makeWorld();
  const by = { token: token.secret };
  const account = (await api("POST", "/accounts", { ...by, body: { name: "Northwind" } })).body;
  const contact = (await api("POST", "/contacts", { ...by, body: { first_name: "Ana", account_id: account.id } })).body;
  // The one that checks for a deadlock later isn't the one that is aborted.
  const sql = postgres(environment.superuserUrl, { max: 1, connection: { deadlock_timeout: 30_000 } });
  const refused = await sql.begin(async (tx) => {
    await tx`select 1 from repdesk.contacts where id = ${contact.id} for update`;
    const deleting = api("DELETE", `/accounts/${account.id}`, by);
    await expect
      .poll(async () => (await database()`select 1 from pg_locks where not granted`).length)
      .toBeGreaterThan(0);
    await tx`select 1 from repdesk.accounts where id = ${account.id} for update`;
    return deleting;
  });
  await sql.end();
  expect([refused.status, refused.body.code]).toEqual([409, "conflict"]);
  expect((await api("GET", `/accounts/${account.id}`, by)).status).toBe(200);
  expect((await api("DELETE", `/accounts/${account.id}`, by)).status).toBe(204);
});

test("500 internal_error hides what broke; the log has it, without values", async () => {
  const { token } = await makeWorld();
  const sql = database();
  await sql`revoke insert on repdesk.contacts from repdesk_app`;
  try {
    const reply = await api("POST", "/contacts", { token: token.secret, body: { first_name: "Very private" } });
    expect([reply.status, reply.body.code]).toEqual([500, "internal_error"]);
    expect(reply.text).not.toMatch(/permission|contacts_|insert|42501|stack|\.js/);
    const line = () =>
      readFileSync(environment.appLog, "utf8")
        .split("\n")
        .find((text) => text.includes(reply.body.request_id));
    await expect.poll(line).toBeDefined();
    expect(JSON.parse(line() ?? "{}")).toMatchObject({
      level: "error",
      status: 500,
      code: "internal_error",
      error: expect.stringContaining("42501"),
    });
    expect(line()).not.toContain("Very private");
  } finally {
    await sql`grant insert on repdesk.contacts to repdesk_app`;
  }
});
