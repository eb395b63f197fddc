import { expect, test } from "playwright/test";
import { records } from "#lib/contract/records";
import { nouns } from "#lib/nouns/nouns";
import { nounNames } from "#lib/vocabulary";
import { corpora } from "../corpora.ts";
import { api } from "./call.ts";
import { bodyOf, database, makeWorld } from "./world.ts";

/**
 * A read in one statement, whose JSON PostgreSQL writes, is the same to the byte as in a transaction. Counting the matches and
 * including related records take a transaction.
 */

type Json = Record<string, unknown>;

/** A list for each sort, and for each filter with a value of the record. */
function listsOf({ list }: (typeof records)[keyof typeof records], record: Json): string[] {
  const { sorts, filters } = list.list;
  const filtered = Object.entries(filters).flatMap(([field, { operators }]) => {
    const value = [record[field]].flat()[0];
    return operators.flatMap((operator) => {
      if (operator === "is_null") return [`filter[${field}][is_null]=true`, `filter[${field}][is_null]=false`];
      return value === null || value === undefined
        ? []
        : [`filter[${field}][${operator}]=${encodeURIComponent(String(value))}`];
    });
  });
  return [
    ...sorts.flatMap((sort) => [`sort=${sort}`, `sort=-${sort}`]),
    ...filtered.flatMap((filter) => [filter, `${filter}&sort=created_at`]),
    ...["fields=id", "fields=version,created_by"],
  ];
}

for (const { name } of nouns) {
  const { plural } = nounNames[name];
  const { create } = records[name];

  test(`${plural}: a page and a record`, async () => {
    const { token, company } = await makeWorld();
    const by = { token: token.secret };
    const account = await api("POST", "/accounts", { ...by, body: { name: "Northwind" } });
    const text = name === "note" ? "body" : "description";
    for (const [index, texts] of Object.values(corpora).entries()) {
      const example = { ...bodyOf(create, { acc: account.body.id }), external_id: undefined, email: undefined };
      const tags = name === "note" ? undefined : [...new Set(texts.map((one) => one.trim()))].filter(isLine);
      const body = { ...example, domain: undefined, tags, [text]: `a ${texts.join("\n")}` };
      const made = await api("POST", `/${plural}`, { ...by, body: index === 0 ? example : body });
      expect(made.status, made.text).toBe(201);
    }
    // Texts that the API doesn't accept, but older versions may have stored.
    await database()`update repdesk.${database()(plural)} set ${database()(text)} = ${'\u0001\b\f\u007f\u2028\\" end'}
      where id = (select id from repdesk.${database()(plural)} where company_id = ${company.id} limit 1)`;

    const { body } = await api("GET", `/${plural}?limit=200&sort=created_at`, by);
    const pages = listsOf(records[name], body.data[0]).flatMap((query) => [`${query}&limit=4`, `${query}&limit=200`]);
    for (const query of pages) {
      const first = await expectSame(by.token, `/${plural}?${query}`, "count=true");
      const cursor = (first.pagination as Json | undefined)?.next_cursor;
      if (cursor) await expectSame(by.token, `/${plural}?${query}&cursor=${cursor}`, "count=true");
    }
    const include = name === "note" ? "account" : "owner";
    for (const { id } of body.data)
      for (const fields of ["", "&fields=version", `&fields=${text}`])
        await expectSame(by.token, `/${plural}/${id}?${fields}`, `include=${include}`);
  });
}

function isLine(text: string): boolean {
  return /^[^\p{Cc}\u2028\u2029]+$/u.test(text) && [...text].length <= 50;
}

/** Expects the same body from both, without what only the transaction adds. */
async function expectSame(secret: string, path: string, more: string): Promise<Json> {
  const atOnce = await api("GET", path, { token: secret });
  const inTransaction = await api("GET", `${path}&${more}`, { token: secret });
  expect([atOnce.status, inTransaction.status], atOnce.text).toEqual([200, 200]);
  const { included: _, ...expected } = inTransaction.body;
  if (expected.pagination) {
    const { total_count, total_is_exact, ...pagination } = expected.pagination;
    expected.pagination = pagination;
  }
  expect(atOnce.text.replace(/(?<="next_cursor":)"[^"]*"/, "null")).toBe(
    JSON.stringify(expected).replace(/(?<="next_cursor":)"[^"]*"/, "null"),
  );
  expect(atOnce.headers.get("etag")).toBe(inTransaction.headers.get("etag"));
  return atOnce.body;
}
