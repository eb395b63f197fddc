import { randomUUID } from "node:crypto";
import type { Sql, TransactionSql } from "postgres";
import { describe, expect, test, vi } from "vitest";
import {
  app,
  as,
  bySession,
  emptyList,
  makeUser,
  makeWorld,
  meet,
  owner,
  superuser,
  type User,
  unique,
} from "./support.ts";

const { noteSignIn } = await import("#lib/db/trail");
const { flushJournal } = await import("#lib/db/journal");
const { signIns } = await import("#lib/domain/sign-ins");
const { maintain } = await import("#lib/db/maintenance");
const { newId } = await import("#lib/format/ids");

type Event = Partial<Parameters<typeof noteSignIn>[0]> & { at?: Date; email?: string; user_id?: string };
const hour = 3_600_000;
const day = 24 * hour;

/** Calls the function as the app's login does, for events in the past. */
const write = (...events: Event[]) => writeWith(app, ...events);

function writeWith(sql: Sql | TransactionSql, ...events: Event[]) {
  const notes = events.map((event) => ({ id: newId("sgn"), kind: "sign_in_failed", at: new Date(), ...event }));
  return sql`select repdesk.note_sign_ins(${JSON.stringify(notes)}::text::jsonb)`;
}

const list = (user: User, query: Partial<typeof emptyList> = {}) =>
  as(bySession(user), (tx, caller) => signIns.list(tx, caller, { ...emptyList, ...query }), { need: "none" });
const rowsOf = ({ user_id }: User) =>
  owner`select kind, network, device, session_id from repdesk.sign_in_events where user_id = ${user_id} order by created_at, id`;
const countOf = async (user: User) => (await rowsOf(user)).length;

describe("an event", () => {
  test("is written within a second, only its person sees it, and the current session is marked", async () => {
    const [user, other] = [await makeUser(), await makeUser()];
    const [network, device] = ["203.0.113.0", "Chrome on Windows"];
    const { user_id, session_id } = user;
    noteSignIn({ kind: "signed_in", user_id, session_id, network, device });
    noteSignIn({ kind: "signed_in", user_id, session_id: randomUUID(), network: null, device: null });
    await expect.poll(() => countOf(user), { timeout: 1_000, interval: 50 }).toBe(2);
    const { data } = await list(user);
    const seen = data.map(({ kind, network, device, this_session }) => ({ kind, network, device, this_session }));
    expect(seen).toHaveLength(2);
    expect(seen).toContainEqual({ kind: "signed_in", network, device, this_session: true });
    expect(seen).toContainEqual({ kind: "signed_in", network: null, device: null, this_session: false });
    expect((await list(other)).data).toEqual([]);
  });

  test("is protected by the database: without a user, or for another one, there is no row", async () => {
    const [user, other] = [await makeUser(), await makeUser()];
    await write({ user_id: user.user_id });
    const seenBy = (user_id: string) =>
      app.begin(async (tx) => {
        await tx`select set_config('repdesk.user_id', ${user_id}, true)`;
        return (await tx`select from repdesk.sign_in_events`).length;
      });
    expect([await seenBy(user.user_id), await seenBy(other.user_id), await seenBy("")]).toEqual([1, 0, 0]);
  });

  test.each([
    [
      "insert",
      "insert into repdesk.sign_in_events (id, user_id, kind) select id, user_id, kind from repdesk.sign_in_events",
    ],
    ["change", "update repdesk.sign_in_events set kind = 'signed_in'"],
    ["delete", "delete from repdesk.sign_in_events"],
  ])("can't be changed by the app: %s", async (_, statement) => {
    const user = await makeUser();
    await write({ user_id: user.user_id });
    const touch = app.begin(async (tx) => {
      await tx`select set_config('repdesk.user_id', ${user.user_id}, true)`;
      await tx.unsafe(statement);
    });
    await expect(touch).rejects.toMatchObject({ code: "42501" });
  });

  test("for an email address belongs to its owner, in any case; for an unknown one, nothing is written", async () => {
    const user = await makeUser();
    const [{ before } = { before: 0 }] = await owner`select count(*)::int as before from repdesk.sign_in_events`;
    const at = { session_id: null, network: "203.0.113.0", device: null };
    noteSignIn({ kind: "sign_in_failed", email: user.email.toUpperCase(), ...at });
    for (const email of [`x${user.email}`, "", "%", "nobody@example.com"])
      noteSignIn({ kind: "sign_in_failed", email, ...at });
    expect(await flushJournal()).toBe(0);
    expect(await countOf(user)).toBe(1);
    const [{ after } = { after: 0 }] = await owner`select count(*)::int as after from repdesk.sign_in_events`;
    expect(after).toBe(before + 1);
  });
});

test("is written even if there are too many for one statement, and dropped beyond the limit of a process", async () => {
  const mark = unique();
  await superuser`insert into auth.users (id, email)
    select gen_random_uuid(), ${mark} || n || '@example.com' from generate_series(1, 5100) n`;
  const at = { session_id: null, network: null, device: null };
  for (let n = 1; n <= 5_100; n += 1) noteSignIn({ kind: "sign_in_failed", email: `${mark}${n}@example.com`, ...at });
  expect(await flushJournal()).toBe(0);
  const [written] = await owner`
    select count(*)::int as count from repdesk.sign_in_events e join auth.users u on u.id = e.user_id where u.email like ${`${mark}%`}`;
  expect(written?.count).toBe(5_000);
});

describe("an event that strangers can cause", () => {
  test("is stored once per hour, person, kind, and network", async () => {
    const user = await makeUser();
    const { user_id, email } = user;
    const at = (ms: number) => new Date(Date.now() - ms);
    const from = (network: string, ms: number, more: Event = {}) => ({ user_id, network, at: at(ms), ...more });
    await write(from("203.0.113.0", 3 * hour), from("203.0.113.0", 2.5 * hour), from("203.0.113.0", 1.5 * hour));
    expect(await countOf(user)).toBe(2);
    await write({ email, network: "203.0.113.0", at: at(0.6 * hour) }, from("198.51.100.0", 0));
    expect(await countOf(user)).toBe(3);
    await write(
      from("198.51.100.0", 0, { kind: "recovery_requested" }),
      { user_id, at: at(0) },
      { user_id, at: at(0) },
    );
    expect((await rowsOf(user)).map(({ kind, network }) => [kind, network]).slice(3)).toEqual(
      expect.arrayContaining([
        ["recovery_requested", "198.51.100.0"],
        ["sign_in_failed", null],
      ]),
    );
    expect(await countOf(user)).toBe(5);
  });

  test("is one row, even if two processes write it at once, one of them by the address", async () => {
    const user = await makeUser();
    const network = "203.0.113.0";
    const events: Event[] = [
      { user_id: user.user_id, network },
      { email: user.email, network },
    ];
    await meet((sql) => writeWith(sql, events.shift() as Event));
    expect(await countOf(user)).toBe(1);
  });

  test("is limited to 25 rows a day from new networks and doesn't displace sign-ins, which are limited to 100", async () => {
    const user = await makeUser();
    const { user_id } = user;
    const networks = Array.from({ length: 60 }, (_, index) => `10.0.${index}.0`);
    await write(...networks.map((network) => ({ user_id, network })));
    expect(await countOf(user)).toBe(25);
    await write(...networks.map((network) => ({ user_id, network, kind: "signed_in" as const })));
    await write(...networks.map((network) => ({ user_id, network, kind: "signed_in" as const })));
    expect(await countOf(user)).toBe(125);
    await write(...networks.map((network) => ({ user_id, network, at: new Date(Date.now() + 1.1 * day) })));
    expect(await countOf(user)).toBe(150);
  });
});

test("pages follow each other without gaps, and a cursor doesn't work for another person", async () => {
  const [user, other] = [await makeUser(), await makeUser()];
  const at = (index: number) => new Date(Date.now() - index * 60_000);
  const kinds = ["signed_in", "signed_out"] as const;
  await write(...[0, 1, 2, 3, 4].map((index) => ({ user_id: user.user_id, kind: kinds[index % 2], at: at(index) })));
  const first = await list(user, { limit: 2 });
  const cursor = first.pagination.next_cursor;
  expect(cursor).toBeTruthy();
  const rest = await list(user, { cursor: cursor as never });
  expect(rest.data).toHaveLength(3);
  expect(first.data.at(-1)?.created_at.getTime()).toBeGreaterThan(rest.data[0]?.created_at.getTime() ?? 0);
  await expect(list(other, { cursor: cursor as never })).rejects.toMatchObject({ code: "cursor_invalid" });
  const outs = await list(user, { filters: [{ field: "kind", operator: "eq", value: "signed_out" }] as never });
  expect(outs.data).toHaveLength(2);
});

test("activity is deleted after 90 days, in steps, by an index", async () => {
  const user = await makeUser();
  const { user_id } = user;
  const rows = Array.from({ length: 30 }, (_, index) => ({
    id: newId("sgn"),
    user_id,
    kind: "signed_in",
    created_at: new Date(Date.now() - (75 + index) * day),
  }));
  await owner`insert into repdesk.sign_in_events ${owner(rows)}`;
  const purge = async (most: number) => (await app`select repdesk.delete_old_sign_in_events(${most}) as gone`)[0]?.gone;
  expect(await purge(10)).toBe(10);
  await maintain(new AbortController().signal);
  expect(await purge(1_000)).toBe(0);
  expect(await countOf(user)).toBe(15);
  const plan = await owner.begin(async (tx) => {
    await tx`set local enable_seqscan = off`;
    return tx`explain select from repdesk.sign_in_events s where s.created_at <= now() - interval '90 days' order by s.created_at limit 1000`;
  });
  expect(plan.map((line) => line["QUERY PLAN"]).join("\n")).toContain("sign_in_events_by_age");
});

test("erasing a person deletes their activity and the networks of their rejected tokens", async () => {
  const { admin, token } = await makeWorld();
  const other = await makeUser();
  await write({ user_id: admin.user_id }, { user_id: admin.user_id, kind: "signed_in" }, { user_id: other.user_id });
  const refusal = { id: newId("evt"), company_id: admin.company_id, token_id: token.id, code: "token_expired" };
  const note = [{ ...refusal, at: new Date(), network: "203.0.113.0", request_id: "req_test" }];
  await app`select repdesk.note_refused_tokens(${JSON.stringify(note)}::text::jsonb)`;
  const erase = () =>
    owner`select erased::int from repdesk.erase_person(${admin.email}) where table_name = 'sign_in_events'`;
  expect((await erase()).map(({ erased }) => erased)).toEqual([2]);
  expect([await countOf(admin), await countOf(other)]).toEqual([0, 1]);
  const [event] = await owner`select changes from repdesk.audit_events where subject_id = ${token.id}`;
  expect(event?.changes).toEqual({ code: null, network: null });
  expect((await erase()).map(({ erased }) => erased)).toEqual([0]);
});

test("if the database rejects one kind of note, the others are written, and the error is reported", async () => {
  const { note, reportRejectedNotes } = await import("#lib/db/journal");
  const told = vi.fn();
  reportRejectedNotes(told);
  const user = await makeUser();
  const { user_id } = user;
  await makeWorld();
  note("token_uses", "x", { id: "x", company_id: "x", at: "not an instant" });
  noteSignIn({ kind: "signed_out", user_id, session_id: null, network: null, device: null });
  expect(await flushJournal()).toBe(0);
  expect(await countOf(user)).toBe(1);
  expect(told).toHaveBeenCalledExactlyOnceWith(expect.objectContaining({ code: "22007" }));
  reportRejectedNotes(() => {});
});
