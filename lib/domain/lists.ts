import { createHash } from "node:crypto";
import { and, asc, desc, eq, getTableColumns, gt, gte, lt, lte, type SQL, sql } from "drizzle-orm";
import { makePgArray, type PgColumn, type PgTable } from "drizzle-orm/pg-core";
import { type Filter, type ListQuery, mostCounted } from "#lib/contract/list";
import type { Caller, Tx } from "#lib/db/company";
import { AppError } from "#lib/errors";
import { type Cursor, decodeCursor, encodeCursor, listDigest, longestCursor } from "#lib/format/cursor";
import { type IdPrefix, isId } from "#lib/format/ids";

/** What a list can be sorted and filtered by. */
export type ListRules = {
  operation: string;
  prefix: IdPrefix;
  id: PgColumn;
  sorts: Record<string, PgColumn>;
  filters: Record<string, PgColumn | SQL>;
  /** For filters on a key column: the function that turns a value into its key. */
  keys?: Record<string, (value: string) => string>;
};

type Keyed = { id: string; sort_key: unknown };

/** Counts the matching rows up to `mostCounted`, which limits the cost. `counted`: an expression that does. */
export async function totalOf(tx: Tx, table: PgTable, where: SQL | undefined, counted?: SQL<number>) {
  const few = tx
    .select({ one: sql`1`.as("one") })
    .from(table)
    .where(where)
    .limit(mostCounted + 1)
    .as("few");
  const [row] = counted
    ? await tx.execute<{ count: number }>(sql`select ${counted} as count`)
    : await tx.select({ count: sql<number>`count(*)::int` }).from(few);
  const count = row?.count ?? 0;
  return { total_count: Math.min(count, mostCounted), total_is_exact: count <= mostCounted };
}

type Pagination = { limit: number; has_more: boolean; next_cursor: string | null };

/** The last record of the page before, by its sort key. */
export type Place = { key: string; id: string };

/** The parts of a statement that reads one page. `limit` is one more than the page has, to see whether another page follows. */
export type Paging = {
  where: SQL | undefined;
  /** The filters alone, for counting. */
  matching: SQL | undefined;
  after: Place | undefined;
  orderBy: SQL[];
  limit: number;
  /** The sort column. Select it as `sort_key`. */
  key: PgColumn;
  finish<Row extends Keyed>(rows: Row[]): { data: Omit<Row, "sort_key">[]; pagination: Pagination };
};

/**
 * Keyset pagination: page 10,000 costs no more than page 1. `more` is anything else that distinguishes this list from others.
 * Throws `cursor_invalid` if the cursor is from another list.
 */
export async function pagingOf(
  tx: Tx,
  rules: ListRules,
  caller: Caller,
  query: ListQuery,
  more: unknown = null,
): Promise<Paging> {
  const { key: sort, descending } = query.sort;
  const column = rules.sorts[sort] as PgColumn;
  const digest = digestOf(rules, caller, query, more);
  const order = descending ? desc : asc;
  const matching = and(...query.filters.map((filter) => condition(rules, filter, sql`${comparand(rules, filter)}`)));
  const after = await startOf(tx, rules, { column, company_id: caller.company?.id }, query, digest);
  return {
    matching,
    after,
    where: and(matching, after && beyond(rules, column, query, after)),
    orderBy: [order(column), order(rules.id)],
    limit: query.limit + 1,
    key: column,
    finish: (rows) => {
      const page = rows.slice(0, query.limit);
      const last = rows.length > query.limit ? page.at(-1) : undefined;
      const end = last && { key: keyText(last.sort_key), id: last.id, digest };
      return { data: page.map(({ sort_key: _, ...row }) => row), pagination: paginationOf(query, end) };
    },
  };
}

/** What distinguishes the list from others; `more` is whatever the query doesn't say. */
export function digestOf(
  { operation }: ListRules,
  caller: Caller,
  { sort, filters, q }: ListQuery,
  more: unknown = null,
): string {
  return listDigest([caller.company?.id ?? caller.user_id, operation, sort, filters, q, more]);
}

export function paginationOf({ limit }: ListQuery, end: Cursor | undefined): Pagination {
  return { limit, has_more: end !== undefined, next_cursor: end ? cursorOf(end) : null };
}

type Sorted = { column: PgColumn; company_id: string | undefined };

/** The place that the cursor names. Throws `cursor_invalid` if it isn't of this list. */
async function startOf(
  tx: Tx,
  rules: ListRules,
  { column, company_id }: Sorted,
  query: ListQuery,
  digest: string,
): Promise<Place | undefined> {
  if (query.cursor === null) return undefined;
  const found = cursorIn(rules, column, query.cursor);
  if (found?.digest !== digest) throw foreignCursor();
  const key = found.hash === undefined ? found.key : await wholeKey(tx, { column, company_id }, found);
  return { key, id: found.id };
}

/** A row comparison, because PostgreSQL can start an index scan there. It can't with the equivalent OR. */
export function beyond(
  rules: ListRules,
  column: PgColumn,
  { sort }: ListQuery,
  place: Record<keyof Place, unknown>,
): SQL {
  const type = sql.raw(isInstant(column) ? "timestamptz" : "text");
  const comparison = sql.raw(sort.descending ? "<" : ">");
  return sql`(${column}, ${rules.id}) ${comparison} (${place.key}::${type}, ${place.id}::text)`;
}

/** Null if it can't be a cursor of such a list. */
export function cursorIn({ prefix }: ListRules, column: PgColumn, text: string): Cursor | null {
  const found = decodeCursor(text);
  return found && isId(prefix, found.id) && isKey(found, isInstant(column)) ? found : null;
}

function isInstant(column: PgColumn): boolean {
  return column.getSQLType().startsWith("timestamp");
}

export function foreignCursor(): AppError {
  return new AppError(
    "cursor_invalid",
    "This cursor is from another list: the company, sort order, search, or filters differ, or the cursor was changed. Start again without a cursor.",
  );
}

/** How many code points of a long key a cursor contains: as many as fit at four bytes each. */
const cutAt = 70;

function cursorOf(cursor: Cursor): string {
  const whole = encodeCursor(cursor);
  if (whole.length <= longestCursor) return whole;
  return encodeCursor({ ...cursor, key: [...cursor.key].slice(0, cutAt).join(""), hash: hashOf(cursor.key) });
}

function hashOf(key: string): string {
  return createHash("sha256").update(key).digest("hex").slice(0, 24);
}

/**
 * Finds the whole key for a cursor that has only its beginning and its hash, by reading a record with that key. If no record's key
 * has this beginning anymore, the beginning marks the same place. Throws `cursor_invalid` if some do but none is the key: the place
 * among them is unknown, and a page must not repeat or skip a record.
 */
async function wholeKey(tx: Tx, { column, company_id }: Sorted, { key, hash }: Cursor): Promise<string> {
  const company = getTableColumns(column.table).company_id as PgColumn;
  const next = following(key);
  const isSame = sql<boolean>`left(encode(sha256(convert_to(${column}, 'UTF8')), 'hex'), 24) = ${hash}`;
  const [found] = await tx
    .select({ key: sql<string>`${column}`, isSame })
    .from(column.table)
    .where(and(eq(company, company_id), gte(column, key), next === null ? undefined : lt(column, next)))
    .orderBy(sql`2 desc`)
    .limit(1);
  if (found && !found.isSame)
    throw new AppError(
      "cursor_invalid",
      "The record at the end of the last page was renamed or deleted, and other names begin the same way. Start again without a cursor.",
    );
  return found?.key ?? key;
}

/** Returns the first text, in byte order, after all texts that begin with this one; null if there is none. */
function following(text: string): string | null {
  const points = [...text];
  const last = points.pop()?.codePointAt(0);
  if (last === undefined) return null;
  if (last === 0x10ffff) return following(points.join(""));
  return points.join("") + String.fromCodePoint(last === 0xd7ff ? 0xe000 : last + 1);
}

function keyText(key: unknown): string {
  return key instanceof Date ? key.toISOString() : String(key);
}

function isKey({ key: text, hash }: Cursor, ofInstant: boolean): boolean {
  if (hash !== undefined && (ofInstant || [...text].length !== cutAt)) return false;
  if (ofInstant) return !Number.isNaN(Date.parse(text)) && new Date(text).toISOString() === text && text > "0001";
  return text.isWellFormed() && !text.includes("\0");
}

/** What a filter compares with, as the driver takes it: the value or its key. */
export function comparand({ keys }: ListRules, { field, value }: Filter): unknown {
  const keyOf = keys?.[field] ?? ((text: string) => text);
  if (Array.isArray(value)) return makePgArray(value.map(keyOf));
  if (value instanceof Date) return value.toISOString();
  return typeof value === "string" ? keyOf(value) : value;
}

export function condition({ filters }: ListRules, { field, operator, value }: Filter, compared: SQL): SQL {
  const column = filters[field] as PgColumn;
  switch (operator) {
    case "in":
      return sql`${column} = any (${compared}::text[])`;
    case "any":
      return sql`${column} && ${compared}::text[]`;
    case "all":
      return sql`${column} @> ${compared}::text[]`;
    case "none":
      return sql`not ${column} && ${compared}::text[]`;
    case "is_null":
      return value ? sql`${column} is null` : sql`${column} is not null`;
    case "ne":
      return sql`${column} is distinct from ${compared}`;
    default:
      return { eq, gt, gte, lt, lte }[operator](column, compared);
  }
}

/** `column in (…)` with a single parameter, so the statement is the same for any number of values. */
export function oneOf(column: PgColumn, values: readonly string[]): SQL {
  return sql`${column} = any (${makePgArray([...values])}::text[])`;
}
