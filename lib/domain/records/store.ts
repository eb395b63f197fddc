import { and, Column, eq, getTableColumns, is, SQL } from "drizzle-orm";
import type { PgColumn, PgTable, SelectedFields, SelectedFieldsFlat } from "drizzle-orm/pg-core";
import { built, type Principal, placeholders, type Tx } from "#lib/db/company";
import { oneOf } from "#lib/domain/lists";
import type { Fields, Noun, RecordOf } from "#lib/nouns/noun";

type Common =
  | "id"
  | "company_id"
  | "version"
  | "created_at"
  | "updated_at"
  | `${"created" | "updated"}_by_${"member" | "token"}_id`;

/** A table of records: each belongs to a company and has a version, a creator, and a last editor. */
export type RecordTable = PgTable & Record<Common, PgColumn>;

/** A noun's table, and the columns to read. */
export type Store<F extends Fields> = { noun: Noun<F>; table: RecordTable; columns: SelectedFields };

/** Maps a noun's fields to columns. `derived` has those that aren't in the table. */
export function storeOf<F extends Fields>(
  noun: Noun<F>,
  table: RecordTable,
  derived: Partial<Record<keyof F, SQL>> = {},
): Store<F> {
  const own: Record<string, PgColumn> = getTableColumns(table);
  const fields = Object.keys(noun.fields).map((name) => [name, derived[name] ?? own[name]]);
  const columns = {
    id: table.id,
    ...Object.fromEntries(fields),
    version: table.version,
    created_at: table.created_at,
    updated_at: table.updated_at,
    created_by: { member_id: table.created_by_member_id, token_id: table.created_by_token_id },
    updated_by: { member_id: table.updated_by_member_id, token_id: table.updated_by_token_id },
  };
  return { noun, table, columns };
}

/** The column that a field is sorted, filtered, and compared by: its key, if it has one. */
export function keyColumn({ table }: Pick<Store<Fields>, "table">, field: string): PgColumn {
  const columns: Record<string, PgColumn> = getTableColumns(table);
  const column = columns[`${field}_key`] ?? columns[field];
  if (!column) throw new Error(`The table has no column for ${field}.`);
  return column;
}

export function isRecord({ table }: Pick<Store<Fields>, "table">, principal: Principal, id: string): SQL | undefined {
  return and(eq(table.company_id, principal.company.id), eq(table.id, id));
}

/** Runs a select of whole records. The cast is safe: a type test compares the table with the noun. */
async function records<F extends Fields>(rows: PromiseLike<unknown[]>): Promise<RecordOf<F>[]> {
  return (await rows) as RecordOf<F>[];
}

export async function find<F extends Fields>(tx: Tx, store: Store<F>, principal: Principal, id: string) {
  const where = isRecord(store, principal, id);
  const [record] = await records<F>(tx.select(store.columns).from(store.table).where(where));
  return record;
}

/** Reads a record and locks it until the transaction ends. With `no key update`, new references to it are still possible. */
export async function findLocked<F extends Fields>(
  tx: Tx,
  store: Store<F>,
  principal: Principal,
  id: string,
  strength: "no key update" | "update",
) {
  const where = isRecord(store, principal, id);
  const [record] = await records<F>(tx.select(store.columns).from(store.table).where(where).for(strength));
  return record;
}

/** Inserts a record. Undefined if it breaks a unique constraint. */
export async function insertRecord<F extends Fields>(tx: Tx, { noun, table, columns }: Store<F>, values: Values) {
  const named = placeholders(values);
  const statement = built(tx, `insert ${noun.name} ${Object.keys(named)}`, () =>
    tx.insert(table).values(named).onConflictDoNothing().returning(flat(columns)),
  );
  const [row] = await statement.execute(values);
  return row && nested<F>(row);
}

/** Updates a record that exists and is locked. */
export async function updateRecord<F extends Fields>(
  tx: Tx,
  store: Store<F>,
  principal: Principal,
  id: string,
  values: Values,
) {
  const { table, columns } = store;
  const where = isRecord(store, principal, id);
  const [row] = await tx.update(table).set(values).where(where).returning(flat(columns));
  return nested<F>(row as Values);
}

type Values = Record<string, unknown>;

/** RETURNING takes no nested columns: `created_by.member_id` is one name. */
function flat(columns: SelectedFields): SelectedFieldsFlat {
  const entries = Object.entries(columns).flatMap(([name, column]) =>
    is(column, Column) || is(column, SQL)
      ? [[name, column]]
      : Object.entries(column).map(([inner, part]) => [`${name}.${inner}`, part]),
  );
  return Object.fromEntries(entries);
}

function nested<F extends Fields>(row: Values): RecordOf<F> {
  const record: Record<string, Values> = {};
  for (const [name, value] of Object.entries(row)) {
    const [outer, inner] = name.split(".") as [string, string?];
    if (inner === undefined) Object.assign(record, { [outer]: value });
    else record[outer] = { ...record[outer], [inner]: value };
  }
  return record as RecordOf<F>;
}

/** The records with these ids, in any order. */
export async function findAll<F extends Fields>(tx: Tx, store: Store<F>, principal: Principal, ids: readonly string[]) {
  const where = and(eq(store.table.company_id, principal.company.id), oneOf(store.table.id, ids));
  return records<F>(tx.select(store.columns).from(store.table).where(where));
}

/** The records of a page, each with its sort key. */
export async function findPage<F extends Fields>(
  tx: Tx,
  { columns, table }: Store<F>,
  { key, where, orderBy, limit }: { key: PgColumn; where: SQL | undefined; orderBy: SQL[]; limit: number },
) {
  const rows = tx
    .select({ ...columns, sort_key: key })
    .from(table)
    .where(where)
    .orderBy(...orderBy)
    .limit(limit);
  return (await rows) as (RecordOf<F> & { sort_key: unknown })[];
}
