import { and, asc, desc, eq, is, SQL, sql } from "drizzle-orm";
import { PgColumn, type SelectedFields } from "drizzle-orm/pg-core";
import type { ListQuery } from "#lib/contract/list";
import type { RenderedPage, RenderedRecord } from "#lib/contract/rendered";
import type { AtOnce, Read } from "#lib/db/company";
import { notFound } from "#lib/domain/errors";
import {
  beyond,
  comparand,
  condition,
  cursorIn,
  digestOf,
  foreignCursor,
  type ListRules,
  paginationOf,
} from "#lib/domain/lists";
import type { Store } from "#lib/domain/records/store";
import { askedBy, foundBy, isSearched, tooBroad } from "#lib/domain/search";
import type { Fields } from "#lib/nouns/noun";
import { nounNames } from "#lib/vocabulary";

/*
 * Lists and single records in the statement that authenticates, with the records written as JSON by PostgreSQL, as the API encodes them.
 * Each function returns null for a query that takes more than one statement.
 */

const value = (name: string) => sql.placeholder(name);

/** One page. A search, a total, related records, or a cursor that has only a part of its key takes more than one statement. */
export function pageAtOnce<F extends Fields>(
  store: Store<F>,
  rules: ListRules,
  query: ListQuery,
): AtOnce<RenderedPage> | null {
  if (query.q !== null || query.count || query.include.length > 0) return null;
  const { noun, table } = store;
  const key = rules.sorts[query.sort.key] as PgColumn;
  const place = query.cursor === null ? undefined : cursorIn(rules, key, query.cursor);
  if (place === null || place?.hash !== undefined) return null;
  const filters = query.filters.map((filter, index) => ({ filter, name: `filter_${index}` }));
  const searched = isSearched(noun, query);
  // Callers choose the filters, and there must be few shapes: a connection prepares only so many statements.
  if (!searched && filters.length > 1) return null;
  const after = place && { key: value("key"), id: value("id") };
  const limit = sql`${value("limit")}::int`;

  const matching = () =>
    and(
      ...filters.map(({ filter, name }) => condition(rules, filter, sql`${value(name)}`)),
      after && beyond(rules, key, query, after),
    );
  const found = () => {
    const { page } = foundBy(noun, false, query, { key, after, limit: sql`${limit} + 1` }, value("asked"));
    return sql`${table.id} = any (${page}::text[])`;
  };
  const select: Read["select"] = (isReadable) => {
    const order = query.sort.descending ? desc : asc;
    const where = and(isReadable(table.company_id), searched ? found() : matching());
    const page = sql`select ${recordText(store)} as record, ${jsonValue(key)} as sort_key, ${table.id} as id
      from ${table} where ${where} order by ${order(key)}, ${order(table.id)} limit ${limit} + 1`;
    return sql`select coalesce(array_to_string((array_agg(record))[:${limit}], ','), '') as records,
      (array_agg(sort_key))[${limit}] as sort_key, (array_agg(id))[${limit}] as id, count(*) > ${limit} as has_more
      from (${page}) page`;
  };
  const conditions = query.filters.map(({ field, operator, value }) => [
    field,
    operator,
    operator === "is_null" && value,
  ]);
  return {
    read: {
      permission: `${nounNames[noun.name].plural}:read`,
      shape: JSON.stringify([rules.operation, query.sort, place !== undefined, searched || conditions]),
      select,
      values: {
        ...{ limit: query.limit, key: place?.key, id: place?.id, asked: askedBy(rules, query) },
        ...Object.fromEntries(filters.map(({ filter, name }) => [name, comparand(rules, filter)])),
      },
      ...(searched && { tooSlow: tooBroad }),
    },
    finish({ records, sort_key, id, has_more }, caller) {
      const digest = digestOf(rules, caller, query);
      if (place && place.digest !== digest) throw foreignCursor();
      const end = has_more ? { key: String(sort_key), id: String(id), digest } : undefined;
      return { rendered: "page", records: String(records), pagination: paginationOf(query, end) };
    },
  };
}

/** One record. Related records take more than one statement. */
export function recordAtOnce<F extends Fields>(
  store: Store<F>,
  { id, include = [] }: { id: string; include?: string[] | undefined },
): AtOnce<RenderedRecord> | null {
  if (include.length > 0) return null;
  const { noun, table } = store;
  const select: Read["select"] = (isReadable) =>
    sql`select ${recordText(store)} as record, ${table.version} as version
      from ${table} where ${and(isReadable(table.company_id), eq(table.id, value("id")))}`;
  return {
    read: {
      permission: `${nounNames[noun.name].plural}:read`,
      shape: `read ${noun.name}`,
      select,
      values: { id },
    },
    finish({ record, version }) {
      if (record === null) throw notFound();
      return { rendered: "record", record: String(record), version: Number(version) };
    },
  };
}

/** A record as the text of a JSON object, without spaces. */
function recordText({ columns }: Pick<Store<Fields>, "columns">): SQL {
  return sql`(${objectOf(columns)})::text`;
}

function objectOf(columns: SelectedFields): SQL {
  const values = Object.entries(columns).map(([name, column]) => sql`${jsonValue(column)} as ${sql.identifier(name)}`);
  return sql`select row_to_json(o) from (select ${sql.join(values, sql`, `)}) o`;
}

/** A value as `row_to_json` writes it the way the API does: timestamps in UTC with milliseconds (RFC 3339). */
function jsonValue(column: SelectedFields[string]): SQL {
  if (is(column, PgColumn)) {
    return column.getSQLType().startsWith("timestamp")
      ? sql`to_char(${column} at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"')`
      : sql`${column}`;
  }
  return is(column, SQL) ? column : sql`(${objectOf(column as SelectedFields)})`;
}
