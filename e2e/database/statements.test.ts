import { sql } from "drizzle-orm";
import { describe, expect, test } from "vitest";
import type { ListQuery } from "#lib/contract/list";
import type { AtOnce, Credential, Principal, Read, Tx } from "#lib/db/company";
import { app, as, bySession, byToken, inside, makeMember, makeToken, makeUser, makeWorld, owner } from "./support.ts";

const { readAsCaller, sendAhead } = await import("#lib/db/company");
const { statementOf } = await import("#lib/db/read");
const { contacts } = await import("#lib/domain/contacts");

/** Reads in the statement that authenticates, and writes that nobody waits for. */

const query: ListQuery = {
  ...{ limit: 2, cursor: null, sort: { key: "created_at", descending: true }, q: null, filters: [], include: [] },
};
const request = (credential: Credential) => ({
  ...{ credential, company: null, need: "required" as const, request_id: "req_x" },
  ...{ signal: AbortSignal.timeout(5_000), origin: { address: "203.0.113.7", network: "n", prefix: null } },
});

function readOf(statement: AtOnce<unknown> | null): Read {
  if (!statement?.read) throw new Error("It takes more than one statement.");
  return statement.read;
}

async function worldWithContacts() {
  const world = await makeWorld();
  const made = await inside(byToken(world.token), async (tx, principal) => {
    const ids: string[] = [];
    for (const first_name of ["Ana", "Bo", "Cy"]) ids.push((await contacts.create(tx, principal, { first_name })).id);
    return ids;
  });
  return { ...world, ids: made };
}

/** What the statement finds, and how often it looked into the contacts, with settings of the planner. */
async function run(credential: Credential, read: Read, settings: Record<string, string> = {}, known?: string) {
  return app.begin(async (tx) => {
    for (const [name, value] of Object.entries(settings)) await tx`select set_config(${name}, ${value}, true)`;
    const scans = async () => {
      const [table] = await tx`select coalesce(seq_scan, 0)::int + coalesce(idx_scan, 0)::int as scans
        from pg_stat_xact_user_tables where schemaname = 'repdesk' and relname = 'contacts'`;
      return Number(table?.scans);
    };
    const before = await scans();
    const { text, values } = statementOf(request(credential), read, known);
    const [row] = await tx.unsafe(text, values as string[]);
    return { row, scans: (await scans()) - before };
  });
}

const list = () => readOf(contacts.listAtOnce(query));

describe("a list and a record", () => {
  test.each<Record<string, string>>([
    {},
    { enable_nestloop: "off" },
    { enable_indexscan: "off", enable_bitmapscan: "off" },
  ])("are found by a token and by a session, whatever the planner prefers: %o", async (settings) => {
    const { company, token, admin, ids } = await worldWithContacts();
    const callers = [byToken(token), bySession(admin)].flatMap((credential) => [
      { credential },
      { credential, known: company.id },
    ]);
    for (const { credential, known } of callers) {
      const { row } = await run(credential, list(), settings, known);
      const found = JSON.parse(`[${row?.records}]`).map(({ id }: { id: string }) => id);
      expect([found, row?.has_more]).toEqual([[...ids].sort().reverse().slice(0, 2), true]);
      const one = await run(credential, readOf(contacts.readAtOnce({ id: ids[0] ?? "" })), settings, known);
      expect(JSON.parse(one.row?.record)).toMatchObject({ id: ids[0], first_name: "Ana" });
    }
  });

  test("are those of the caller's company only", async () => {
    const [mine, other] = [await worldWithContacts(), await worldWithContacts()];
    const read = readOf(contacts.readAtOnce({ id: other.ids[0] ?? "" }));
    expect((await run(byToken(mine.token), read)).row?.record).toBeNull();
    expect((await run(byToken(other.token), read)).row?.record).not.toBeNull();
    // A guess at the company changes nothing about what may be read.
    expect(await run(byToken(mine.token), read, {}, other.company.id)).toMatchObject({
      row: { record: null },
      scans: 0,
    });
  });

  test("are found after a guess at the company was wrong", async () => {
    const user = await makeUser();
    const [first, second] = [await makeWorld(), await worldWithContacts()];
    const member = await makeMember(first.company.id, { user });
    const session = bySession(user);
    await readAsCaller(request(session), list());
    await owner`update repdesk.members set status = 'deactivated' where id = ${member.id}`;
    await makeMember(second.company.id, { user });
    const { caller, found } = await readAsCaller(request(session), list());
    expect(caller.company?.id).toBe(second.company.id);
    expect(found.has_more).toBe(true);
  });
});

test("who is rejected, and who lacks the permission, makes PostgreSQL look into no records", async () => {
  const { token, admin } = await worldWithContacts();
  const unable = await makeToken(admin, { scopes: ["accounts:write"] });
  const expired = await makeToken(admin, { expires_at: new Date(Date.now() - 1_000) });
  const unknown: Credential = { kind: "token", hash: Buffer.alloc(32) };
  expect((await run(byToken(token), list())).scans).toBeGreaterThan(0);
  for (const credential of [unknown, byToken(unable), byToken(expired)]) {
    const { row, scans } = await run(credential, list());
    expect({ records: row?.records, scans }).toEqual({ records: expect.toBeOneOf([null, ""]), scans: 0 });
  }
});

test("a rejected caller gets the same error as in a transaction", async () => {
  const { admin } = await makeWorld();
  for (const credential of [
    { kind: "token" as const, hash: Buffer.alloc(32) },
    bySession({ ...admin, session_id: "x" }),
  ]) {
    const expected = await as(credential, async () => "done").catch((error) => error);
    await expect(readAsCaller(request(credential), list())).rejects.toEqual(expected);
  }
});

test("nothing of the caller stays on the connection", async () => {
  const { token } = await makeWorld();
  await readAsCaller(request(byToken(token)), null);
  const { ownTurn, pool } = await import("#lib/db/pool");
  const { connection } = await pool().borrow(AbortSignal.timeout(1_000), ownTurn);
  const [after] = await connection.sql`select coalesce(current_setting('repdesk.company_id', true), '') as company`;
  pool().giveBack(connection);
  expect(after?.company).toBe("");
});

describe("a write that is sent ahead", () => {
  const bad = (tx: Tx) => sendAhead(tx, tx.execute(sql`insert into repdesk.audit_events (id) values ('evt_x')`));

  test("arrives before what is sent next, in the order of sending", async () => {
    const { token } = await makeWorld();
    await as(byToken(token), async (tx) => {
      await tx.execute(sql`select set_config('repdesk.sent', '', true)`);
      for (const what of ["a", "b", "c"])
        sendAhead(
          tx,
          tx.execute(sql`select set_config('repdesk.sent',
        current_setting('repdesk.sent', true) || ${what}, true)`),
        );
      const [row] = await tx.execute(sql`select current_setting('repdesk.sent') as sent`);
      expect(row?.sent).toBe("abc");
    });
  });

  test("fails the transaction with its own error, even if a later statement fails because of it", async () => {
    const { company, token } = await makeWorld();
    const works: ((tx: Tx, caller: Principal) => Promise<unknown>)[] = [
      async (tx, caller) => {
        await contacts.create(tx, caller, { first_name: "Ana" });
        bad(tx);
      },
      async (tx, caller) => {
        bad(tx);
        await contacts.create(tx, caller, { first_name: "Ana" });
      },
    ];
    for (const work of works) {
      await expect(inside(byToken(token), work)).rejects.toMatchObject({ cause: { code: "23502" } });
    }
    expect((await owner`select from repdesk.contacts where company_id = ${company.id}`).length).toBe(0);
  });
});
