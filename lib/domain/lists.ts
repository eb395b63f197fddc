import { and, asc, desc, eq, gt, gte, lt, lte, type SQL, sql } from "drizzle-orm";
import { makePgArray, type PgColumn } from "drizzle-orm/pg-core";
import type { Filter, ListQuery } from "#lib/contract/list";
import type { Caller } from "#lib/db/company";
import { DomainError } from "#lib/domain/errors";
import { decodeCursor, encodeCursor, listDigest } from "#lib/format/cursor";
import { type IdPrefix, isId } from "#lib/format/ids";

/** What a list is made of. */
export type ListRules = {
  operation: string;
  prefix: IdPrefix;
  id: PgColumn;
  sorts: Record<string, PgColumn>;
  filters: Record<string, PgColumn | SQL>;
  /** Filters whose column holds lower case, and whose values are brought into it. */
  lowered?: readonly string[];
};

type Keyed = { id: string; sort_key: unknown };
type Pagination = { limit: number; has_more: boolean; next_cursor: string | null };

/** A page of a list, as a statement needs it. One row more than the page is asked for: it tells whether there is another page. */
export type Window = {
  where: SQL | undefined;
  orderBy: SQL[];
  limit: number;
  /** To be selected as `sort_key`. */
  key: PgColumn;
  close<Row extends Keyed>(rows: Row[]): { data: Omit<Row, "sort_key">[]; pagination: Pagination };
};

/**
 * Keyset pagination: page 10,000 costs what page 1 costs. `more` is whatever else makes two lists different ones.
 * Throws `cursor_invalid` for a cursor that is not of this very list.
 */
export function windowOf(rules: ListRules, caller: Caller, query: ListQuery, more: unknown = null): Window {
  const { key: sort, descending } = query.sort;
  const column = rules.sorts[sort] as PgColumn;
  const digest = listDigest([
    caller.company?.id ?? caller.user_id,
    rules.operation,
    query.sort,
    query.filters,
    query.q,
    more,
  ]);
  const order = descending ? desc : asc;
  return {
    where: and(...query.filters.map((filter) => condition(rules, filter)), after(rules, column, query, digest)),
    orderBy: [order(column), order(rules.id)],
    limit: query.limit + 1,
    key: column,
    close: (rows) => {
      const page = rows.slice(0, query.limit);
      const last = rows.length > query.limit ? page.at(-1) : undefined;
      const next_cursor = last ? encodeCursor({ key: keyText(last.sort_key), id: last.id, digest }) : null;
      return {
        data: page.map(({ sort_key: _, ...row }) => row),
        pagination: { limit: query.limit, has_more: last !== undefined, next_cursor },
      };
    },
  };
}

/** A row comparison, since that is an index bound at any depth; its form with OR is not. */
function after(rules: ListRules, column: PgColumn, { cursor, sort }: ListQuery, digest: string): SQL | undefined {
  if (cursor === null) return undefined;
  const found = decodeCursor(cursor);
  const isInstant = column.getSQLType().startsWith("timestamp");
  if (!found || found.digest !== digest || !isId(rules.prefix, found.id) || !isKey(found.key, isInstant)) {
    throw new DomainError(
      "cursor_invalid",
      "This cursor is not one of this list: the company, sort order or filters differ, or it was changed.",
    );
  }
  const type = sql.raw(isInstant ? "timestamptz" : "text");
  return sql`(${column}, ${rules.id}) ${sql.raw(sort.descending ? "<" : ">")} (${found.key}::${type}, ${found.id}::text)`;
}

function keyText(key: unknown): string {
  return key instanceof Date ? key.toISOString() : String(key);
}

function isKey(text: string, isInstant: boolean): boolean {
  if (isInstant) return !Number.isNaN(Date.parse(text)) && new Date(text).toISOString() === text && text > "0001";
  return text.isWellFormed() && !text.includes("\0");
}

function condition({ filters, lowered }: ListRules, { field, operator, value }: Filter): SQL {
  const column = filters[field] as PgColumn;
  const text = (raw: string): SQL => (lowered?.includes(field) ? sql`lower(${raw})` : sql`${raw}`);
  switch (operator) {
    case "in":
      return sql`${column} = any (${text(makePgArray(value as string[]))}::text[])`;
    case "is_null":
      return value ? sql`${column} is null` : sql`${column} is not null`;
    case "ne":
      return sql`${column} is distinct from ${value}`;
    case "eq":
      return lowered?.includes(field) ? eq(column, text(value as string)) : eq(column, value);
    default:
      return { gt, gte, lt, lte }[operator](column, value);
  }
}

/** `column in (…)` with one parameter, so that the statement stays the same whatever the number of values. */
export function oneOf(column: PgColumn, values: readonly string[]): SQL {
  return sql`${column} = any (${makePgArray([...values])}::text[])`;
}
