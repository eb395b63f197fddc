import { readdirSync } from "node:fs";
import { getTableColumns, getTableName, is, sql } from "drizzle-orm";
import { type PgColumn, PgTable } from "drizzle-orm/pg-core";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { anyText, corpora } from "../corpora.ts";
import { byToken, inside, makeWorld } from "./support.ts";

/** Every column of every table reads back what was written, through Drizzle, the driver, and PostgreSQL. */

const folder = new URL("../../lib/db/tables/", import.meta.url);
const modules = await Promise.all(readdirSync(folder).map((file) => import(new URL(file, folder).href)));
const tables = modules.flatMap((module) => Object.values(module)).filter((one): one is PgTable => is(one, PgTable));
const columns = tables.flatMap((table) =>
  Object.values(getTableColumns(table)).map((column): [string, PgColumn] => [
    `${getTableName(table)}.${column.name}`,
    column,
  ]),
);

/** Without characters that JSON escapes, since V8 13.6 misreads some escaped keys in objects with an empty key. No column has such keys. */
const key = fc.string({ unit: "grapheme-ascii" }).map((text) => text.replace(/["\\]|__proto__/g, ""));
const number = fc.oneof(
  fc.integer(),
  fc.double({ noNaN: true, noDefaultInfinity: true }).map((value) => value + 0),
);
const scalar = fc.oneof(anyText, number, fc.boolean());

/** Values for each column type. A missing type fails the tests of its columns. */
const values: Record<string, fc.Arbitrary<unknown>> = {
  text: anyText,
  'text collate "C"': anyText,
  "text[]": fc.array(anyText, { maxLength: 5 }),
  integer: fc.integer(),
  bigint: fc.maxSafeInteger(),
  boolean: fc.boolean(),
  date: fc
    .date({ min: new Date("0001-01-01"), max: new Date("9999-12-31"), noInvalidDate: true })
    .map((date) => date.toISOString().slice(0, 10)),
  uuid: fc.uuid(),
  bytea: fc.uint8Array().map((bytes) => Buffer.from(bytes)),
  jsonb: fc.dictionary(key, fc.oneof(scalar, fc.constant(null), fc.dictionary(key, scalar)), { noNullPrototype: true }),
  "timestamp (3) with time zone": fc.date({
    min: new Date("0001-01-01T00:00:00Z"),
    max: new Date("9999-12-31T23:59:59.999Z"),
    noInvalidDate: true,
  }),
};

type World = Awaited<ReturnType<typeof makeWorld>>;
let world: Promise<World> | undefined;

/** The values as they are read back from this column. */
async function thereAndBack(column: PgColumn, sent: readonly unknown[]): Promise<unknown[]> {
  const type = sql.raw(column.getSQLType());
  const fields = sent.map((value, index) => [
    `v${index}`,
    sql`${sql.param(value, column)}::${type}`.mapWith(column).as(`v${index}`),
  ]);
  world ??= makeWorld();
  return inside(byToken((await world).token), async (tx) => {
    const [row] = await tx.select(Object.fromEntries(fields)).from(sql`(values (1)) as one`);
    return Object.values(row ?? {});
  });
}

test("there are columns", () => {
  expect(tables.length).toBeGreaterThanOrEqual(9);
  expect(columns.length).toBeGreaterThan(80);
});

describe("values are read back as written", () => {
  test.each(columns)("%s", async (_, column) => {
    const value = values[column.getSQLType()];
    if (!value) throw new Error(`No values for the type ${column.getSQLType()}.`);
    const property = fc.asyncProperty(fc.array(value, { minLength: 1, maxLength: 20 }), async (sent) => {
      expect(await thereAndBack(column, sent)).toEqual(sent);
    });
    await fc.assert(property, { numRuns: 10 });
  });

  const lists = columns.filter(([, column]) => column.getSQLType() === "text[]");
  const cases = lists.flatMap(([name, column]) =>
    Object.entries(corpora).map(([corpus, texts]) => ({ name, corpus, column, texts })),
  );
  test.each(cases)("$name: $corpus", async ({ column, texts }) => {
    const sent = [texts, ...texts.map((text) => [text])];
    expect(await thereAndBack(column, sent)).toEqual(sent);
  });
});
