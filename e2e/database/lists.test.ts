import { sql } from "drizzle-orm";
import { describe, expect, test } from "vitest";
import { byToken, emptyList, inside, makeWorld, owner, type Token } from "./support.ts";

const { contacts } = await import("#lib/domain/contacts");
const { accounts } = await import("#lib/domain/accounts");
const { newId } = await import("#lib/format/ids");
const { encodeCursor, decodeCursor } = await import("#lib/format/cursor");

type Query = Partial<Parameters<typeof contacts.list>[2]>;
const list = (token: Token, query: Query = {}) =>
  inside(byToken(token), (tx, principal) => contacts.list(tx, principal, { ...emptyList, ...query }), {
    read_only: true,
  });
const listAccounts = (token: Token, query: Query = {}) =>
  inside(byToken(token), (tx, principal) => accounts.list(tx, principal, { ...emptyList, ...query }));

type World = Awaited<ReturnType<typeof makeWorld>>;

async function fill({ company, admin }: World, rows: Record<string, unknown>[], table = "contacts") {
  const by = {
    company_id: company.id,
    owner_id: admin.id,
    created_by_member_id: admin.id,
    updated_by_member_id: admin.id,
  };
  const made = rows.map((row) => ({ id: newId(table === "contacts" ? "con" : "acc"), ...by, ...row }));
  const isEven = new Set(made.map((row) => Object.keys(row).join())).size === 1;
  const step = isEven ? 2_000 : 1;
  for (let from = 0; from < made.length; from += step)
    await owner`insert into ${owner(`repdesk.${table}`)} ${owner(made.slice(from, from + step))}`;
  return made;
}

/** Follows next_cursor to the last page. */
async function walk(token: Token, query: Query = {}) {
  const pages = [];
  for (let cursor: string | null = null, more = true; more; ) {
    const { data, pagination } = await list(token, { ...query, cursor });
    pages.push(data.map(({ id, name }) => ({ id, name })));
    cursor = pagination.next_cursor;
    more = pagination.has_more;
    expect(more).toBe(cursor !== null);
  }
  return pages;
}

describe("a walk", () => {
  test("over 10,000 rows with equal keys, during inserts and deletions, returns every unchanged row exactly once", async () => {
    const world = await makeWorld();
    const at = new Date(Date.now() - 3_600_000);
    const rows = await fill(
      world,
      Array.from({ length: 10_000 }, (_, index) => ({ first_name: "Ana", external_id: `${index}`, created_at: at })),
    );
    const going = new Set(rows.filter((_, index) => index % 7 === 3).map(({ id }) => id));
    let isWalking = true;
    const disturb = (async () => {
      const toDelete = [...going];
      while (isWalking) {
        await owner`delete from repdesk.contacts where id = any (${toDelete.splice(0, 40)})`;
        await fill(
          world,
          Array.from({ length: 20 }, () => ({ first_name: "Bo", created_at: at })),
        );
      }
    })();
    const pages = await walk(world.token, { limit: 200 });
    isWalking = false;
    await disturb;
    const ids = pages.flat().map(({ id }) => id);
    const seen = new Set(ids);
    expect(seen.size).toBe(ids.length);
    const stood = rows.filter(({ id }) => !going.has(id)).map(({ id }) => id);
    expect(stood.length).toBeGreaterThan(8_000);
    expect(stood.filter((id) => !seen.has(id))).toHaveLength(0);
  }, 60_000);

  test.each([
    [{ key: "created_at", descending: false }],
    [{ key: "updated_at", descending: true }],
    [{ key: "name", descending: false }],
    [{ key: "name", descending: true }],
  ])("by %o is ordered and complete", async (sort) => {
    const world = await makeWorld();
    const names = [
      "Zoë",
      "anna",
      "Ánna",
      "Bo",
      "bo",
      "Émile",
      "emil",
      "Øst",
      "oslo",
      "ABBA",
      "Bo",
      "",
      "漢字",
      "straße",
      "Strasse",
    ];
    const rows = await fill(
      world,
      names.map((first_name, index) =>
        first_name
          ? {
              first_name,
              created_at: new Date(1_700_000_000_000 + index),
              updated_at: new Date(1_800_000_000_000 - (index % 3)),
            }
          : { email: "mail@example.com" },
      ),
    );
    const [seen, whole] = [
      (await walk(world.token, { sort, limit: 2 })).flat(),
      await list(world.token, { sort, limit: 200 }),
    ];
    expect(seen.map(({ id }) => id)).toEqual(whole.data.map(({ id }) => id));
    expect(seen.map(({ id }) => id).sort()).toEqual(rows.map(({ id }) => id).sort());
    if (sort.key === "name" && !sort.descending) {
      const folded = seen.map(({ name }) =>
        name.normalize("NFKD").replace(/\p{M}/gu, "").toLowerCase().replace("ø", "o").replace("ß", "ss"),
      );
      expect(folded).toEqual([...folded].sort());
    }
  });
});

describe("a cursor", () => {
  test("is cursor_invalid if it was modified, or belongs to another company, list, sort order, filter, or search", async () => {
    const [one, two] = [await makeWorld(), await makeWorld()];
    for (const world of [one, two])
      await fill(
        world,
        Array.from({ length: 5 }, () => ({ first_name: "Ana" })),
      );
    const { pagination } = await list(one.token, { limit: 2 });
    const cursor = String(pagination.next_cursor);
    expect((await list(one.token, { limit: 200, cursor })).data).toHaveLength(3);
    const refused = (asked: Promise<unknown>) => expect(asked).rejects.toMatchObject({ code: "cursor_invalid" });
    await refused(list(two.token, { cursor }));
    await refused(listAccounts(one.token, { cursor }));
    await refused(list(one.token, { cursor, sort: { key: "created_at", descending: false } }));
    await refused(list(one.token, { cursor, sort: { key: "name", descending: true } }));
    await refused(list(one.token, { cursor, q: "ana" }));
    await refused(list(one.token, { cursor, filters: [{ field: "do_not_contact", operator: "eq", value: false }] }));
    const parts = decodeCursor(cursor);
    if (!parts) throw new Error("The cursor can't be decoded.");
    for (const change of [
      { key: "junk" },
      { key: "2026-13-01T00:00:00Z" },
      { id: "con_x" },
      { id: newId("acc") },
      { digest: "0" },
    ])
      await refused(list(one.token, { cursor: encodeCursor({ ...parts, ...change }) }));
    await refused(list(one.token, { cursor: "junk" }));
    await refused(
      list(one.token, { cursor: encodeCursor({ ...parts, key: "a\0b" }), sort: { key: "name", descending: false } }),
    );
  });
});

describe("a cursor of a long name", () => {
  /** One character becomes 18 in the sort key, 1,782 in total. */
  const long = "\ufdfa".repeat(99);
  const sort = { key: "name", descending: false };
  const firstPage = (token: Token, limit: number, descending = false) =>
    list(token, { sort: { key: "name", descending }, limit });
  const ids = (page: { data: { id: string }[] }) => page.data.map(({ id }) => id);

  test.each([false, true])("has at most 512 characters, and paging is complete; descending: %s", async (descending) => {
    const world = await makeWorld();
    const names = [
      "a",
      long,
      long,
      `${long}b`,
      `${long}c`,
      long,
      `${"\ufdfa".repeat(50)}b`,
      "\u{10ffff}".repeat(100),
      "z",
    ];
    names.push(...["漢".repeat(100), '\\"'.repeat(50), "\u{20bb7}".repeat(100)]);
    const rows = await fill(
      world,
      names.map((last_name) => ({ last_name })),
    );
    const whole = ids(await firstPage(world.token, 200, descending));
    expect([...whole].sort()).toEqual(rows.map(({ id }) => id).sort());
    const seen: string[] = [];
    for (let cursor: string | null = null, more = true; more; more = cursor !== null) {
      const page = await list(world.token, { sort: { key: "name", descending }, limit: 1, cursor });
      seen.push(...ids(page));
      cursor = page.pagination.next_cursor;
      expect(cursor?.length ?? 0).toBeLessThanOrEqual(512);
    }
    expect(seen).toEqual(whole);
  });

  test("continues at its place after its record is deleted, if another record has the same name or none has a similar one", async () => {
    for (const [left, next] of [
      [[long], [long, "z"]],
      [["a"], ["z"]],
    ] as const) {
      const world = await makeWorld();
      const names = [...left, long, ...next];
      await fill(
        world,
        names.map((last_name) => ({ last_name })),
      );
      const whole = ids(await firstPage(world.token, 200));
      const { pagination } = await firstPage(world.token, left.length + 1);
      await owner`delete from repdesk.contacts where id = ${whole[left.length] ?? ""}`;
      const rest = ids(await list(world.token, { sort, cursor: pagination.next_cursor }));
      expect(rest).toEqual(whole.slice(left.length + 1));
    }
  });

  test("is cursor_invalid if its record was renamed among others with similar names, rather than repeat or skip rows", async () => {
    const world = await makeWorld();
    await fill(
      world,
      ["b", "c", "d"].map((end) => ({ last_name: `${long}${end}` })),
    );
    const { data, pagination } = await firstPage(world.token, 2);
    await owner`update repdesk.contacts set last_name = 'Ruiz' where id = ${data[1]?.id ?? ""}`;
    await expect(list(world.token, { sort, cursor: pagination.next_cursor })).rejects.toMatchObject({
      code: "cursor_invalid",
      detail: expect.stringContaining("renamed or deleted"),
    });
  });

  test("is cursor_invalid if it was modified", async () => {
    const world = await makeWorld();
    await fill(
      world,
      [long, long].map((last_name) => ({ last_name })),
    );
    const parts = decodeCursor((await firstPage(world.token, 1)).pagination.next_cursor ?? "");
    if (!parts) throw new Error("The cursor can't be decoded.");
    for (const change of [{ key: "" }, { key: `${parts.key}a` }, { key: "\0".repeat(70) }, { hash: "0" }])
      await expect(list(world.token, { sort, cursor: encodeCursor({ ...parts, ...change }) })).rejects.toMatchObject({
        code: "cursor_invalid",
      });
    const none = encodeCursor({ ...parts, key: "\u{10ffff}".repeat(70) });
    expect((await list(world.token, { sort, cursor: none })).data).toEqual([]);
    const { digest, id } = decodeCursor((await list(world.token, { limit: 1 })).pagination.next_cursor ?? "") ?? parts;
    const instant = encodeCursor({ ...parts, digest, id });
    await expect(list(world.token, { cursor: instant })).rejects.toMatchObject({ code: "cursor_invalid" });
  });
});

describe("filters", () => {
  test("find matching records, and email addresses in any case", async () => {
    const world = await makeWorld();
    const [account] = await fill(world, [{ name: "Northwind", type: "customer" }], "accounts");
    const at = new Date("2026-01-02T03:04:05.678Z");
    await fill(world, [
      { first_name: "A", email: "Ana@Example.com", account_id: account?.id, created_at: at },
      { first_name: "B", external_id: "x,y", do_not_contact: true },
      { first_name: "C", external_id: 'q"\\{', created_at: new Date(at.getTime() + 1) },
    ]);
    const names = async (field: string, operator: never, value: unknown) =>
      (await list(world.token, { filters: [{ field, operator, value }] })).data
        .map(({ first_name }) => first_name)
        .sort()
        .join("");
    const cases: [string, string, unknown, string][] = [
      ["email", "eq", "ANA@example.com", "A"],
      ["email", "in", ["x@example.com", "aNa@example.com"], "A"],
      ["email", "is_null", true, "BC"],
      ["email", "is_null", false, "A"],
      ["account_id", "eq", account?.id, "A"],
      ["account_id", "is_null", true, "BC"],
      ["external_id", "in", ["x,y", 'q"\\{'], "BC"],
      ["external_id", "eq", "x,y", "B"],
      ["do_not_contact", "eq", true, "B"],
      ["owner_id", "in", [world.admin.id], "ABC"],
      ["created_at", "lte", at, "A"],
      ["created_at", "lt", at, ""],
      ["created_at", "gt", at, "BC"],
      ["created_at", "gte", new Date(at.getTime() + 1), "BC"],
    ];
    for (const [field, operator, value, found] of cases)
      expect({ field, operator, found: await names(field, operator as never, value) }).toEqual({
        field,
        operator,
        found,
      });
    const typed = async (operator: "eq" | "ne" | "in", value: unknown) =>
      (await listAccounts(world.token, { filters: [{ field: "type", operator, value }] })).data.length;
    expect([
      await typed("eq", "customer"),
      await typed("ne", "customer"),
      await typed("in", ["partner", "customer"]),
    ]).toEqual([1, 0, 1]);
  });

  test("find an email address and a domain by every spelling of an internationalized domain", async () => {
    const world = await makeWorld();
    await inside(byToken(world.token), async (tx, principal) => {
      await contacts.create(tx, principal, { email: "X@münchen.example" });
      await accounts.create(tx, principal, { name: "M", domain: "xn--mnchen-3ya.example" });
    });
    for (const value of ["x@MÜNCHEN.example", "x@xn--mnchen-3ya.example", "X@mu\u0308nchen.example"]) {
      const asked = [
        { field: "email", operator: "eq" as const, value },
        { field: "email", operator: "in" as const, value: ["a@example.com", value] },
      ];
      for (const filter of asked)
        expect((await list(world.token, { filters: [filter] })).data.map(({ email }) => email)).toEqual([
          "X@münchen.example",
        ]);
    }
  });

  test("include what is requested, but only what the caller may read", async () => {
    const world = await makeWorld();
    const [account] = await fill(world, [{ name: "Northwind" }], "accounts");
    await fill(world, [{ first_name: "A", account_id: account?.id }, { first_name: "B" }]);
    const { included } = await list(world.token, { include: ["account", "owner"] });
    expect(included?.accounts).toMatchObject([{ id: account?.id, contact_count: 1 }]);
    expect(included?.members).toEqual([{ id: world.admin.id, name: "Ana Ruiz" }]);
    expect((await list(world.token)).included).toBeUndefined();
    await owner`update repdesk.api_tokens set scopes = '{contacts:read}' where id = ${world.token.id}`;
    await expect(list(world.token, { include: ["account"] })).rejects.toMatchObject({
      code: "insufficient_scope",
      extra: { required: "accounts:read" },
    });
  });
});

test("each list is planned for its own values, however often its statement is used", async () => {
  const world = await makeWorld();
  await fill(world, [{ first_name: "Ana" }]);
  const query = {
    sort: { key: "name", descending: false },
    filters: [{ field: "email", operator: "in" as const, value: ["ana@example.com"] }],
  };
  // A plan for all values, which PostgreSQL may make at the sixth use, walks 500,000 names for a few addresses.
  const plans = () =>
    inside(
      byToken(world.token),
      async (tx, principal) => {
        for (let turn = 0; turn < 10; turn += 1) await contacts.list(tx, principal, { ...emptyList, ...query });
        return tx.execute(sql`select sum(generic_plans)::int as generic, sum(custom_plans)::int as custom
          from pg_prepared_statements where statement like '%from "repdesk"."contacts"%"email_key" = any%'`);
      },
      { read_only: true },
    );
  const [found] = await plans();
  expect(found?.generic).toBe(0);
  expect(found?.custom).toBeGreaterThanOrEqual(10);
});

describe("search", () => {
  test("ignores case, accents, and word order, and covers the account's name, the domain, and the phone number", async () => {
    const world = await makeWorld();
    const [account] = await fill(
      world,
      [{ name: "Nørthwind Träding", domain: "northwind.example.com" }, { name: "100% Other_Firm" }],
      "accounts",
    );
    await fill(world, [
      { first_name: "Ana", last_name: "Ruíz", email: "first@example.com", account_id: account?.id },
      { first_name: "Bo", last_name: "Ek", phone: "+1 (555) 010-1234" },
      { email: "Čapek@example.com" },
    ]);
    const people = async (q: string) =>
      (await list(world.token, { q })).data
        .map(({ name }) => name)
        .sort()
        .join("|");
    const firms = async (q: string) => (await listAccounts(world.token, { q })).data.map(({ name }) => name).join("|");
    for (const q of ["ruiz", "RUÍZ ana", "an", "northwind", "trading ruiz", "FIRST@"])
      expect(await people(q)).toBe("Ana Ruíz");
    for (const q of ["5550101234", "555", "(555) 010", "ek bo"]) expect(await people(q)).toBe("Bo Ek");
    expect(await people("capek")).toBe("Čapek@example.com");
    for (const q of ["zzz", "ana ek", "%", "_", "ana%", "\\", "   "]) expect(await people(q)).toBe("");
    for (const q of ["NORTHWIND", "träding", "wind.example"]) expect(await firms(q)).toBe("Nørthwind Träding");
    for (const q of ["100%", "r_f", "%"]) expect(await firms(q)).toBe("100% Other_Firm");
    expect((await list(world.token, { q: "e", limit: 1 })).pagination.has_more).toBe(true);
  });

  test("with very many matches returns all of them in the list's order, page by page", async () => {
    const world = await makeWorld();
    const [account] = await fill(world, [{ name: "Northwind" }], "accounts");
    const rows = Array.from({ length: 2_100 }, (_, index) => ({
      first_name: index % 10 === 0 ? "Bo" : "Ana",
      created_at: new Date(1_700_000_000_000 + index),
      account_id: account?.id,
    }));
    const made = await fill(world, rows);
    const expected = (wanted: (index: number) => boolean) =>
      made
        .filter((_, index) => wanted(index))
        .map(({ id }) => id)
        .reverse();
    const found = async (q: string) => (await walk(world.token, { q, limit: 200 })).flat().map(({ id }) => id);
    expect(await found("northwind")).toEqual(expected(() => true));
    expect(await found("wind ana")).toEqual(expected((index) => index % 10 !== 0));
    expect(await found("a")).toEqual(expected((index) => index % 10 !== 0));
    expect(await found("bo north")).toEqual(expected((index) => index % 10 === 0));
  });
});
