import { type SQL, sql } from "drizzle-orm";
import type { PgColumn } from "drizzle-orm/pg-core";
import { type Filter, type ListQuery, mostCounted } from "#lib/contract/list";
import { isTooSlow } from "#lib/db/faults";
import { comparand, type ListRules, type Place } from "#lib/domain/lists";
import { AppError } from "#lib/errors";
import type { Field, Fields, Noun } from "#lib/nouns/noun";

/** Runs the statements of a list. Throws `search_too_broad` if the database gives up on its search or filters. */
export async function orTooBroad<T>(found: Found | undefined, work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (error) {
    throw found && isTooSlow(error) ? tooBroad() : error;
  }
}

/** The ids of the records that a list shows, and how many there are, as parts of a statement. */
type Found = { page: SQL; count: SQL<number> };

/** Where a page begins, and how long it is. The values may be placeholders. */
type Page = { key: PgColumn; after: Record<keyof Place, unknown> | undefined; limit: unknown };

/** Whether a list is found by `repdesk.find_records`, and not at once by its own order or a unique key. */
export function isSearched<F extends Fields>(noun: Noun<F>, { q, filters }: ListQuery): boolean {
  const isUnique = ({ field, operator }: Filter) =>
    (noun.fields as Record<string, Field>)[field]?.unique && (operator === "eq" || operator === "in");
  return q !== null || (filters.length > 0 && !filters.some(isUnique));
}

/** The filters in the form that `repdesk.find_records` takes. */
export function askedBy(rules: ListRules, { filters }: ListQuery): string {
  const asked = filters.map((filter) => {
    const { name } = rules.filters[filter.field] as PgColumn;
    return { field: name, operator: filter.operator, value: comparand(rules, filter) };
  });
  return JSON.stringify(asked);
}

/**
 * Finds the records of a list by its search and filters. Under row-level security PostgreSQL uses no index for LIKE and arrays, so
 * `repdesk.find_records` does it. `withAccounts`: whether a search for contacts also looks at their accounts' names. `asked`: what
 * `askedBy` returns.
 */
export function foundBy<F extends Fields>(
  noun: Noun<F>,
  withAccounts: boolean,
  { q, sort }: ListQuery,
  { key, after, limit }: Page,
  asked: unknown,
): Found {
  const what = sql`${noun.name}, ${q}, ${withAccounts}, ${asked}::jsonb`;
  const where = sql`${key.name}, ${sort.descending}, ${after?.key ?? null}, ${after?.id ?? null}, ${limit}`;
  // In a subquery, so that it is called once and not for each row.
  return {
    page: sql`(select repdesk.find_records(${what}, ${where}))`,
    count: sql`cardinality(repdesk.find_records(${what}, null, false, null, null, ${mostCounted + 1}))`,
  };
}

/** The error for a list whose search or filters took longer than the database may. */
export function tooBroad(): AppError {
  return new AppError(
    "search_too_broad",
    "This search takes too long. Add a word or a filter, or sort by another field.",
  );
}
