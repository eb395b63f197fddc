import { and, eq, ne, sql } from "drizzle-orm";
import type { Fault } from "#lib/contract/errors";
import type { Principal, Tx } from "#lib/db/company";
import { sqlState } from "#lib/db/faults";
import { attempt } from "#lib/db/savepoint";
import { keyColumn, type Store } from "#lib/domain/records/store";
import { AppError } from "#lib/errors";
import type { Field, Fields, Noun } from "#lib/nouns/noun";

type Values = Record<string, unknown>;

/** The `<field>_key` columns for the values to write. */
export function keysOf<F extends Fields>({ fields }: Noun<F>, values: Values): Values {
  const keyed = Object.entries<Field>(fields).filter(([name, { keyOf }]) => keyOf && values[name] !== undefined);
  return Object.fromEntries(keyed.map(([name, field]) => [`${name}_key`, keyOf(field, values[name])]));
}

function keyOf({ keyOf }: Field, value: unknown): unknown {
  return keyOf && typeof value === "string" ? keyOf(value) : value;
}

/** Whether a change sets a unique field. */
export function touchesUnique<F extends Fields>({ fields }: Noun<F>, values: Values): boolean {
  return Object.entries<Field>(fields).some(([name, { unique }]) => unique && values[name]);
}

/** The error for a write that broke a unique constraint. Names the fields, and the records that have the values. */
export async function duplicate<F extends Fields>(
  tx: Tx,
  store: Store<F>,
  principal: Principal,
  values: Values,
  self?: string,
): Promise<AppError> {
  const { noun, table } = store;
  const errors: (Fault & { existing_id: string })[] = [];
  for (const [field, facts] of Object.entries<Field>(noun.fields)) {
    const value = values[field];
    if (!facts.unique || value === null || value === undefined) continue;
    const [found] = await tx
      .select({ id: sql<string>`${table.id}` })
      .from(table)
      .where(
        and(
          eq(table.company_id, principal.company.id),
          eq(keyColumn(store, field), keyOf(facts, value)),
          self === undefined ? undefined : ne(table.id, self),
        ),
      );
    const detail = `Another ${noun.name} in your company has this value.`;
    if (found) errors.push({ pointer: `#/${field}`, code: "not_unique", detail, existing_id: found.id });
  }
  const [first] = errors;
  if (!first) return new AppError("conflict", "A concurrent request got in the way. Repeat the request.");
  const names = errors.map(({ pointer }) => pointer?.slice(2)).join(" and ");
  return new AppError("duplicate", `Another ${noun.name} has this ${names}.`, {
    existing_id: first.existing_id,
    errors,
  });
}

/** Runs an update. If it breaks a unique constraint, throws the error that `errorOf` makes. */
export async function orDuplicate<T>(tx: Tx, update: () => Promise<T>, errorOf: () => Promise<Error>): Promise<T> {
  try {
    return await attempt(tx, update);
  } catch (error) {
    throw sqlState(error) === "23505" ? await errorOf() : error;
  }
}
