import { type SQL, sql } from "drizzle-orm";
import { check, customType, integer, makePgArray, pgSchema } from "drizzle-orm/pg-core";
import { type IdPrefix, idPattern } from "#lib/format/ids";

/** Not `public`: Supabase's own REST plane never sees this schema. */
export const repdesk = pgSchema("repdesk");

/** A TypeID, or a key that is compared byte by byte: quicker than by a language's rules, and the same on every server. */
export const bytewise = customType<{ data: string }>({ dataType: () => 'text collate "C"' });

export const bytea = customType<{ data: Buffer }>({ dataType: () => "bytea" });

/**
 * A list of texts, none of them null. Not `text().array()`: Drizzle's parser of arrays removes every backslash from what it reads.
 */
export const textList = customType<{ data: string[]; driverData: string }>({
  dataType: () => "text[]",
  toDriver: (values) => makePgArray(values),
  fromDriver: textsOf,
});

/** An element as PostgreSQL writes it: in quotes, where a backslash stands before a quote or another backslash, or plain. */
const element = /"([^"\\]*(?:\\.[^"\\]*)*)"|[^",{}]+/gs;

function textsOf(literal: string): string[] {
  return Array.from(literal.matchAll(element), ([plain, quoted]) => quoted?.replace(/\\(.)/gs, "$1") ?? plain);
}

/**
 * An instant. Milliseconds, as JavaScript has them, so that a value comes back as it went in. Not `timestamp()`: Drizzle reads the
 * years 1 to 99 as those of this and the last century, since an offset without minutes is not ISO 8601 to JavaScript.
 */
export const instant = customType<{ data: Date; driverData: string }>({
  dataType: () => "timestamp (3) with time zone",
  toDriver: (value) => value.toISOString(),
  fromDriver: (text) => new Date(text.replace(" ", "T").replace(/[+-]\d\d$/, "$&:00")),
});

/** What the transaction says of itself: `db/company` sets it, for this transaction only. After one it is an empty text. */
export function setting(name: "company_id" | "member_id" | "token_id" | "user_id" | "request_id"): SQL {
  return sql.raw(`nullif(current_setting('repdesk.${name}', true), '')`);
}

/** The company a row belongs to; a row-level policy holds it to the transaction's. */
export const companyId = () => bytewise().notNull().default(setting("company_id"));

export const createdAt = () => instant().notNull().default(sql`now()`);

export const version = () => integer().notNull().default(1);

type Column = { name: string };

const quoted = (column: Column) => sql.raw(`"${column.name}"`);

export function idCheck(name: string, prefix: IdPrefix) {
  return check(name, sql.raw(`"id" ~ '${idPattern(prefix).source}'`));
}

/** Length in characters, as the contract counts it. */
export function lengthCheck(name: string, column: Column, max: number, min = 1) {
  return check(name, sql`char_length(${quoted(column)}) between ${sql.raw(`${min} and ${max}`)}`);
}

export function oneOf(name: string, column: Column, values: readonly string[]) {
  return check(name, sql`${quoted(column)} in (${sql.raw(values.map((value) => `'${value}'`).join(", "))})`);
}

/** A list of words, each from a vocabulary. */
export function someOf(name: string, column: Column, values: readonly string[]) {
  return check(
    name,
    sql`${quoted(column)} <@ array[${sql.raw(values.map((value) => `'${value}'`).join(", "))}]::text[]`,
  );
}

export function tagsCheck(name: string, column: Column) {
  return check(name, sql`repdesk.are_tags(${quoted(column)})`);
}
