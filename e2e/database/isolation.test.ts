import { sql } from "drizzle-orm";
import type { TransactionSql } from "postgres";
import { describe, expect, test } from "vitest";
import { app, as, byToken, inside, makeMember, makeWorld, owner } from "./support.ts";

const { newId } = await import("#lib/format/ids");
const { contacts } = await import("#lib/domain/contacts");
const { accounts } = await import("#lib/domain/accounts");
const { notes } = await import("#lib/domain/notes");

/** Row-level security for the app's login, without the app's own conditions. */

type World = Awaited<ReturnType<typeof makeWorld>>;
const tables = [
  "accounts",
  "api_tokens",
  "audit_events",
  "companies",
  "contacts",
  "idempotency_keys",
  "members",
  "notes",
  "token_secrets",
  "token_clients",
  "token_days",
  "token_requests",
];

async function worldWithRows() {
  const world = await makeWorld();
  const { contact, account } = await inside(byToken(world.token), async (tx, principal) => {
    const account = await accounts.create(tx, principal, { name: "Northwind", domain: "n.example.com" });
    const contact = await contacts.create(tx, principal, { first_name: "Ana", email: "ana@example.com" });
    await notes.create(tx, principal, { body: "Called.", contact_id: contact.id });
    return { account, contact };
  });
  await owner`insert into repdesk.idempotency_keys (company_id, user_id, operation, key, fingerprint)
    values (${world.company.id}, ${world.admin.user_id}, 'x', 'y', ${"0".repeat(64)})`;
  const at = new Date().toISOString();
  const call = { day: at.slice(0, 10), needed: "", succeeded: 1, failed: 0, limited: 0, errors: 0, last: at };
  const used = { id: world.token.id, company_id: world.company.id, first: at, last: at, days: [call] };
  const from = { network: "203.0.113.0", client: "curl", first: at, last: at };
  const usage = [
    { ...used, clients: [from], requests: [{ id: newId("req"), at, method: "GET", path: "/", status: 200 }] },
  ];
  await app`select repdesk.note_token_usage(${JSON.stringify(usage)}::text::jsonb)`;
  return { ...world, contact, account };
}

/** A transaction of the app's login in a company, with the settings that authentication makes. */
function inCompany<T>({ company, admin }: World, work: (tx: TransactionSql) => Promise<T>): Promise<T> {
  return app.begin(async (tx) => {
    await tx`select set_config('repdesk.company_id', ${company.id}, true), set_config('repdesk.member_id', ${admin.id}, true),
      set_config('repdesk.user_id', ${admin.user_id}, true), set_config('repdesk.request_id', 'req_test', true)`;
    return work(tx);
  }) as Promise<T>;
}

const count = async (tx: TransactionSql | typeof app, table: string) =>
  (await tx`select count(*)::int as count from ${tx(`repdesk.${table}`)}`)[0]?.count;

describe("without a company", () => {
  test.each(tables)("%s has no rows", async (table) => {
    await worldWithRows();
    expect(await count(owner, table)).toBeGreaterThan(0);
    expect(await count(app, table)).toBe(0);
  });

  test("nothing can be written", async () => {
    const { company, admin } = await makeWorld();
    const values = {
      id: newId("con"),
      company_id: company.id,
      first_name: "X",
      owner_id: admin.id,
      created_by_member_id: admin.id,
      updated_by_member_id: admin.id,
    };
    await expect(app`insert into repdesk.contacts ${app(values)}`).rejects.toMatchObject({ code: "42501" });
    const { company_id: _, ...rest } = values;
    await expect(app`insert into repdesk.contacts ${app(rest)}`).rejects.toMatchObject({
      code: expect.stringMatching(/42501|23502/),
    });
  });
});

describe("inside a company", () => {
  test("only its own rows are visible", async () => {
    const [one, two] = [await worldWithRows(), await worldWithRows()];
    const seen = await inCompany(one, async (tx) => ({
      companies: await tx`select id from repdesk.companies`,
      members: await tx`select id from repdesk.members`,
      tokens: await tx`select id from repdesk.api_tokens`,
      accounts: await tx`select id from repdesk.accounts`,
      contacts: await tx`select id from repdesk.contacts`,
      events: await tx`select distinct company_id from repdesk.audit_events`,
      keys: await tx`select distinct company_id from repdesk.idempotency_keys`,
      other: await tx`select id from repdesk.contacts where id = ${two.contact.id}`,
    }));
    expect(seen).toEqual({
      companies: [{ id: one.company.id }],
      members: [{ id: one.admin.id }],
      tokens: [{ id: one.token.id }],
      accounts: [{ id: one.account.id }],
      contacts: [{ id: one.contact.id }],
      events: [{ company_id: one.company.id }],
      keys: [{ company_id: one.company.id }],
      other: [],
    });
  });

  test("another company's rows can't be changed, taken over, given away, or deleted", async () => {
    const [one, two] = [await worldWithRows(), await worldWithRows()];
    await inCompany(one, async (tx) => {
      const changed = await tx`update repdesk.contacts set title = 'x' where id = ${two.contact.id}`;
      const deleted = await tx`delete from repdesk.contacts where id = ${two.contact.id}`;
      const renamed = await tx`update repdesk.api_tokens set revoked_at = now() where id = ${two.token.id}`;
      expect([changed.count, deleted.count, renamed.count]).toEqual([0, 0, 0]);
    });
    const give = inCompany(
      one,
      (tx) => tx`update repdesk.contacts set company_id = ${two.company.id} where id = ${one.contact.id}`,
    );
    await expect(give).rejects.toMatchObject({ code: "42501" });
    const plant = inCompany(
      one,
      (tx) =>
        tx`insert into repdesk.contacts (id, company_id, first_name) values (${newId("con")}, ${two.company.id}, 'X')`,
    );
    await expect(plant).rejects.toMatchObject({ code: "42501" });
    const [left] = await owner`select version, title from repdesk.contacts where id = ${two.contact.id}`;
    expect(left).toEqual({ version: 1, title: null });
  });

  test("a reference to another company's row is rejected", async () => {
    const [one, two] = [await worldWithRows(), await worldWithRows()];
    for (const change of [
      { account_id: two.account.id },
      { owner_id: two.admin.id },
      { updated_by_token_id: two.token.id },
    ]) {
      const refused = inCompany(
        one,
        (tx) => tx`update repdesk.contacts set ${tx(change)} where id = ${one.contact.id}`,
      );
      await expect(refused).rejects.toMatchObject({ code: "23503" });
    }
  });

  test("another company's unique values can be used", async () => {
    const [one, two] = [await worldWithRows(), await makeWorld()];
    await inCompany(two, async (tx) => {
      await tx`insert into repdesk.contacts (id, email) values (${newId("con")}, 'ana@example.com')`;
      await tx`insert into repdesk.accounts (id, name, domain) values (${newId("acc")}, 'N', 'n.example.com')`;
    });
    const again = inCompany(
      one,
      (tx) => tx`insert into repdesk.contacts (id, email) values (${newId("con")}, 'ANA@example.com')`,
    );
    await expect(again).rejects.toMatchObject({ code: "23505" });
  });

  test("a stored response belongs to its user", async () => {
    const one = await worldWithRows();
    const colleague = await makeMember(one.company.id);
    expect(await inCompany(one, (tx) => count(tx, "idempotency_keys"))).toBe(1);
    expect(await inCompany({ ...one, admin: colleague }, (tx) => count(tx, "idempotency_keys"))).toBe(0);
  });

  test("a deletion erases only its own record, even if another company has one with the same ID", async () => {
    const [one, two] = [await worldWithRows(), await worldWithRows()];
    const id = newId("con");
    for (const { company, admin, token } of [one, two]) {
      await inCompany({ company, admin, token } as World, async (tx) => {
        await tx`insert into repdesk.contacts (id, first_name) values (${id}, 'Ana')`;
        await tx`insert into repdesk.audit_events (id, action, subject_id, changes)
          values (${newId("evt")}, 'contact.created', ${id}, ${tx.json({ first_name: { old: null, new: "Ana" } })})`;
        await tx`update repdesk.idempotency_keys set subject_id = ${id}, body = 'Ana'`;
      });
    }
    await inCompany(one, (tx) => tx`delete from repdesk.contacts where id = ${id}`);
    const left = await owner`
      select e.company_id, e.changes ->> 'first_name' is not null as event, k.body is not null as answer
        from repdesk.audit_events e join repdesk.idempotency_keys k using (company_id, subject_id) where subject_id = ${id}`;
    const [gone, kept] = [one, two].map(({ company }) => left.find(({ company_id }) => company_id === company.id));
    expect([gone?.event, gone?.answer]).toEqual([false, false]);
    expect([kept?.event, kept?.answer]).toEqual([true, true]);
    // The deleting company's other rows are unchanged.
    const [other] = await owner`select changes from repdesk.audit_events
      where company_id = ${one.company.id} and subject_id = ${one.contact.id}`;
    expect(other?.changes.email).toEqual({ old: null, new: "ana@example.com" });
  });

  test("search finds nothing in another company", async () => {
    const [one, two] = [await worldWithRows(), await worldWithRows()];
    const both = [one.company.id, two.company.id];
    for (const sort of ["created_at", null])
      for (const [noun, asked, filters] of [
        ["contact", "ana", []],
        ["contact", "an", []],
        ["account", "northwind", []],
        ["contact", null, [{ field: "company_id", operator: "in", value: `{${both}}` }]],
        ["contact", null, [{ field: "company_id", operator: "eq", value: two.company.id }]],
        ["note", null, [{ field: "company_id", operator: "ne", value: "x" }]],
      ] as const) {
        const search = async (tx: TransactionSql | typeof app) => {
          const [found] =
            await tx`select repdesk.find_records(${noun}, ${asked}, true, ${tx.json(filters)}, ${sort}, true, null, null, 9) as ids`;
          const rows = await owner`select company_id from repdesk.${owner(`${noun}s`)} where id = any (${found?.ids})`;
          return rows.map(({ company_id }) => company_id);
        };
        const expected = filters[0]?.operator === "eq" ? [] : [one.company.id];
        expect([noun, asked, await inCompany(one, search)]).toEqual([noun, asked, expected]);
        expect([noun, asked, await search(app)]).toEqual([noun, asked, []]);
      }
  });

  test("a filter is a value, whatever it contains", async () => {
    const [one, two] = [await worldWithRows(), await worldWithRows()];
    for (const text of ["x' or true --", "\\' or true --", '"', "%", `x' or r.company_id = '${two.company.id}`])
      for (const filter of [
        { field: "owner_id", operator: "eq", value: text },
        { field: "owner_id", operator: "ne", value: text },
        { field: `id" is not null or r."id`, operator: "eq", value: text },
        { field: "owner_id", operator: text, value: text },
      ]) {
        const asked = inCompany(one, async (tx) => {
          const [row] =
            await tx`select repdesk.find_records('contact', ${text}, true, ${tx.json([filter])}, 'created_at', true, null, null, 9)
              || repdesk.find_records('contact', null, true, ${tx.json([filter])}, 'created_at', true, '2026-01-01', ${text}, 9) as ids`;
          return row?.ids;
        });
        const [result] = await Promise.allSettled([asked]);
        // No such column, or no such operator.
        if (result?.status === "rejected") expect(["42703", "P0001"]).toContain(result.reason.code);
        else expect(result?.value).toEqual([]);
      }
  });
});

describe("the database doesn't allow the app", () => {
  test.each([
    ["to change the audit", "update repdesk.audit_events set action = 'x'"],
    ["to delete from the audit", "delete from repdesk.audit_events"],
    ["to truncate a table", "truncate repdesk.contacts"],
    ["to delete a token", "delete from repdesk.api_tokens"],
    ["to read a hash", "select hash from repdesk.api_tokens"],
    ["to read the hash of a secret", "select hash from repdesk.token_secrets"],
    ["to give a token to someone else", "update repdesk.api_tokens set member_id = 'mem_x'"],
    ["to replace a hash", "update repdesk.token_secrets set hash = ''"],
    ["to delete a secret", "delete from repdesk.token_secrets"],
    ["to delete a member", "delete from repdesk.members"],
    ["to promote a member", "update repdesk.members set role = 'admin'"],
    ["to change a company", "update repdesk.companies set suspended_at = null"],
    ["to read sessions", "select * from auth.sessions"],
    ["to enter a company without authentication", "select repdesk.enter('a', 'b', 'c', null, 'd')"],
    ["to read the erasure queue", "select * from repdesk.blanking_queue"],
    ["to write to the erasure queue", "insert into repdesk.blanking_queue values ('cmp_x', 'con_x', '-infinity')"],
    ["to erase an audit event", "select repdesk.blank_audit('cmp_x', 'con_x', '-infinity', 1)"],
    ["to call the function of a deletion", "select repdesk.blank_deleted_record()"],
    ["to delete without erasing", "alter table repdesk.contacts disable trigger user"],
    ["to erase a person", "select * from repdesk.erase_person('ana@example.com')"],
    ["to read logins", "select * from auth.users"],
    ["to create a table", "create table repdesk.x ()"],
    ["to drop a policy", "drop policy tenant on repdesk.contacts"],
    ["to become the owner", "set role postgres"],
  ])("%s", async (_, statement) => {
    const world = await worldWithRows();
    await expect(inCompany(world, (tx) => tx.unsafe(statement))).rejects.toMatchObject({ code: "42501" });
  });
});

describe("the settings of a transaction", () => {
  const names = ["company_id", "member_id", "token_id", "user_id", "request_id"];
  const settings = sql.raw(
    names.map((name) => `coalesce(current_setting('repdesk.${name}', true), '') as ${name}`).join(", "),
  );
  const read = sql`select pg_backend_pid() as pid, ${settings}, current_setting('statement_timeout') as statement_timeout`;

  test("are those of the authenticated caller, and don't leak to the next use of the connection", async () => {
    const { company, admin, token } = await makeWorld();
    const [inside] = await as(byToken(token), async (tx) => tx.execute(read), { request_id: "req_x" });
    expect(inside).toMatchObject({
      ...{
        company_id: company.id,
        member_id: admin.id,
        token_id: token.id,
        user_id: admin.user_id,
        request_id: "req_x",
      },
    });
    expect(inside?.statement_timeout).toMatch(/^(10s|9\d{3}ms)$/);
    const { ownTurn, pool } = await import("#lib/db/pool");
    const { connection } = await pool().borrow(AbortSignal.timeout(1_000), ownTurn);
    const [after] = await connection.db.execute(read);
    pool().giveBack(connection);
    expect(after?.pid).toBe(inside?.pid);
    for (const name of names) expect({ name, value: after?.[name] }).toEqual({ name, value: "" });
    expect(after?.statement_timeout).toBe("2s");
  });

  test("aren't set if authentication fails", async () => {
    const { company, token } = await makeWorld();
    await owner`update repdesk.companies set suspended_at = now() where id = ${company.id}`;
    await app.begin(async (tx) => {
      const [proof] =
        await tx`select company_id, answer ->> 'refused' as refused from repdesk.prove_token(${token.hash}, null, 'r')`;
      expect(proof).toEqual({ company_id: null, refused: "company_suspended" });
      const [after] = await tx`select coalesce(current_setting('repdesk.company_id', true), '') as company`;
      expect(after?.company).toBe("");
    });
  });

  test("apply to a statement joined to the authentication", async () => {
    const [one] = [await worldWithRows(), await worldWithRows()];
    const joined = (hash: Buffer) => app`
      select c.id from repdesk.prove_token(${hash}, null, 'r') p
        cross join lateral (select c.id from repdesk.contacts c where c.company_id = p.company_id offset 0) c`;
    expect(await joined(one.token.hash)).toEqual([{ id: one.contact.id }]);
    expect(await joined(Buffer.alloc(32))).toHaveLength(0);
    expect(await count(app, "contacts")).toBe(0);
  });
});
