import { type SQL, sql } from "drizzle-orm";
import { makePgArray } from "drizzle-orm/pg-core";
import { type ListQuery, mostCounted } from "#lib/contract/list";
import type { Principal } from "#lib/db/company";
import { isTooSlow } from "#lib/db/faults";
import type { ListRules, Paging } from "#lib/domain/lists";
import { AppError } from "#lib/errors";
import type { Field, Fields, Noun } from "#lib/nouns/noun";

/** Runs the statements of a list. Throws `search_too_broad` if the database gives up on its search or filters. */
export async function orTooBroad<T>(found: Found | undefined, work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (error) {
    if (!found || !isTooSlow(error)) throw error;
    throw new AppError(
      "search_too_broad",
      "This search takes too long. Add a word or a filter, or sort by another field.",
    );
  }
}

/** The ids of the records that a list shows, and how many there are, as parts of a statement. */
type Found = { page: SQL; count: SQL<number> };

/**
 * Finds the records of a list by its search and filters. Under row-level security PostgreSQL uses no index for LIKE and arrays, so
 * `repdesk.find_records` does it. Undefined if the list's own order or a unique key finds them at once.
 */
export function foundBy<F extends Fields>(
  noun: Noun<F>,
  { filters: columns, keys }: ListRules,
  { permissions }: Principal,
  { q, filters, sort }: ListQuery,
  { key, after, limit }: Paging,
): Found | undefined {
  const isUnique = ({ field, operator }: { field: string; operator: string }) =>
    (noun.fields as Record<string, Field>)[field]?.unique && (operator === "eq" || operator === "in");
  if (q === null && (filters.length === 0 || filters.some(isUnique))) return undefined;
  const asked = filters.map(({ field, operator, value }) => {
    const keyed = (one: unknown) => (keys?.[field] ? keys[field](one as string) : one);
    const sent = Array.isArray(value) ? makePgArray(value.map(keyed)) : value;
    return { field: (columns[field] as { name: string }).name, operator, value: sent };
  });
  const withAccounts = noun.name === "contact" && permissions.includes("accounts:read");
  const what = sql`${noun.name}, ${q}, ${withAccounts}, ${JSON.stringify(asked)}::jsonb`;
  const where = sql`${key.name}, ${sort.descending}, ${after?.key ?? null}, ${after?.id ?? null}, ${limit}`;
  // In a subquery, so that it is called once and not for each row.
  return {
    page: sql`(select repdesk.find_records(${what}, ${where}))`,
    count: sql`cardinality(repdesk.find_records(${what}, null, false, null, null, ${mostCounted + 1}))`,
  };
}
