import { expect, test } from "playwright/test";
import { writeList } from "#lib/contract/write-list";
import { newId } from "#lib/format/ids";
import { api } from "./call.ts";
import { type Company, database, makeToken, makeWorld } from "./world.ts";

/** Lists: pages, sort order, filters, search, related records. */

type Row = { id: string; name: string; created_at: string };

/** Inserts many contacts directly, since 10,000 requests would take minutes. Every hundred share a sort key. */
async function fill(company: Company, count: number): Promise<string[]> {
  const sql = database();
  const [member] = await sql`select id from repdesk.members where company_id = ${company.id} limit 1`;
  const ids = Array.from({ length: count }, () => newId("con"));
  const rows = ids.map((id, index) => ({
    id,
    company_id: company.id,
    first_name: `Name ${index % 100}`,
    owner_id: member?.id,
    created_by_member_id: member?.id,
    updated_by_member_id: member?.id,
    created_at: new Date(Date.UTC(2026, 0, 1 + (index % 100))),
    updated_at: new Date(Date.UTC(2026, 0, 1 + (index % 100))),
  }));
  for (let start = 0; start < rows.length; start += 1000) {
    await sql`insert into repdesk.contacts ${sql(rows.slice(start, start + 1000))}`;
  }
  return ids;
}

async function walk(
  secret: string,
  query: string,
  between: (page: number) => Promise<void> = async () => {},
): Promise<Row[]> {
  const rows: Row[] = [];
  let next: string | null = `/contacts?${query}`;
  for (let page = 0; next; page += 1) {
    const reply = await api("GET", next, { token: secret });
    expect(reply.status, reply.text).toBe(200);
    rows.push(...reply.body.data);
    const { next_cursor, has_more } = reply.body.pagination;
    expect(has_more).toBe(next_cursor !== null);
    const link = /<([^>]+)>; rel="next"/.exec(reply.headers.get("link") ?? "")?.[1];
    expect(link === undefined).toBe(next_cursor === null);
    next = link ? link.slice(link.indexOf("/contacts")) : null;
    await between(page);
  }
  return rows;
}

test("paging over 10,000 rows with equal keys during writes returns every unchanged row exactly once", async () => {
  test.setTimeout(120_000);
  const { token, company } = await makeWorld();
  const standing = await fill(company, 10_000);
  const passing = await fill(company, 500);
  const counted = async (query: string) => {
    const { total_count, total_is_exact } = (
      await api("GET", `/contacts?limit=1&count=true${query}`, { token: token.secret })
    ).body.pagination;
    return [total_count, total_is_exact];
  };
  expect(await counted("")).toEqual([10_000, false]);
  expect(await counted("&q=name")).toEqual([10_000, false]);
  expect(await counted(`&filter[created_at][lt]=${new Date(Date.UTC(2026, 0, 96)).toISOString()}`)).toEqual([
    9_975,
    true,
  ]);
  for (const sort of ["created_at", "-created_at", "name", "-name"]) {
    const rows = await walk(token.secret, `limit=200&sort=${sort}`, async (page) => {
      if (page % 10 !== 0) return;
      await api("POST", "/contacts", { token: token.secret, body: { first_name: `Name ${page % 100}` } });
      const victim = passing.pop();
      if (victim) await api("DELETE", `/contacts/${victim}`, { token: token.secret });
    });
    const seen = rows.map(({ id }) => id);
    expect(new Set(seen).size).toBe(seen.length);
    const missed = new Set(standing);
    for (const id of seen) missed.delete(id);
    expect(missed.size).toBe(0);
    if (sort === "-created_at") {
      const keys = rows.map((row) => `${row.created_at} ${row.id}`);
      expect(keys).toEqual([...keys].sort().reverse());
    }
  }
});

test("pages have the requested size, or 50 by default", async () => {
  const { token, company } = await makeWorld();
  await fill(company, 60);
  const first = await api("GET", "/contacts", { token: token.secret });
  expect([first.body.data.length, first.body.pagination.limit, first.body.pagination.has_more]).toEqual([50, 50, true]);
  expect((await api("GET", "/contacts?limit=200", { token: token.secret })).body.pagination).toEqual({
    limit: 200,
    has_more: false,
    next_cursor: null,
  });
});

test("a cursor works only for its own list", async () => {
  const { token, company } = await makeWorld();
  const other = await makeWorld();
  await fill(company, 10);
  const cursor = (await api("GET", "/contacts?limit=2&sort=name", { token: token.secret })).body.pagination.next_cursor;
  expect((await api("GET", `/contacts?limit=5&sort=name&cursor=${cursor}`, { token: token.secret })).status).toBe(200);
  const wrong: [string, string][] = [
    [token.secret, `/contacts?limit=2&cursor=${cursor}`],
    [token.secret, `/contacts?sort=-name&cursor=${cursor}`],
    [token.secret, `/contacts?sort=name&q=ana&cursor=${cursor}`],
    [token.secret, `/contacts?sort=name&filter[do_not_contact]=true&cursor=${cursor}`],
    [token.secret, `/accounts?sort=name&cursor=${cursor}`],
    [other.token.secret, `/contacts?sort=name&cursor=${cursor}`],
    [token.secret, `/contacts?sort=name&cursor=${cursor}x`],
    [token.secret, "/contacts?cursor=abc"],
    [token.secret, `/contacts?cursor=${Buffer.from('["a","b"]').toString("base64url")}`],
    [token.secret, `/contacts?cursor=${Buffer.from('{"__proto__":1}').toString("base64url")}`],
  ];
  for (const [secret, path] of wrong) {
    const reply = await api("GET", path, { token: secret });
    expect([path, reply.status, reply.body.code]).toEqual([path, 400, "cursor_invalid"]);
  }
});

test("a modified cursor is invalid", async () => {
  const { token, company } = await makeWorld();
  await fill(company, 10);
  const cursor = (await api("GET", "/contacts?limit=2", { token: token.secret })).body.pagination.next_cursor;
  const [digest, , id] = JSON.parse(Buffer.from(cursor, "base64url").toString());
  for (const key of ["2024-02-30T00:00:00.000Z", "0000-01-01T00:00:00.000Z", "yesterday", "", "2026-01-01", "\u0000"]) {
    const changed = Buffer.from(JSON.stringify([digest, key, id])).toString("base64url");
    const reply = await api("GET", `/contacts?limit=2&cursor=${changed}`, { token: token.secret });
    expect([key, reply.status, reply.body.code]).toEqual([key, 400, "cursor_invalid"]);
  }
});

test("paging over the longest names is complete, with cursors of at most 512 characters", async () => {
  const { token } = await makeWorld();
  const by = { token: token.secret };
  const letters = ["가", "각", "\ufdfa", "\ufdfa", "漢", "\u{20bb7}"];
  for (const letter of letters) await api("POST", "/accounts", { ...by, body: { name: letter.repeat(200) } });
  const seen: string[] = [];
  for (let path: string | null = "/accounts?limit=1&sort=name"; path; ) {
    const reply = await api("GET", path, by);
    expect(reply.status, reply.text).toBe(200);
    seen.push(...reply.body.data.map(({ id }: Row) => id));
    const cursor: string | null = reply.body.pagination.next_cursor;
    expect(cursor?.length ?? 0).toBeLessThanOrEqual(512);
    path = cursor && `/accounts?limit=1&sort=name&cursor=${cursor}`;
  }
  expect([seen.length, new Set(seen).size]).toEqual([letters.length, letters.length]);
});

test("instants outside the calendar are rejected, not an internal error", async () => {
  const { token } = await makeWorld();
  for (const instant of ["0000-01-01T00:00:00Z", "9999-12-31T23:59:59-23:59"]) {
    const reply = await api("GET", `/contacts?filter[created_at][gte]=${instant}`, { token: token.secret });
    expect([reply.status, reply.body.code]).toEqual([400, "invalid_parameter"]);
  }
});

test("filters with their operators", async () => {
  const { token } = await makeWorld();
  const by = { token: token.secret };
  const account = (
    await api("POST", "/accounts", {
      ...by,
      body: { name: "Northwind", type: "customer", domain: "northwind.example.com" },
    })
  ).body;
  await api("POST", "/accounts", { ...by, body: { name: "Contoso", type: "partner" } });
  await api("POST", "/accounts", { ...by, body: { name: "Fabrikam" } });
  await api("POST", "/contacts", {
    ...by,
    body: { first_name: "Ana", email: "ana@example.com", account_id: account.id, do_not_contact: true },
  });
  await api("POST", "/contacts", { ...by, body: { first_name: "Ben", external_id: "7" } });
  const names = async (path: string) => {
    const reply = await api("GET", path, by);
    expect(reply.status, reply.text).toBe(200);
    return reply.body.data.map(({ name }: Row) => name).sort();
  };
  expect(await names("/accounts?filter[type]=customer")).toEqual(["Northwind"]);
  expect(await names("/accounts?filter[type][ne]=customer")).toEqual(["Contoso", "Fabrikam"]);
  expect(await names("/accounts?filter[type][in]=customer,partner")).toEqual(["Contoso", "Northwind"]);
  expect(await names("/accounts?filter[domain][is_null]=true")).toEqual(["Contoso", "Fabrikam"]);
  expect(await names("/accounts?filter[domain][is_null]=false&filter[type]=customer")).toEqual(["Northwind"]);
  expect(await names("/accounts?filter[created_at][gte]=2020-01-01T00:00:00Z")).toHaveLength(3);
  expect(await names("/accounts?filter[created_at][lt]=2020-01-01T00:00:00%2B02:00")).toEqual([]);
  expect(await names(`/contacts?filter[account_id]=${account.id}`)).toEqual(["Ana"]);
  expect(await names("/contacts?filter[account_id][is_null]=true")).toEqual(["Ben"]);
  expect(await names("/contacts?filter[do_not_contact]=true")).toEqual(["Ana"]);
  expect(await names("/contacts?filter[do_not_contact]=false")).toEqual(["Ben"]);
  expect(await names("/contacts?filter[email][in]=ANA@example.com,x@example.com")).toEqual(["Ana"]);
  expect(await names("/contacts?filter[external_id]=7")).toEqual(["Ben"]);
  expect(await names(`/contacts?filter[account_id]=${newId("acc")}`)).toEqual([]);
});

test("any external ID can be filtered by, in one list and in repeated parameters", async () => {
  const { token } = await makeWorld();
  const by = { token: token.secret };
  const ids = ["a,b", '"', '"a"', 'a"b', "C:\\temp\\", "\\", "'x'", "{NULL}", "NULL", "+1%2C", "&=#;", "😀,é", "%E9"];
  for (const external_id of ids) {
    const made = await api("POST", "/contacts", { ...by, body: { first_name: "Ana", external_id } });
    expect(made.status, made.text).toBe(201);
  }
  const name = "filter[external_id][in]";
  const repeated = new URLSearchParams(ids.map((id) => [name, writeList([id])]));
  for (const query of [new URLSearchParams({ [name]: writeList(ids) }), repeated]) {
    const reply = await api("GET", `/contacts?${query}&fields=external_id&fields=version`, by);
    expect(reply.status, reply.text).toBe(200);
    const rows: Record<string, unknown>[] = reply.body.data;
    expect(rows.map(({ external_id }) => external_id).sort()).toEqual([...ids].sort());
    for (const row of rows) expect(Object.keys(row).sort()).toEqual(["external_id", "id", "version"]);
  }
  for (const id of ids)
    expect(
      (await api("GET", `/contacts?${new URLSearchParams({ [name]: writeList([id]) })}`, by)).body.data,
    ).toHaveLength(1);
});

test("search ignores case and accents", async () => {
  const { token } = await makeWorld();
  const by = { token: token.secret };
  const account = (
    await api("POST", "/accounts", { ...by, body: { name: "Müller & Söhne", domain: "mueller.example.com" } })
  ).body;
  await api("POST", "/contacts", {
    ...by,
    body: {
      first_name: "José",
      last_name: "Núñez",
      email: "jose@example.org",
      phone: "+1 555 0142",
      account_id: account.id,
    },
  });
  await api("POST", "/contacts", { ...by, body: { first_name: "Ana", last_name: "100%_sure" } });
  const found = async (path: string, q: string) => {
    const reply = await api("GET", `${path}?q=${encodeURIComponent(q)}`, by);
    expect(reply.status, reply.text).toBe(200);
    return reply.body.data.map(({ name }: Row) => name);
  };
  for (const q of ["muller", "MÜLLER", "söhne", "mueller.example", "Soh"])
    expect([q, await found("/accounts", q)]).toEqual([q, ["Müller & Söhne"]]);
  for (const q of ["jose", "NUNEZ", "josé n", "example.org", "555 0142", "muller"])
    expect([q, await found("/contacts", q)]).toEqual([q, ["José Núñez"]]);
  expect(await found("/contacts", "100%_")).toEqual(["Ana 100%_sure"]);
  expect(await found("/contacts", "%")).toEqual(["Ana 100%_sure"]);
  expect(await found("/contacts", "nobody")).toEqual([]);
  const wordy = await api("GET", `/contacts?q=${Array.from({ length: 11 }, (_, index) => `w${index}`).join("+")}`, by);
  expect([wordy.status, wordy.body.errors?.[0]?.parameter]).toEqual([400, "q"]);
  const other = await makeWorld();
  expect((await api("GET", "/contacts?q=jose", { token: other.token.secret })).body.data).toEqual([]);
});

test("filters on tags: any, all, and none, with commas and quotation marks", async () => {
  const { token } = await makeWorld();
  const by = { token: token.secret };
  for (const path of ["/accounts", "/contacts"]) {
    const make = async (name: string, tags: string[]) =>
      expect(
        (await api("POST", path, { ...by, body: { [path === "/accounts" ? "name" : "first_name"]: name, tags } }))
          .status,
      ).toBe(201);
    await make("Both", ["a", 'b, "c"']);
    await make("One", ["a"]);
    await make("Other", ["{}", "NULL"]);
    await make("None", []);
    const names = async (filters: Record<string, string[]>) => {
      const query = new URLSearchParams({ sort: "name" });
      for (const [operator, tags] of Object.entries(filters)) query.set(`filter[tags][${operator}]`, writeList(tags));
      const reply = await api("GET", `${path}?${query}`, by);
      expect(reply.status, reply.text).toBe(200);
      return reply.body.data.map(({ name }: Row) => name);
    };
    expect(await names({ any: ["a", "{}"] })).toEqual(["Both", "One", "Other"]);
    expect(await names({ any: ["NULL"] })).toEqual(["Other"]);
    expect(await names({ all: ["a", 'b, "c"'] })).toEqual(["Both"]);
    expect(await names({ none: ["a"] })).toEqual(["None", "Other"]);
    expect(await names({ any: ["a"], none: ['b, "c"'] })).toEqual(["One"]);
    const repeated = await api("GET", `${path}?filter[tags][all]=a&filter[tags][all]="b, ""c"""`, by);
    expect(repeated.body.data.map(({ name }: Row) => name)).toEqual(["Both"]);
  }
});

test("count returns how many rows match in total; without it, nothing is counted", async () => {
  const { token } = await makeWorld();
  const by = { token: token.secret };
  for (const name of ["A1", "A2", "B1"]) await api("POST", "/accounts", { ...by, body: { name } });
  const pagination = async (query: string) => (await api("GET", `/accounts?${query}`, by)).body.pagination;
  const first = await pagination("limit=1&sort=name&count=true");
  expect([first.total_count, first.total_is_exact, first.has_more]).toEqual([3, true, true]);
  const next = await pagination(`limit=1&sort=name&count=true&cursor=${first.next_cursor}`);
  expect([next.total_count, next.total_is_exact]).toEqual([3, true]);
  expect((await pagination("q=a&count=true")).total_count).toBe(2);
  expect((await pagination("filter[type]=customer&count=true")).total_count).toBe(0);
  for (const query of ["", "count=false"]) expect(await pagination(query)).not.toHaveProperty("total_count");
  expect((await api("GET", "/accounts?count=yes", by)).body.code).toBe("invalid_parameter");
});

test("a single record also supports fields and include", async () => {
  const { token, admin, company } = await makeWorld();
  const by = { token: token.secret };
  const account = (await api("POST", "/accounts", { ...by, body: { name: "Northwind" } })).body;
  const contact = (await api("POST", "/contacts", { ...by, body: { first_name: "Ana", account_id: account.id } })).body;
  const keys = async (path: string) => Object.keys((await api("GET", path, by)).body).sort();
  expect(await keys(`/contacts/${contact.id}?fields=name,email`)).toEqual(["email", "id", "name"]);
  expect(await keys(`/accounts/${account.id}?fields=name&fields=tags&include=owner`)).toEqual([
    "id",
    "included",
    "name",
    "tags",
  ]);
  const managed = await api("GET", `/auth/tokens/${token.id}?fields=name`, { jwt: admin.jwt, company: company.id });
  expect(Object.keys(managed.body).sort()).toEqual(["id", "name"]);
  const whole = await api("GET", `/contacts/${contact.id}?include=account,owner`, by);
  const { included, ...rest } = whole.body;
  expect(rest).toEqual(contact);
  expect(included.accounts.map(({ id }: Row) => id)).toEqual([account.id]);
  expect(included.members).toHaveLength(1);
  // The contact's version doesn't cover included records.
  const tag = { "If-None-Match": whole.headers.get("etag") as string };
  expect((await api("GET", `/contacts/${contact.id}?include=account`, { ...by, headers: tag })).status).toBe(200);
  expect((await api("GET", `/contacts/${contact.id}?fields=name`, { ...by, headers: tag })).status).toBe(304);
  expect((await api("GET", `/contacts/${contact.id}?fields=secret`, by)).body.code).toBe("invalid_parameter");
  const narrow = await makeToken(admin, company, ["contacts:read"]);
  const refused = await api("GET", `/contacts/${contact.id}?include=account`, { token: narrow.secret });
  expect([refused.status, refused.body.code, refused.body.required]).toEqual([
    403,
    "insufficient_scope",
    "accounts:read",
  ]);
});

test("fields selects fields; include adds related records, each once", async () => {
  const { token } = await makeWorld();
  const by = { token: token.secret };
  const account = (await api("POST", "/accounts", { ...by, body: { name: "Northwind" } })).body;
  for (const first_name of ["Ana", "Ben"])
    await api("POST", "/contacts", { ...by, body: { first_name, account_id: account.id } });
  const reply = await api("GET", "/contacts?include=account,owner&sort=name", by);
  expect(reply.body.included.accounts.map(({ id }: Row) => id)).toEqual([account.id]);
  expect(reply.body.included.members).toHaveLength(1);
  const fewer = await api("GET", "/contacts?fields=name,email", by);
  expect(Object.keys(fewer.body.data[0]).sort()).toEqual(["email", "id", "name"]);
  expect((await api("GET", "/contacts?include=deals", by)).body.code).toBe("invalid_parameter");
  expect((await api("GET", "/contacts?fields=secret", by)).body.code).toBe("invalid_parameter");
});

test("related records are included only if the caller may read them", async () => {
  const { admin, company, token } = await makeWorld();
  const account = (await api("POST", "/accounts", { token: token.secret, body: { name: "Northwind" } })).body;
  await api("POST", "/contacts", { token: token.secret, body: { first_name: "Ana", account_id: account.id } });
  const made = await api("POST", "/auth/token", {
    jwt: admin.jwt,
    company: company.id,
    body: { name: "Contacts only", scopes: ["contacts:read"] },
  });
  const reply = await api("GET", "/contacts?include=account", { token: made.body.token });
  expect(reply.text).not.toContain("Northwind");
  const searched = await api("GET", "/contacts?q=northwind", { token: made.body.token });
  expect([searched.status, searched.body.data]).toEqual([200, []]);
  expect((await api("GET", "/contacts?q=northwind", { token: token.secret })).body.data).toHaveLength(1);
  expect([reply.status, reply.body.code, reply.body.required]).toEqual([403, "insufficient_scope", "accounts:read"]);
});
