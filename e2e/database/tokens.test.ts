import { createHash } from "node:crypto";
import { describe, expect, test } from "vitest";
import {
  bySession,
  byToken,
  emptyList,
  inside,
  type Member,
  makeMember,
  makeToken,
  makeWorld,
  owner,
} from "./support.ts";

const { tokens } = await import("#lib/domain/tokens");
const { noteUse } = await import("#lib/db/token-use");
const { flushJournal } = await import("#lib/db/journal");
const { tokenLimits } = await import("#lib/vocabulary");

type Input = Parameters<typeof tokens.create>[2];
const make = (member: Member, input: Partial<Input> = {}) =>
  inside(bySession(member), (tx, principal) =>
    tokens.create(tx, principal, { name: "Sync", scopes: ["contacts:read"], ...input }),
  );
type Query = Partial<Parameters<typeof tokens.list>[2]>;
const list = (member: Member, query: Query = {}) =>
  inside(bySession(member), (tx, principal) => tokens.list(tx, principal, { ...emptyList, ...query }));
const revoke = (member: Member, id: string) =>
  inside(bySession(member), (tx, principal) => tokens.revoke(tx, principal, { id }));
const day = 86_400_000;

describe("a new token", () => {
  test("works immediately, and its secret is in no table", async () => {
    const { admin } = await makeWorld();
    const made = await make(admin);
    expect(made).toMatchObject({
      name: "Sync",
      status: "active",
      scopes: ["contacts:read"],
      member: { id: admin.id },
      version: 1,
      revoked_by: null,
    });
    const hash = createHash("sha256").update(String(made.token)).digest();
    const self = await inside({ kind: "token", hash }, (tx, principal) => tokens.readOwn(tx, principal));
    expect(self).toMatchObject({
      id: made.id,
      prefix: made.prefix,
      effective_scopes: ["contacts:read"],
      company: { id: admin.company_id },
    });
    expect(self).not.toHaveProperty("token");
    const [row] =
      await owner`select t.*::text as row, (select string_agg(e.*::text, '') from repdesk.audit_events e) as audit
      from repdesk.api_tokens t where id = ${made.id}`;
    expect(row?.row).toContain(made.prefix);
    expect(row?.audit).toContain(made.prefix);
    for (const text of [row?.row, row?.audit]) expect(text).not.toContain(String(made.token).slice(17));
    expect(row?.audit).not.toContain(hash.toString("hex"));
  });

  test("expires in 90 days by default, and only an admin's can be permanent", async () => {
    const { company, admin } = await makeWorld();
    const user = await makeMember(company.id);
    const days = async (member: Member, expires_in_days?: number | null) => {
      const { expires_at } = await make(member, { expires_in_days });
      return expires_at && Math.round((expires_at.getTime() - Date.now()) / day);
    };
    expect([await days(user), await days(user, 1), await days(user, 365), await days(admin, null)]).toEqual([
      90,
      1,
      365,
      null,
    ]);
    await expect(days(user, null)).rejects.toMatchObject({
      code: "validation_failed",
      extra: {
        errors: [{ pointer: "#/expires_in_days", code: "out_of_range", detail: expect.stringContaining("365") }],
      },
    });
  });

  test("is limited to 50 active ones per member and company, also for concurrent requests", async () => {
    const { company, admin } = await makeWorld();
    const colleague = await makeMember(company.id);
    await Promise.all(Array.from({ length: tokenLimits.perMember - 3 }, () => makeToken(admin)));
    await makeToken(admin, { expires_at: new Date(Date.now() - day) });
    await makeToken(admin, { revoked_at: new Date() });
    const [{ live: before } = { live: 0 }] = await owner`select count(*)::int as live from repdesk.api_tokens
      where member_id = ${admin.id} and revoked_at is null and (expires_at is null or expires_at > now())`;
    expect(before).toBe(48);
    const tries = await Promise.allSettled(Array.from({ length: 12 }, () => make(admin)));
    const refused = tries.filter((one) => one.status === "rejected");
    expect(refused).toHaveLength(10);
    for (const { reason } of refused)
      expect(reason).toMatchObject({ code: "limit_reached", detail: expect.stringContaining("50") });
    expect((await make(colleague)).status).toBe("active");
    const [first] = (await list(admin)).data;
    await revoke(admin, String(first?.id));
    expect((await make(admin)).status).toBe("active");
  });
});

describe("a token in lists", () => {
  test("is visible to its owner and to admins, but not to others, including admins of other companies", async () => {
    const { company, admin } = await makeWorld();
    const [user, other] = [await makeMember(company.id), await makeMember(company.id)];
    const stranger = await makeWorld();
    const { id } = await make(user);
    const read = (member: Member) => inside(bySession(member), (tx, principal) => tokens.read(tx, principal, { id }));
    for (const member of [user, admin]) expect((await read(member)).id).toBe(id);
    for (const member of [other, stranger.admin]) {
      await expect(read(member)).rejects.toMatchObject({ code: "not_found" });
      await expect(revoke(member, id)).rejects.toMatchObject({ code: "not_found" });
      const rename = inside(bySession(member), (tx, principal) => tokens.update(tx, principal, { id, name: "Mine" }));
      await expect(rename).rejects.toMatchObject({ code: "not_found" });
    }
    expect((await read(user)).version).toBe(1);
  });

  test("is listed for its owner, and for an admin who asks for others", async () => {
    const { company, admin } = await makeWorld();
    const user = await makeMember(company.id);
    const own = await make(user);
    const ids = async (member: Member, query: Query = {}) => (await list(member, query)).data.map(({ id }) => id);
    const byMember = (id: string) => ({ filters: [{ field: "member_id", operator: "eq" as const, value: id }] });
    expect(await ids(user)).toEqual([own.id]);
    expect(await ids(user, byMember(user.id))).toEqual([own.id]);
    expect(await ids(admin)).toHaveLength(1);
    expect(await ids(admin, byMember(user.id))).toEqual([own.id]);
    expect(await ids(admin, { owner: "all" })).toHaveLength(2);
    for (const query of [{ owner: "all" }, byMember(admin.id)]) {
      await expect(list(user, query)).rejects.toMatchObject({
        code: "forbidden_role",
        detail: expect.stringContaining("tokens:all"),
      });
    }
  });

  test("is found by its current status, and for 400 days after its end", async () => {
    const { company } = await makeWorld();
    const user = await makeMember(company.id);
    const ago = (days: number) => new Date(Date.now() - days * day);
    const active = await makeToken(user);
    const expired = await makeToken(user, { expires_at: ago(1) });
    const revoked = await makeToken(user, { revoked_at: ago(2), expires_at: ago(1) });
    await makeToken(user, { expires_at: ago(401) });
    await makeToken(user, { revoked_at: ago(401) });
    const ids = async (value: string[]) => {
      const page = await list(user, { filters: [{ field: "status", operator: "in", value }] });
      return page.data.map(({ id, status }) => `${id} ${status}`).sort();
    };
    const all = [`${active.id} active`, `${expired.id} expired`, `${revoked.id} revoked`];
    expect(await ids(["active"])).toEqual([all[0]]);
    expect(await ids(["expired"])).toEqual([all[1]]);
    expect(await ids(["revoked"])).toEqual([all[2]]);
    expect(await ids(["active", "expired", "revoked", "suspended"])).toEqual([...all].sort());
    expect((await list(user)).data).toHaveLength(3);
  });
});

describe("revoking", () => {
  test("stops the token at its next request, records who and when, and is audited once, even if repeated", async () => {
    const { company, admin } = await makeWorld();
    const user = await makeMember(company.id);
    const token = await makeToken(user);
    expect(await inside(byToken(token), async () => "in")).toBe("in");
    for (let time = 0; time < 3; time += 1) await revoke(admin, token.id);
    await expect(inside(byToken(token), async () => "in")).rejects.toMatchObject({ code: "token_revoked" });
    const [shown] = (await list(user)).data;
    expect(shown).toMatchObject({ status: "revoked", revoked_by: { id: admin.id }, revoked_reason: null, version: 2 });
    const events = await owner`select action from repdesk.audit_events where subject_id = ${token.id}`;
    expect(events.map(({ action }) => action)).toEqual(["token.revoked"]);
  });

  test("can be done by the token itself", async () => {
    const { token } = await makeWorld();
    await inside(byToken(token), (tx, principal) => tokens.revokeOwn(tx, principal));
    await expect(inside(byToken(token), async () => "in")).rejects.toMatchObject({ code: "token_revoked" });
    const [event] = await owner`select token_id, changes from repdesk.audit_events where subject_id = ${token.id}`;
    expect(event?.token_id).toBe(token.id);
  });
});

test("renaming raises the version once and changes nothing else", async () => {
  const { admin } = await makeWorld();
  const made = await make(admin);
  const rename = (name: string, if_version?: number) =>
    inside(bySession(admin), (tx, principal) => tokens.update(tx, principal, { id: made.id, name, if_version }));
  expect(await rename("Other", 1)).toMatchObject({
    name: "Other",
    version: 2,
    scopes: made.scopes,
    expires_at: made.expires_at,
  });
  expect((await rename("Other")).version).toBe(2);
  await expect(rename("Third", 1)).rejects.toMatchObject({ code: "version_mismatch" });
});

describe("a use", () => {
  const use = async (id: string) => (await owner`select * from repdesk.api_tokens where id = ${id}`)[0];
  const known = (id: string, company_id: string, last_used_at: Date | null) => ({
    ...{ id, company_id, secret: 1, is_first_use: false, last_used_at },
  });
  const note = (token: ReturnType<typeof known>, at: Date, from: string | null, client: string | null) =>
    noteUse(token, { at, from, client, request_id: "req_test" });

  test("is written within a second, and the next one after a minute, without a new version or audit entry", async () => {
    const { company, token } = await makeWorld();
    const first = new Date();
    note(known(token.id, company.id, null), first, "203.0.113.0", "curl");
    await expect.poll(async () => (await use(token.id))?.last_used_at, { timeout: 1_000, interval: 50 }).toEqual(first);
    expect(await use(token.id)).toMatchObject({ last_used_from: "203.0.113.0", last_used_by: "curl", version: 1 });
    const soon = new Date(first.getTime() + 30_000);
    note(known(token.id, company.id, first), soon, null, null);
    note(known(token.id, company.id, null), soon, null, null);
    await flushJournal();
    expect((await use(token.id))?.last_used_at).toEqual(first);
    const later = new Date(first.getTime() + 61_000);
    note(known(token.id, company.id, first), later, "198.51.100.0", "half of a pair \ud800 and \0 NUL");
    await flushJournal();
    expect(await use(token.id)).toMatchObject({
      last_used_at: later,
      last_used_from: "198.51.100.0",
      last_used_by: "half of a pair  and  NUL",
    });
    expect(await owner`select from repdesk.audit_events where company_id = ${company.id}`).toHaveLength(0);
  });

  test("of 200 tokens at once is one statement, and another company's ID notes nothing", async () => {
    const [one, two] = [await makeWorld(), await makeWorld()];
    const made = await Promise.all(Array.from({ length: 200 }, () => makeToken(one.admin)));
    for (const { id } of made) note(known(id, one.company.id, null), new Date(), null, null);
    note(known(two.token.id, one.company.id, null), new Date(), null, null);
    await flushJournal();
    const [noted] =
      await owner`select count(last_used_at)::int as count from repdesk.api_tokens where company_id = ${one.company.id}`;
    expect(noted?.count).toBe(200);
    expect((await use(two.token.id))?.last_used_at).toBeNull();
  });
});
