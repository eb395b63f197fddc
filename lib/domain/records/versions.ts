import { sql } from "drizzle-orm";
import type { PgColumn } from "drizzle-orm/pg-core";
import type { Principal } from "#lib/db/company";
import { AppError } from "#lib/errors";

/** Throws `version_mismatch` if the caller's version isn't the record's. Lock the record first. */
export function requireVersion(current: number, given: number | undefined): void {
  if (given === undefined || given === current) return;
  throw new AppError(
    "version_mismatch",
    `The record is at version ${current}, but your change is based on version ${given}. Read it again and repeat the change.`,
  );
}

/** The fields of a patch that differ from the record. */
export function difference<T extends object>(
  record: T,
  patch: { [K in keyof T]?: T[K] | undefined },
  fields: readonly (keyof T)[],
): Partial<T> {
  const changed: Partial<T> = {};
  for (const field of fields) {
    const value = patch[field];
    if (value === undefined) continue;
    if (JSON.stringify(value) !== JSON.stringify(record[field])) changed[field] = value;
  }
  return changed;
}

export function pick<T extends object, K extends keyof T>(record: T, fields: readonly K[]): Pick<T, K> {
  return Object.fromEntries(fields.map((field) => [field, record[field]])) as Pick<T, K>;
}

/** What a change writes in addition to its fields. Uses the clock, since the transaction may have waited for a lock. */
export function changedBy(principal: Principal, version: PgColumn) {
  return {
    version: sql<number>`${version} + 1`,
    updated_at: sql<Date>`clock_timestamp()`,
    updated_by_member_id: principal.member.id,
    updated_by_token_id: principal.token?.id ?? null,
  };
}
