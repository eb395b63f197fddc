import { and, eq, ne, sql } from "drizzle-orm";
import type { PgColumn, PgTable } from "drizzle-orm/pg-core";
import type { Fault } from "#lib/contract/errors";
import type { Principal, Tx } from "#lib/db/company";
import { sqlState } from "#lib/db/faults";
import { attempt } from "#lib/db/savepoint";
import { accounts } from "#lib/db/tables/accounts";
import { members } from "#lib/db/tables/members";
import { AppError } from "#lib/errors";
import type { Permission } from "#lib/vocabulary";

/** Rules that several records share. */

/** Throws `version_mismatch` where the caller's record is not the present one. The row is to be locked by now. */
export function requireVersion(present: number, given: number | undefined): void {
  if (given === undefined || given === present) return;
  throw new AppError(
    "version_mismatch",
    `The record is at version ${present} by now, and your change was made from version ${given}.`,
  );
}

/** Throws what the door would for an endpoint that needs this permission: for what a request asks beside its own. */
export function requireAlso({ permissions, token, member }: Principal, required: Permission, what: string): void {
  if (permissions.includes(required)) return;
  if (token) throw new AppError("insufficient_scope", `${what} needs the scope ${required}.`, { required });
  throw new AppError(
    "forbidden_role",
    `${what} needs the permission ${required}, which the role ${member.role} does not have.`,
    { required },
  );
}

type References = { owner_id?: string | undefined; account_id?: string | null | undefined };

/** A fault for each reference that leads nowhere. An account that is found stays until the transaction ends. */
export async function referenceFaults(
  tx: Tx,
  principal: Principal,
  { owner_id, account_id }: References,
): Promise<Fault[]> {
  const faults: Fault[] = [];
  const company_id = principal.company.id;
  if (owner_id !== undefined && owner_id !== principal.member.id) {
    const [owner] = await tx
      .select({ id: members.id })
      .from(members)
      .where(and(eq(members.company_id, company_id), eq(members.id, owner_id), eq(members.status, "active")));
    if (!owner) faults.push({ pointer: "#/owner_id", code: "reference_not_found", detail: "No such active member." });
  }
  if (account_id !== undefined && account_id !== null) {
    const [account] = await tx
      .select({ id: accounts.id })
      .from(accounts)
      .where(and(eq(accounts.company_id, company_id), eq(accounts.id, account_id)))
      .for("key share");
    if (!account) faults.push({ pointer: "#/account_id", code: "reference_not_found", detail: "No such account." });
  }
  return faults;
}

/** A field whose value no two records of a company share. */
export type UniqueField = { field: string; column: PgColumn; value: string | null | undefined };
type Uniques = {
  table: PgTable & { id: PgColumn; company_id: PgColumn };
  noun: string;
  fields: UniqueField[];
  self?: string;
};

/** The refusal for a write that broke a unique constraint. The transaction must be usable. */
export async function duplicate(
  tx: Tx,
  principal: Principal,
  { table, noun, fields, self }: Uniques,
): Promise<AppError> {
  const taken: { field: string; id: string }[] = [];
  for (const { field, column, value } of fields) {
    if (value === null || value === undefined) continue;
    const [found] = await tx
      .select({ id: sql<string>`${table.id}` })
      .from(table as PgTable)
      .where(
        and(
          eq(table.company_id, principal.company.id),
          eq(column, value),
          self === undefined ? undefined : ne(table.id, self),
        ),
      );
    if (found) taken.push({ field, id: found.id });
  }
  if (taken.length === 0) return new AppError("conflict", "A concurrent request was in the way. Repeat the request.");
  const errors = taken.map(
    ({ field, id }): Fault => ({
      ...{ pointer: `#/${field}`, code: "not_unique" },
      detail: `Another ${noun} of the company has this value.`,
      existing_id: id,
    }),
  );
  const names = taken.map(({ field }) => field).join(" and ");
  return new AppError("duplicate", `There is another ${noun} with this ${names}.`, {
    existing_id: taken[0]?.id,
    errors,
  });
}

/** Runs an update; where it breaks a unique constraint, throws what `refuse` makes of it. */
export async function orDuplicate<T>(tx: Tx, update: () => Promise<T>, refuse: () => Promise<AppError>): Promise<T> {
  try {
    return await attempt(tx, update);
  } catch (error) {
    throw sqlState(error) === "23505" ? await refuse() : error;
  }
}

/** The fields of a patch that differ from the record. */
export function difference<T extends object>(record: T, patch: Partial<T>, fields: readonly (keyof T)[]): Partial<T> {
  const changed: Partial<T> = {};
  for (const field of fields) {
    if (patch[field] === undefined) continue;
    if (JSON.stringify(patch[field]) !== JSON.stringify(record[field])) changed[field] = patch[field];
  }
  return changed;
}

/** Some fields of a record, by name. */
export function pick<T extends object, K extends keyof T>(record: T, fields: readonly K[]): Pick<T, K> {
  return Object.fromEntries(fields.map((field) => [field, record[field]])) as Pick<T, K>;
}

/** What every change of a record writes beside the fields. The clock, not the transaction's start: it may have waited for a lock. */
export function changedBy(principal: Principal, version: PgColumn) {
  return {
    version: sql<number>`${version} + 1`,
    updated_at: sql<Date>`clock_timestamp()`,
    updated_by_member_id: principal.member.id,
    updated_by_token_id: principal.token?.id ?? null,
  };
}
