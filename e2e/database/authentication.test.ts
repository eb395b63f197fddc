import { randomBytes, randomUUID } from "node:crypto";
import postgres from "postgres";
import { describe, expect, test } from "vitest";
import { environment } from "../environment.ts";
import {
  as,
  bySession,
  byToken,
  makeCompany,
  makeMember,
  makeToken,
  makeUser,
  makeWorld,
  owner,
  superuser,
} from "./support.ts";

const nobody = async () => "in";
const hour = 3_600_000;

describe("a token", () => {
  test("authenticates by its hash, with its company, member, and permissions", async () => {
    const { company, admin, token } = await makeWorld();
    const caller = await as(byToken(token), async (_tx, found) => found);
    expect(caller).toMatchObject({
      user_id: admin.user_id,
      email: admin.email,
      company,
      member: { id: admin.id, role: "admin", flags: [], version: 1, email: admin.email },
      token: { id: token.id, scopes: ["contacts:write", "accounts:write"], expires_at: null, last_used_at: null },
    });
    expect([...caller.permissions].sort()).toEqual([
      "accounts:read",
      "accounts:write",
      "contacts:read",
      "contacts:write",
    ]);
  });

  test("that is unknown is token_invalid", async () => {
    const refused = as({ kind: "token", hash: randomBytes(32) }, nobody);
    await expect(refused).rejects.toMatchObject({ name: "AppError", code: "token_invalid" });
  });

  test("that expired or was revoked is rejected with the date", async () => {
    const { admin } = await makeWorld();
    const past = new Date(Date.now() - hour);
    const expired = await makeToken(admin, { expires_at: past });
    await expect(as(byToken(expired), nobody)).rejects.toMatchObject({
      code: "token_expired",
      detail: expect.stringContaining(past.toISOString()),
    });
    const revoked = await makeToken(admin, { revoked_at: past, expires_at: past });
    await expect(as(byToken(revoked), nobody)).rejects.toMatchObject({
      code: "token_revoked",
      detail: expect.stringContaining(past.toISOString()),
    });
    const live = await makeToken(admin, { expires_at: new Date(Date.now() + hour) });
    expect(await as(byToken(live), nobody)).toBe("in");
  });

  test.each(["deactivated", "removed"] as const)("of a %s member is member_inactive", async (status) => {
    const company = await makeCompany();
    const token = await makeToken(await makeMember(company.id, { status }));
    await expect(as(byToken(token), nobody)).rejects.toMatchObject({ code: "member_inactive" });
  });

  describe("of a member whose login", () => {
    const hourFromNow = () => new Date(Date.now() + hour);
    test.each([
      [
        "is banned",
        "blocked",
        (id: string) => superuser`update auth.users set banned_until = ${hourFromNow()} where id = ${id}`,
      ],
      ["was deleted", "deleted", (id: string) => superuser`update auth.users set deleted_at = now() where id = ${id}`],
      ["is gone", "deleted", (id: string) => superuser`delete from auth.users where id = ${id}`],
    ])("%s is member_inactive, and says so", async (_, word, end) => {
      const { company, admin, token } = await makeWorld();
      const other = await makeToken(await makeMember(company.id));
      expect(await as(byToken(token), nobody)).toBe("in");
      await end(admin.user_id);
      await expect(as(byToken(token), nobody)).rejects.toMatchObject({
        code: "member_inactive",
        detail: expect.stringMatching(new RegExp(`^The login of the member .*${word}.*${company.name}\\.$`)),
      });
      expect(await as(byToken(other), nobody)).toBe("in");
    });

    test("was banned works again when the ban ends", async () => {
      const { admin, token } = await makeWorld();
      await superuser`update auth.users set banned_until = now() - interval '1 second' where id = ${admin.user_id}`;
      expect(await as(byToken(token), nobody)).toBe("in");
    });

    test("is looked up by an index in the statement that authenticates the token", async () => {
      const { token } = await makeWorld();
      // In its own session, since another one may still hold statistics of earlier transactions.
      const fresh = postgres(environment.superuserUrl, { max: 1 });
      const scans = await fresh.begin(async (tx) => {
        // The planner would read all of such a small table.
        await tx`set local enable_seqscan = off`;
        await tx`select from repdesk.prove_token(${token.hash}, null, 'r')`;
        return tx`select relid::regclass::text as on_table, seq_scan::int, idx_tup_fetch::int from pg_stat_xact_user_tables
          where seq_scan + idx_scan > 0 order by 1`;
      });
      await fresh.end();
      const tables = [
        "auth.users",
        ...["api_tokens", "companies", "members", "token_secrets"].map((name) => `repdesk.${name}`),
      ];
      expect(scans).toEqual(tables.map((on_table) => ({ on_table, seq_scan: 0, idx_tup_fetch: 1 })));
    });
  });

  test("of a suspended company is company_suspended", async () => {
    const { company, token } = await makeWorld();
    await owner`update repdesk.companies set suspended_at = now() where id = ${company.id}`;
    await expect(as(byToken(token), nobody)).rejects.toMatchObject({ code: "company_suspended" });
  });

  test("with a header that names another company is company_mismatch, and names both", async () => {
    const { company, token } = await makeWorld();
    const other = await makeCompany();
    for (const named of [other.id, other.slug, "nowhere"]) {
      const refused = as(byToken(token), nobody, { company: named });
      await expect(refused).rejects.toMatchObject({ code: "company_mismatch", detail: expect.stringContaining(named) });
      await expect(refused).rejects.toMatchObject({ detail: expect.stringContaining(company.slug) });
    }
    for (const named of [company.id, company.slug])
      expect(await as(byToken(token), nobody, { company: named })).toBe("in");
  });

  test("loses the permissions that its member's role loses, at the next request", async () => {
    const { admin, token } = await makeWorld();
    const rights = () =>
      as(byToken(token), async (_tx, { permissions, member }) => ({ permissions, role: member?.role }));
    expect((await rights()).role).toBe("admin");
    await owner`update repdesk.members set role = 'user' where id = ${admin.id}`;
    expect((await rights()).role).toBe("user");
  });
});

describe("a session", () => {
  test("without a header runs in the only company of its user", async () => {
    const { company, admin } = await makeWorld();
    const caller = await as(bySession(admin), async (_tx, found) => found);
    expect(caller).toMatchObject({
      company,
      member: { id: admin.id },
      token: null,
      email: admin.email,
      user_name: "Ana Ruiz",
    });
    expect(caller.permissions).toContain("tokens:all");
  });

  test("with several companies is company_required with a list of them, or runs without a company if that is optional", async () => {
    const [one, two, three] = [await makeCompany(), await makeCompany(), await makeCompany()];
    const member = await makeMember(one.id);
    await makeMember(two.id, { user: member });
    await makeMember(three.id, { user: member, status: "removed" });
    const refused = await as(bySession(member), nobody).catch((error) => error);
    expect(refused.code).toBe("company_required");
    expect(refused.extra.companies.map(({ id }: { id: string }) => id).sort()).toEqual([one.id, two.id].sort());
    expect(Object.keys(refused.extra.companies[0]).sort()).toEqual(["id", "name", "slug"]);
    const without = await as(bySession(member), async (_tx, caller) => caller, { need: "optional" });
    expect(without).toMatchObject({ company: null, member: null, permissions: [] });
    for (const named of [two.id, two.slug]) {
      const caller = await as(bySession(member), async (_tx, found) => found, { company: named });
      expect(caller.company?.id).toBe(two.id);
    }
  });

  test("without any company is not_a_member, unless none is required", async () => {
    const user = await makeUser("Bo");
    await expect(as(bySession(user), nobody)).rejects.toMatchObject({ code: "not_a_member" });
    for (const need of ["optional", "none"] as const) {
      const caller = await as(bySession(user), async (_tx, found) => found, { need });
      expect(caller).toMatchObject({ company: null, member: null, user_name: "Bo", email: user.email });
    }
  });

  test("that names someone else's company is rejected like one that names a nonexistent company", async () => {
    const { admin } = await makeWorld();
    const other = await makeCompany();
    for (const named of [other.id, other.slug, "cmp_01jd8qv5k7e9ga3m2x4n6r8t0w", "nowhere"]) {
      const refused = await as(bySession(admin), nobody, { company: named }).catch((error) => error);
      expect(refused.code).toBe("not_a_member");
      expect(refused.detail.replaceAll(named, "x")).toBe(
        "The header RepDesk-Company names “x”, and you are not a member of a company of that id or slug.",
      );
    }
  });

  test("of a deactivated member is member_inactive, of a removed one not_a_member, of a suspended company company_suspended", async () => {
    const company = await makeCompany();
    const [gone, off] = [
      await makeMember(company.id, { status: "removed" }),
      await makeMember(company.id, { status: "deactivated" }),
    ];
    for (const named of [null, company.slug]) {
      await expect(as(bySession(off), nobody, { company: named })).rejects.toMatchObject({ code: "member_inactive" });
      await expect(as(bySession(gone), nobody, { company: named })).rejects.toMatchObject({ code: "not_a_member" });
    }
    const on = await makeMember(company.id);
    await owner`update repdesk.companies set suspended_at = now() where id = ${company.id}`;
    await expect(as(bySession(on), nobody)).rejects.toMatchObject({ code: "company_suspended" });
    expect(await as(bySession(on), nobody, { need: "none" })).toBe("in");
  });

  test("ends when its row is deleted, it expires, or its user is banned or deleted", async () => {
    const ends = [
      (session: string) => superuser`delete from auth.sessions where id = ${session}`,
      (session: string) => superuser`update auth.sessions set not_after = now() where id = ${session}`,
      (_: string, user: string) =>
        superuser`update auth.users set banned_until = now() + interval '1 hour' where id = ${user}`,
      (_: string, user: string) => superuser`update auth.users set deleted_at = now() where id = ${user}`,
    ];
    for (const end of ends) {
      const { admin } = await makeWorld();
      expect(await as(bySession(admin), nobody)).toBe("in");
      await end(admin.session_id, admin.user_id);
      await expect(as(bySession(admin), nobody)).rejects.toMatchObject({ code: "session_invalid" });
    }
  });

  test("doesn't authenticate with another user's ID, and neither does junk", async () => {
    const [one, two] = [await makeWorld(), await makeWorld()];
    const { session_id } = one.admin;
    for (const claim of [
      { session_id, user_id: two.admin.user_id },
      { session_id: randomUUID(), user_id: one.admin.user_id },
      { session_id: "junk", user_id: one.admin.user_id },
    ]) {
      await expect(as({ kind: "session", ...claim }, nobody)).rejects.toMatchObject({ code: "session_invalid" });
    }
  });
});
