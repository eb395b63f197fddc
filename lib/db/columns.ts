import { type SQL, sql } from "drizzle-orm";
import { check, customType, integer, makePgArray, pgSchema } from "drizzle-orm/pg-core";
import { type IdPrefix, idPattern } from "#lib/format/ids";

/** Not `public`, so Supabase's own REST API never exposes it. */
export const repdesk = pgSchema("repdesk");

/** A TypeID or a key. Compared byte by byte, which is faster than a language's collation and the same on every server. */
export const bytewise = customType<{ data: string }>({ dataType: () => 'text collate "C"' });

export const bytea = customType<{ data: Buffer }>({ dataType: () => "bytea" });

/**
 * A list of texts without nulls. Not `text().array()`, because Drizzle's array parser removes every backslash.
 */
export const textList = customType<{ data: string[]; driverData: string }>({
  dataType: () => "text[]",
  toDriver: (values) => makePgArray(values),
  fromDriver: textsOf,
});

/** An array element as PostgreSQL writes it: plain, or quoted with backslashes before quotes and backslashes. */
const element = /"([^"\\]*(?:\\.[^"\\]*)*)"|[^",{}]+/gs;

function textsOf(literal: string): string[] {
  return Array.from(literal.matchAll(element), ([plain, quoted]) => quoted?.replace(/\\(.)/gs, "$1") ?? plain);
}

/**
 * An instant in milliseconds, as in JavaScript, so that a value is read back unchanged. Not `timestamp()`: PostgreSQL writes offsets
 * without minutes, which JavaScript doesn't parse as ISO 8601, so Drizzle reads years 1 to 99 as 19xx or 20xx.
 */
export const instant = customType<{ data: Date; driverData: string }>({
  dataType: () => "timestamp (3) with time zone",
  toDriver: (value) => value.toISOString(),
  fromDriver: (text) => new Date(text.replace(" ", "T").replace(/[+-]\d\d$/, "$&:00")),
});

/** A setting of the current transaction, made by `db/company`. PostgreSQL leaves it as an empty string afterward. */
export function setting(name: "company_id" | "member_id" | "token_id" | "user_id" | "request_id"): SQL {
  return sql.raw(`nullif(current_setting('repdesk.${name}', true), '')`);
}

/** The company that a row belongs to. A row-level policy requires it to be the transaction's. */
export const companyId = () => bytewise().notNull().default(setting("company_id"));

export const createdAt = () => instant().notNull().default(sql`now()`);

export const version = () => integer().notNull().default(1);

type Column = { name: string };

const quoted = (column: Column) => sql.raw(`"${column.name}"`);

export function idCheck(name: string, prefix: IdPrefix) {
  return check(name, sql.raw(`"id" ~ '${idPattern(prefix).source}'`));
}

/** Limits the length in characters, counted as in the contract. */
export function lengthCheck(name: string, column: Column, max: number, min = 1) {
  return check(name, sql`char_length(${quoted(column)}) between ${sql.raw(`${min} and ${max}`)}`);
}

export function oneOf(name: string, column: Column, values: readonly string[]) {
  return check(name, sql`${quoted(column)} in (${sql.raw(values.map((value) => `'${value}'`).join(", "))})`);
}

/** A list of words from a vocabulary. */
export function someOf(name: string, column: Column, values: readonly string[]) {
  return check(
    name,
    sql`${quoted(column)} <@ array[${sql.raw(values.map((value) => `'${value}'`).join(", "))}]::text[]`,
  );
}

export function tagsCheck(name: string, column: Column) {
  return check(name, sql`repdesk.are_tags(${quoted(column)})`);
}
