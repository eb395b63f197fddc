import { expect, test } from "playwright/test";
import { api, type Options } from "./call.ts";
import { addMember, database, makeToken, makeWorld, signUp } from "./world.ts";

/** What happens to a token between its creation and its end. `e2e/database/rotation.test.ts` has what takes days. */

const day = 86_400_000;

async function begin() {
  const { admin, company } = await makeWorld();
  const person = await signUp("Kim Lee");
  await addMember(company, person);
  const [ofAdmin, ofOwner] = [admin, person].map(({ jwt }) => ({ jwt, company: company.id })) as [Options, Options];
  const token = await makeToken(person, company, ["contacts:read", "tokens:rotate"]);
  return { admin, company, person, token, ofAdmin, ofOwner, path: `/auth/tokens/${token.id}` };
}

const answered = ({ status, body }: { status: number; body: { code?: string } | null }) => [status, body?.code ?? null];
const faultsOf = ({ body }: { body: { errors: { pointer: string; code: string }[] } }) =>
  body.errors.map(({ pointer, code }) => `${pointer} ${code}`);
const actionsOn = async (id: string) =>
  (await database()`select action from repdesk.audit_events where subject_id = ${id} order by created_at, id`).map(
    ({ action }) => action,
  );

test("a rotation keeps the token and gives it a second secret, which is shown once", async () => {
  const { token, ofOwner, path } = await begin();
  const send = () =>
    api("POST", `${path}/rotation`, { ...ofOwner, body: { overlap_hours: 1 }, headers: { "Idempotency-Key": "one" } });
  const made = await send();
  expect(made.status, made.text).toBe(201);
  expect(made.body).toMatchObject({ id: token.id, prefix: token.prefix, rotation: { overlap_hours: 1 }, notice: null });
  expect(made.body.token.startsWith(`${token.prefix}_`)).toBe(true);
  for (const secret of [token.secret, made.body.token])
    expect((await api("GET", "/me", { token: secret })).status).toBe(200);

  const replay = await send();
  expect([replay.status, replay.body.token, replay.headers.get("idempotent-replayed")]).toEqual([201, null, "true"]);
  const read = () => api("GET", path, ofOwner);
  await expect.poll(async () => (await read()).body.rotation?.old_secret_ends_at, { intervals: [100] }).not.toBeNull();
  expect((await read()).text).not.toContain(made.body.token);
  expect(answered(await api("POST", `${path}/rotation`, { ...ofOwner, body: {} }))).toEqual([
    409,
    "rotation_in_progress",
  ]);

  expect((await api("DELETE", `${path}/rotation?keep=new`, ofOwner)).status).toBe(204);
  expect(answered(await api("GET", "/me", { token: token.secret }))).toEqual([401, "token_rotated"]);
  await expect.poll(async () => (await read()).body.old_secret_used_at, { intervals: [100] }).not.toBeNull();
  expect((await api("DELETE", `${path}/rotation?keep=old`, ofOwner)).status).toBe(204);
  expect(answered(await api("GET", "/me", { token: token.secret }))).toEqual([401, "token_rotated"]);
});

test("a token with the scope tokens:rotate rotates itself, and no other", async () => {
  const { token, person, company, path } = await begin();
  const other = await makeToken(person, company, ["contacts:read"]);
  const rotated = await api("POST", "/auth/token/rotation", { token: token.secret, body: { overlap_hours: 0 } });
  expect([rotated.status, rotated.body.id]).toEqual([201, token.id]);
  expect((await api("GET", "/me", { token: rotated.body.token })).status).toBe(200);
  expect(answered(await api("POST", "/auth/token/rotation", { token: other.secret, body: {} }))).toEqual([
    403,
    "insufficient_scope",
  ]);
  expect(answered(await api("POST", `${path}/rotation`, { token: token.secret, body: {} }))).toEqual([
    403,
    "session_required",
  ]);
  const exposed = await api("POST", "/auth/token/rotation", { token: token.secret, body: { reason: "exposed" } });
  expect(faultsOf(exposed)).toEqual(["#/reason unknown_field"]);
});

test("every response to a token says when it expires, and in the last 14 days warns", async () => {
  const { token, company, admin, path, ofOwner } = await begin();
  const { expires_at } = (await api("GET", path, ofOwner)).body;
  const headersOf = async (secret: string, to = "/contacts") => {
    const { headers } = await api("GET", to, { token: secret });
    return [headers.get("repdesk-token-expires-at"), headers.get("repdesk-token-warning")];
  };
  for (const to of ["/contacts", "/me", "/accounts", "/contacts/con_01jd8qv5k7e9ga3m2x4n6r8t0w"])
    expect(await headersOf(token.secret, to)).toEqual([expires_at, null]);
  await database()`update repdesk.api_tokens set expires_at = now() + interval '13 days 23 hours' where id = ${token.id}`;
  const [at, warning] = await headersOf(token.secret);
  expect(warning).toBe(`This token expires on ${at}. Rotate it in My Settings, API Tokens.`);
  const forever = await api("POST", "/auth/token", {
    ...{ jwt: admin.jwt, company: company.id },
    body: { name: "Forever", scopes: ["contacts:read"], expires_in_days: null },
  });
  expect(await headersOf(forever.body.token)).toEqual([null, null]);
});

test("the expiration moves within a year, and only an admin removes it", async () => {
  const { ofOwner, ofAdmin, path } = await begin();
  const patch = (by: Options, expires_at: string | null) => api("PATCH", path, { ...by, body: { expires_at } });
  const soon = new Date(Date.now() + 5_000).toISOString();
  expect((await patch(ofOwner, soon)).body.expires_at).toBe(soon);
  for (const late of [new Date(Date.now() + 366 * day).toISOString(), "2020-01-01T00:00:00Z", null])
    expect(faultsOf(await patch(ofOwner, late))).toEqual(["#/expires_at out_of_range"]);
  expect((await patch(ofAdmin, null)).body.expires_at).toBeNull();
  const year = new Date(Date.now() + 364 * day).toISOString();
  expect((await patch(ofOwner, year)).body.expires_at).toBe(year);
});

test("a token ends to the second", async () => {
  const { token, ofOwner, path } = await begin();
  const at = new Date(Date.now() + 2_000);
  await api("PATCH", path, { ...ofOwner, body: { expires_at: at.toISOString() } });
  let [last, first] = [0, Number.POSITIVE_INFINITY];
  await expect
    .poll(
      async () => {
        const began = Date.now();
        const { status } = await api("GET", "/me", { token: token.secret });
        if (status === 200) last = Math.max(last, began);
        else first = Math.min(first, Date.now());
        return status;
      },
      { intervals: [50], timeout: 5_000 },
    )
    .toBe(401);
  expect(last).toBeLessThanOrEqual(at.getTime());
  expect(first).toBeGreaterThanOrEqual(at.getTime());
  expect(answered(await api("PATCH", path, { ...ofOwner, body: { scopes: ["accounts:read"] } }))).toEqual([
    409,
    "token_ended",
  ]);
  expect((await api("PATCH", path, { ...ofOwner, body: { name: "Old" } })).status).toBe(200);
});

test("scopes are narrowed by the owner and by admins, and widened only by the owner", async () => {
  const { token, ofOwner, ofAdmin, path } = await begin();
  const patch = (by: Options, ...scopes: string[]) => api("PATCH", path, { ...by, body: { scopes } });
  expect((await patch(ofAdmin, "contacts:read")).body.scopes).toEqual(["contacts:read"]);
  expect(answered(await api("POST", "/auth/token/rotation", { token: token.secret, body: {} }))).toEqual([
    403,
    "insufficient_scope",
  ]);
  expect(faultsOf(await patch(ofAdmin, "contacts:read", "accounts:read"))).toEqual(["#/scopes/1 not_grantable"]);
  expect((await patch(ofOwner, "contacts:write", "accounts:read")).status).toBe(200);
  expect((await api("GET", "/accounts", { token: token.secret })).status).toBe(200);
  // What write includes isn't an addition.
  expect((await patch(ofAdmin, "contacts:read")).status).toBe(200);
});

test("a suspended token works again when it is resumed; what an admin suspended, an admin resumes", async () => {
  const { token, ofOwner, ofAdmin, path } = await begin();
  const use = async () => answered(await api("GET", "/me", { token: token.secret }));
  const made = await api("POST", `${path}/suspension`, { ...ofOwner, body: { reason: "Duplicates" } });
  expect([made.status, made.body.status, made.body.suspended_reason]).toEqual([201, "suspended", "Duplicates"]);
  const refused = await api("GET", "/me", { token: token.secret });
  expect([...answered(refused), refused.body.detail.includes("“Duplicates”")]).toEqual([401, "token_suspended", true]);
  expect((await api("DELETE", `${path}/suspension`, ofOwner)).status).toBe(204);
  expect(await use()).toEqual([200, null]);
  await api("POST", `${path}/suspension`, { ...ofAdmin, body: {} });
  expect(answered(await api("DELETE", `${path}/suspension`, ofOwner))).toEqual([403, "forbidden_role"]);
  expect((await api("DELETE", `${path}/suspension`, ofAdmin)).status).toBe(204);
  expect(await use()).toEqual([200, null]);
  expect((await actionsOn(token.id)).filter((action) => action !== "token.refused")).toEqual(
    ["created", "suspended", "resumed", "suspended", "resumed"].map((name) => `token.${name}`),
  );
});

test("a revocation is undone within an hour by whoever revoked it", async () => {
  const { token, ofOwner, ofAdmin, path } = await begin();
  const use = async () => answered(await api("GET", "/me", { token: token.secret }));
  const undo = (by: Options) => api("DELETE", `${path}/revocation`, by);
  await api("DELETE", path, ofOwner);
  expect(answered(await undo(ofAdmin))).toEqual([409, "token_ended"]);
  expect((await undo(ofOwner)).status).toBe(204);
  expect(await use()).toEqual([200, null]);
  await api("DELETE", path, ofOwner);
  const sql = database();
  await sql`update repdesk.api_tokens set revoked_reason = 'leaked' where id = ${token.id}`;
  expect(answered(await undo(ofOwner))).toEqual([409, "token_ended"]);
  await sql`update repdesk.api_tokens set revoked_reason = null, revoked_at = now() - interval '61 minutes' where id = ${token.id}`;
  expect(answered(await undo(ofOwner))).toEqual([409, "token_ended"]);
  expect(await use()).toEqual([401, "token_revoked"]);
  const audited = (await actionsOn(token.id)).filter((action) => action !== "token.refused");
  expect(audited).toEqual(["created", "revoked", "restored", "revoked"].map((name) => `token.${name}`));
});

test("undoing a revocation doesn't exceed the limit of live tokens, nor bring back a former member's token", async () => {
  const { company, person, token, ofOwner, path } = await begin();
  const other = await makeToken(person, company);
  await api("DELETE", path, ofOwner);
  await database()`
    insert into repdesk.api_tokens (id, company_id, member_id, name, prefix, hash, scopes)
    select 'tok_0' || lpad((n + 100000)::text, 25, '0'), company_id, member_id, 'Token', 'rdk_' || left(md5(random()::text), 12), sha256(random()::text::bytea), scopes
      from repdesk.api_tokens, generate_series(1, 50) n where id = ${token.id}`;
  expect(answered(await api("DELETE", `${path}/revocation`, ofOwner))).toEqual([409, "limit_reached"]);
  const admin = await signUp();
  await addMember(company, admin, "admin");
  const ofAdmin = { jwt: admin.jwt, company: company.id };
  await api("DELETE", `/auth/tokens/${other.id}`, ofAdmin);
  await database()`update repdesk.members set status = 'removed' where company_id = ${company.id} and user_id = ${person.user_id}`;
  const undone = await api("DELETE", `/auth/tokens/${other.id}/revocation`, ofAdmin);
  expect([...answered(undone), undone.body.detail.includes("no longer active")]).toEqual([409, "token_ended", true]);
});

test("a token can be used only from its allowed addresses", async () => {
  const { token, ofOwner, path } = await begin();
  const from = async (address: string) => answered(await api("GET", "/contacts", { token: token.secret, address }));
  const allow = (...allowed_addresses: string[]) => api("PATCH", path, { ...ofOwner, body: { allowed_addresses } });
  const kept = await allow(
    "203.0.113.0/24",
    " 2001:DB8:0:1::/64",
    "198.51.100.7",
    "::ffff:192.0.2.1",
    "198.51.100.7/32",
  );
  expect(kept.body.allowed_addresses).toEqual([
    "203.0.113.0/24",
    "2001:db8:0:1::/64",
    "198.51.100.7/32",
    "192.0.2.1/32",
  ]);
  for (const inside of ["203.0.113.255", "2001:db8:0:1:ffff::1", "198.51.100.7", "::ffff:203.0.113.9", "192.0.2.1"])
    expect([inside, await from(inside)]).toEqual([inside, [200, null]]);
  for (const outside of ["203.0.114.0", "2001:db8:0:2::1", "198.51.100.8", "::ffff:198.51.100.8", "2001:db8::1%eth0"])
    expect([outside, await from(outside)]).toEqual([outside, [403, "ip_not_allowed"]]);
  // Only the entry that our own proxy wrote counts.
  const forged = await api("GET", "/contacts", { token: token.secret, address: "203.0.113.9, 198.51.100.8" });
  expect(answered(forged)).toEqual([403, "ip_not_allowed"]);
  expect(
    (await api("POST", "/contacts", { token: token.secret, address: "198.51.100.8", body: { first_name: "Ana" } })).body
      .code,
  ).toBe("ip_not_allowed");

  const wrong = [
    "203.0.113.7/24",
    "203.0.113.0/33",
    "10.1",
    "0x7f.0.0.1",
    "example.com",
    "203.0.113.0/0",
    "1.2.3.4/8/8",
    "",
  ];
  expect(faultsOf(await allow(...wrong))).toEqual(
    wrong.map((_, index) => `#/allowed_addresses/${index} invalid_format`),
  );
  expect((await allow("203.0.113.7/24")).body.errors[0].detail).toContain("203.0.113.0/24");
  expect(faultsOf(await allow(...Array.from({ length: 21 }, (_, index) => `192.0.2.${index}`)))).toEqual([
    "#/allowed_addresses too_many_items",
  ]);
  expect((await allow()).body.allowed_addresses).toEqual([]);
  expect(await from("198.51.100.8")).toEqual([200, null]);
});

test("others' tokens can't be rotated, suspended, resumed, or restored, except by admins", async () => {
  const { company, path, ofAdmin } = await begin();
  const stranger = await signUp();
  await addMember(company, stranger);
  const by = { jwt: stranger.jwt, company: company.id };
  for (const [method, to, body] of [
    ["POST", "/rotation", {}],
    ["DELETE", "/rotation?keep=new", undefined],
    ["POST", "/suspension", {}],
    ["DELETE", "/suspension", undefined],
    ["DELETE", "/revocation", undefined],
  ] as const)
    expect([to, ...answered(await api(method, path + to, { ...by, body }))]).toEqual([to, 404, "not_found"]);
  expect((await api("POST", `${path}/rotation`, { ...ofAdmin, body: {} })).status).toBe(201);
});
