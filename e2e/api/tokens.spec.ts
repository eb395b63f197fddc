import { expect, test } from "playwright/test";
import { api } from "./call.ts";
import { addMember, database, makeToken, makeWorld, signUp } from "./world.ts";

/** The life of an API token. */

const day = 86_400_000;

test("created by a session, shown once, and valid immediately", async () => {
  const { admin, company } = await makeWorld();
  const by = { jwt: admin.jwt, company: company.id };
  const made = await api("POST", "/auth/token", {
    ...by,
    body: { name: " Nightly sync ", scopes: ["contacts:read"] },
  });
  expect(made.status).toBe(201);
  expect(made.headers.get("cache-control")).toBe("private, no-store");
  expect(made.headers.get("location")).toBe(`/api/v1/auth/tokens/${made.body.id}`);
  expect(made.body).toMatchObject({
    name: "Nightly sync",
    scopes: ["contacts:read"],
    status: "active",
    last_used_at: null,
    notice: null,
  });
  expect(made.body.token.startsWith(`${made.body.prefix}_`)).toBe(true);
  const lifetime = Date.parse(made.body.expires_at) - Date.parse(made.body.created_at);
  expect(lifetime / day).toBeCloseTo(90, 2);

  const secret = made.body.token;
  expect((await api("GET", "/contacts", { token: secret })).status).toBe(200);
  const self = await api("GET", "/auth/token", { token: secret });
  expect(self.body).toMatchObject({
    id: made.body.id,
    company: { id: company.id },
    effective_scopes: ["contacts:read"],
  });

  const [listed, read] = [await api("GET", "/auth/tokens", by), await api("GET", `/auth/tokens/${made.body.id}`, by)];
  for (const reply of [listed, read, self]) expect(reply.text).not.toContain(secret);
  expect(Object.keys(read.body)).not.toContain("token");
  const stored = await database()`select to_jsonb(t)::text as row from repdesk.api_tokens t where id = ${made.body.id}`;
  expect(stored[0]?.row).not.toContain(secret.slice(17));
});

test("the first use is recorded within a second, with network and client", async () => {
  const { admin, company, token } = await makeWorld();
  await api("GET", "/me", { token: token.secret, address: "203.0.113.77", headers: { "User-Agent": "curl/8.5.0" } });
  const read = () => api("GET", `/auth/tokens/${token.id}`, { jwt: admin.jwt, company: company.id });
  await expect.poll(async () => (await read()).body.last_used_at, { timeout: 1500, intervals: [100] }).not.toBeNull();
  expect((await read()).body).toMatchObject({ last_used_from: "203.0.113.0", last_used_by: "curl", version: 1 });
});

test("422 with all faults of the input", async () => {
  const { admin, company } = await makeWorld();
  const make = (body: unknown) => api("POST", "/auth/token", { jwt: admin.jwt, company: company.id, body });
  const faults = async (body: unknown) =>
    (await make(body)).body.errors.map(({ pointer, code }: { pointer: string; code: string }) => `${pointer} ${code}`);
  expect(await faults({})).toEqual(["#/name required", "#/scopes required"]);
  expect(await faults({ name: " ", scopes: [] })).toEqual(["#/name blank", "#/scopes too_short"]);
  expect(await faults({ name: "x".repeat(81), scopes: ["*"] })).toEqual(["#/name too_long", "#/scopes/0 invalid_enum"]);
  expect(await faults({ name: "x", scopes: ["contacts:read"], expires_in_days: 0 })).toEqual([
    "#/expires_in_days out_of_range",
  ]);
  expect(await faults({ name: "x", scopes: ["contacts:read"], expires_in_days: 366 })).toEqual([
    "#/expires_in_days out_of_range",
  ]);
  expect(await faults({ name: "x", scopes: ["contacts:read"], expires_in_days: 1.5 })).toEqual([
    "#/expires_in_days invalid_type",
  ]);
  expect(await faults({ name: "x", scopes: ["contacts:read"], company_id: company.id })).toEqual([
    "#/company_id unknown_field",
  ]);
});

test("only admins can create tokens that never expire", async () => {
  const { admin, company } = await makeWorld();
  const body = { name: "For ever", scopes: ["contacts:read"], expires_in_days: null };
  expect((await api("POST", "/auth/token", { jwt: admin.jwt, company: company.id, body })).body.expires_at).toBeNull();
  const user = await signUp();
  await addMember(company, user);
  const refused = await api("POST", "/auth/token", { jwt: user.jwt, company: company.id, body });
  expect([refused.status, refused.body.errors[0]]).toEqual([
    422,
    { pointer: "#/expires_in_days", code: "out_of_range", detail: expect.stringContaining("365") },
  ]);
  const nameless = await api("POST", "/auth/token", {
    jwt: user.jwt,
    company: company.id,
    body: { ...body, name: " " },
  });
  expect(nameless.body.errors.map(({ pointer }: { pointer: string }) => pointer)).toEqual([
    "#/name",
    "#/expires_in_days",
  ]);
});

test("members see their own tokens, admins see all, and to others they don't exist", async () => {
  const { admin, company, token } = await makeWorld();
  const user = await signUp();
  const member = await addMember(company, user);
  const theirs = await makeToken(user, company);
  const asUser = { jwt: user.jwt, company: company.id };
  const asAdmin = { jwt: admin.jwt, company: company.id };
  const idsOf = async (by: typeof asUser, query = "") =>
    (await api("GET", `/auth/tokens${query}`, by)).body.data.map(({ id }: { id: string }) => id);
  expect(await idsOf(asUser)).toEqual([theirs.id]);
  expect(await idsOf(asAdmin)).toEqual([token.id]);
  expect(await idsOf(asAdmin, "?owner=all")).toEqual([theirs.id, token.id]);
  expect(await idsOf(asAdmin, `?filter[member_id]=${member}`)).toEqual([theirs.id]);
  const all = await api("GET", "/auth/tokens?owner=all", asUser);
  expect([all.status, all.body.code, all.body.required]).toEqual([403, "forbidden_role", "tokens:all"]);
  for (const [method, body] of [
    ["GET", undefined],
    ["PATCH", { name: "Mine now" }],
    ["DELETE", undefined],
  ] as const) {
    expect((await api(method, `/auth/tokens/${token.id}`, { ...asUser, body })).status).toBe(404);
  }
  expect((await api("GET", "/me", { token: token.secret })).status).toBe(200);
  expect((await api("DELETE", `/auth/tokens/${theirs.id}`, asAdmin)).status).toBe(204);
  expect((await api("GET", "/me", { token: theirs.secret })).body.code).toBe("token_revoked");
  const revoked = await api("GET", `/auth/tokens/${theirs.id}`, asUser);
  expect(revoked.body).toMatchObject({ status: "revoked", revoked_by: { name: "Ana Ruiz" } });
});

test("renaming raises the version and respects If-Match", async () => {
  const { admin, company, token } = await makeWorld();
  const by = { jwt: admin.jwt, company: company.id };
  const rename = (name: string, tag?: string) =>
    api("PATCH", `/auth/tokens/${token.id}`, { ...by, body: { name }, headers: tag ? { "If-Match": tag } : {} });
  const renamed = await rename("New name", '"v1"');
  expect([renamed.status, renamed.body.name, renamed.body.version, renamed.headers.get("etag")]).toEqual([
    200,
    "New name",
    2,
    '"v2"',
  ]);
  expect((await rename("Newer", '"v1"')).body.code).toBe("version_mismatch");
  expect((await rename("New name")).body.version).toBe(2);
});

test("a token is never 304, since its last use changes without its version", async () => {
  const { admin, company, token } = await makeWorld();
  const headers = { "If-None-Match": '"v1"' };
  const reply = await api("GET", `/auth/tokens/${token.id}`, { jwt: admin.jwt, company: company.id, headers });
  expect([reply.status, reply.headers.get("etag")]).toEqual([200, '"v1"']);
});

test("revoking stops the next request; revoking again changes nothing", async () => {
  const { admin, company, token } = await makeWorld();
  const by = { jwt: admin.jwt, company: company.id };
  expect((await api("DELETE", `/auth/tokens/${token.id}`, by)).status).toBe(204);
  expect((await api("GET", "/me", { token: token.secret })).body.code).toBe("token_revoked");
  const first = (await api("GET", `/auth/tokens/${token.id}`, by)).body;
  expect((await api("DELETE", `/auth/tokens/${token.id}`, by)).status).toBe(204);
  expect((await api("GET", `/auth/tokens/${token.id}`, by)).body).toEqual(first);
  const list = async (status: string) =>
    (await api("GET", `/auth/tokens?filter[status]=${status}`, by)).body.data.length;
  expect([await list("active"), await list("revoked")]).toEqual([0, 1]);
});

test("a token stops working when its owner's login is banned or deleted, and works again after a ban", async () => {
  const sql = database();
  const ends = [
    ["blocked", (id: string) => sql`update auth.users set banned_until = now() + interval '1 hour' where id = ${id}`],
    ["deleted", (id: string) => sql`update auth.users set deleted_at = now() where id = ${id}`],
    ["deleted", (id: string) => sql`delete from auth.users where id = ${id}`],
  ] as const;
  for (const [word, end] of ends) {
    const { admin, token } = await makeWorld();
    expect((await api("GET", "/contacts", { token: token.secret })).status).toBe(200);
    await end(admin.user_id);
    for (const method of ["GET", "POST"]) {
      const body = method === "POST" ? { first_name: "Ana" } : undefined;
      const reply = await api(method, "/contacts", { token: token.secret, body });
      expect([reply.status, reply.body.code]).toEqual([401, "member_inactive"]);
      expect(reply.body.detail).toMatch(new RegExp(`^The login of the member that this token belongs to .*${word}`));
    }
    if (word === "blocked") {
      await sql`update auth.users set banned_until = now() where id = ${admin.user_id}`;
      expect((await api("GET", "/contacts", { token: token.secret })).status).toBe(200);
    }
  }
});

test("each write has one audit entry, without secrets", async () => {
  const { admin, company, token } = await makeWorld();
  const by = { jwt: admin.jwt, company: company.id };
  await api("PATCH", `/auth/tokens/${token.id}`, { ...by, body: { name: "Renamed" } });
  const contact = await api("POST", "/contacts", { token: token.secret, body: { first_name: "Ana" } });
  await api("PATCH", `/contacts/${contact.body.id}`, { token: token.secret, body: { title: "CEO" } });
  await api("PATCH", `/contacts/${contact.body.id}`, { token: token.secret, body: { title: "CEO" } });
  await api("DELETE", `/contacts/${contact.body.id}`, { token: token.secret });
  await api("DELETE", `/auth/tokens/${token.id}`, by);
  const rows = await database()`select * from repdesk.audit_events where company_id = ${company.id} order by id`;
  expect(rows.map(({ action }) => action)).toEqual([
    "company.created",
    "member.created",
    "token.created",
    "token.updated",
    "contact.created",
    "contact.updated",
    "contact.deleted",
    "token.revoked",
  ]);
  expect(JSON.stringify(rows)).not.toContain(token.secret.slice(17, 40));
});
