import { describe, expect, test } from "vitest";
import { byToken, emptyList, inside, makeContacts, makeWorld, owner, superuser } from "./support.ts";

const { contacts } = await import("#lib/domain/contacts");
const { accounts } = await import("#lib/domain/accounts");
const { newId } = await import("#lib/format/ids");

/** Lists with filters and searches, whose records `repdesk.find_records` finds: always the same ones as without it. */

type World = Awaited<ReturnType<typeof makeWorld>>;
type Query = Partial<Parameters<typeof contacts.list>[2]>;

const list = ({ token }: World, query: Query) =>
  inside(byToken(token), (tx, principal) => contacts.list(tx, principal, { ...emptyList, ...query }), {
    read_only: true,
  });

/** The ids of all pages. */
async function walk(world: World, query: Query): Promise<string[]> {
  const ids: string[] = [];
  for (let cursor: string | null = null, more = true; more; more = cursor !== null) {
    const { data, pagination } = await list(world, { ...query, cursor });
    ids.push(...data.map(({ id }) => id));
    cursor = pagination.next_cursor;
  }
  return ids;
}

/** 12,000 contacts with few different values. Those named Zoe come last by name, behind more than one look at the list's beginning. */
async function manyContacts(): Promise<World> {
  const world = await makeWorld();
  const { company, admin } = world;
  const by = {
    company_id: company.id,
    owner_id: admin.id,
    created_by_member_id: admin.id,
    updated_by_member_id: admin.id,
  };
  await owner`insert into repdesk.accounts ${owner({ ...by, id: `acc_0${"1".repeat(25)}`, name: "Quartz Xylem" })}`;
  await owner`insert into repdesk.contacts (id, company_id, first_name, last_name, email, account_id, tags, do_not_contact, owner_id,
      created_by_member_id, updated_by_member_id, created_at, updated_at)
    select 'con_0' || lpad(i::text, 25, '0'), ${company.id}, case when i % 8 = 0 then 'Zoe' else (array['Ana', 'Bo', 'Ana 漢'])[1 + i % 3] end,
           'Number ' || i % 10, case when i % 3 > 0 then i || '@example.com' end, case when i % 50 = 0 then ${`acc_0${"1".repeat(25)}`} end,
           array_remove(array[case when i % 2 = 0 then 'even' end, case when i % 700 = 0 then 'rare "x"' end], null), i % 90 = 0, ${admin.id},
           ${admin.id}, ${admin.id}, timestamptz '2026-01-01' + interval '1 minute' * (i / 7), timestamptz '2026-02-01' + interval '1 minute' * (i % 500)
      from generate_series(1, 12000) i`;
  await owner`analyze repdesk.contacts`;
  return world;
}

test("have the same records in the same order as a plain query, on every page", async () => {
  const world = await manyContacts();
  const expected = async (where: string, key: string, descending: boolean) => {
    const order = descending ? "desc" : "asc";
    const rows = await owner.unsafe(
      `select id from repdesk.contacts where company_id = '${world.company.id}' and ${where} order by ${key} ${order}, id ${order}`,
    );
    return rows.map(({ id }) => id);
  };
  const account_id = `acc_0${"1".repeat(25)}`;
  const at = new Date("2026-01-01T05:00:00Z");
  const cases: [Query, string][] = [
    [{ q: "zoe" }, "first_name = 'Zoe'"],
    [{ q: "zo" }, "first_name = 'Zoe'"],
    [{ q: "oe z" }, "first_name = 'Zoe'"],
    [{ q: "漢" }, "first_name = 'Ana 漢'"],
    [{ q: "quartz" }, "account_id is not null"],
    [{ q: "xy" }, "account_id is not null"],
    [{ q: "zoe xylem 漢" }, "false"],
    [{ q: "qx" }, "false"],
    [{ q: "zoe", filters: [{ field: "tags", operator: "any", value: ["even", "none"] }] }, "first_name = 'Zoe'"],
    [
      { filters: [{ field: "tags", operator: "all", value: ["even", 'rare "x"'] }] },
      "id ~ '(7|14|21|28|35|42|49|56|63|70|77|84|91|98|105|112|119)00$' and tags @> '{even}' and cardinality(tags) = 2",
    ],
    [
      { filters: [{ field: "tags", operator: "none", value: ["even"] }], q: "bo" },
      "first_name = 'Bo' and not tags && '{even}'",
    ],
    [{ filters: [{ field: "do_not_contact", operator: "eq", value: true }] }, "do_not_contact"],
    [{ filters: [{ field: "account_id", operator: "in", value: [account_id] }] }, "account_id is not null"],
    [
      { filters: [{ field: "account_id", operator: "eq", value: account_id }], q: "zoe" },
      "account_id is not null and first_name = 'Zoe'",
    ],
    [{ filters: [{ field: "email", operator: "is_null", value: true }] }, "email is null"],
    [
      { filters: [{ field: "email", operator: "in", value: ["7@EXAMPLE.com", "nobody@example.com"] }], q: "example" },
      "email = '7@example.com'",
    ],
    [
      {
        filters: [
          { field: "created_at", operator: "gte", value: at },
          { field: "updated_at", operator: "lt", value: new Date("2026-02-01T00:30:00Z") },
        ],
      },
      `created_at >= '${at.toISOString()}' and updated_at < '2026-02-01T00:30:00Z'`,
    ],
  ];
  for (const [query, where] of cases)
    for (const key of ["created_at", "updated_at", "name"])
      for (const descending of [true, false]) {
        const found = await walk(world, { ...query, sort: { key, descending }, limit: 200 });
        const wanted = await expected(where, key === "name" ? "name_key" : key, descending);
        expect({ query, key, descending, found }).toEqual({ query, key, descending, found: wanted });
      }
  for (const [query, where] of cases) {
    const total_count = (await expected(where, "id", false)).length;
    expect((await list(world, { ...query, count: true })).pagination).toMatchObject({ total_count });
  }
}, 120_000);

test("count up to 10,000", async () => {
  const world = await manyContacts();
  const counted = async (q: string) => (await list(world, { q, count: true })).pagination;
  expect(await counted("number")).toMatchObject({ total_count: 10_000, total_is_exact: false });
  expect(await counted("example")).toMatchObject({ total_count: 8_000, total_is_exact: true });
}, 60_000);

test("contacts are found by their account's name only with the permission to read accounts", async () => {
  const world = await manyContacts();
  expect((await list(world, { q: "quartz" })).data).toHaveLength(50);
  await owner`update repdesk.api_tokens set scopes = '{contacts:read}' where id = ${world.token.id}`;
  expect((await list(world, { q: "quartz" })).data).toEqual([]);
}, 60_000);

test("that take too long are search_too_broad, never a part of the list", async () => {
  const world = await makeWorld();
  await superuser.begin(async (tx) => {
    await tx`lock table repdesk.contacts in access exclusive mode`;
    const filters = [{ field: "do_not_contact", operator: "eq" as const, value: true }];
    const asked = [list(world, { q: "ana" }), list(world, { filters }), list(world, {})];
    const [searched, filtered, plain] = await Promise.allSettled(asked);
    for (const one of [searched, filtered])
      expect(one).toMatchObject({ status: "rejected", reason: { code: "search_too_broad" } });
    expect(plain).toMatchObject({ status: "rejected", reason: { cause: { code: "57014" } } });
  });
}, 30_000);

describe("an account's number of contacts", () => {
  test("is exact while others add, move, and delete contacts, and inside the transaction that changes it", async () => {
    const world = await makeWorld();
    const { one, two } = await inside(byToken(world.token), async (tx, principal) => ({
      one: await accounts.create(tx, principal, { name: "One" }),
      two: await accounts.create(tx, principal, { name: "Two" }),
    }));
    await makeContacts(world.admin, one.id, 200);
    const ids = (await owner`select id from repdesk.contacts where account_id = ${one.id} order by id`).map(
      ({ id }) => id,
    );
    const counts = () =>
      inside(byToken(world.token), async (tx, principal) => {
        const { data } = await accounts.list(tx, principal, emptyList);
        return Object.fromEntries(data.map(({ name, contact_count }) => [name, contact_count]));
      });
    const change = (index: number) =>
      inside(byToken(world.token), async (tx, principal) => {
        const id = ids[index] as string;
        const before = await accounts.read(tx, principal, { id: two.id });
        if (index % 3 === 0) await contacts.remove(tx, principal, { id });
        else if (index % 3 === 1) await contacts.update(tx, principal, { id, account_id: two.id });
        else await contacts.create(tx, principal, { first_name: newId("con"), account_id: two.id });
        const after = await accounts.read(tx, principal, { id: two.id });
        expect(after.contact_count).toBeGreaterThanOrEqual(before.contact_count + (index % 3 === 0 ? 0 : 1));
      });
    await Promise.all(Array.from({ length: 60 }, (_, index) => change(index)));
    expect(await counts()).toEqual({ One: 160, Two: 40 });
    await inside(byToken(world.token), (tx, principal) => accounts.remove(tx, principal, { id: two.id }));
    expect(await counts()).toEqual({ One: 160 });
  }, 60_000);
});
