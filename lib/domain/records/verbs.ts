import { and, eq, sql } from "drizzle-orm";
import type { Fault } from "#lib/contract/errors";
import type { ListQuery } from "#lib/contract/list";
import type { Principal, Tx } from "#lib/db/company";
import { audit } from "#lib/domain/audit";
import { invalid, notFound } from "#lib/domain/errors";
import { type ListRules, pagingOf, totalOf } from "#lib/domain/lists";
import { pageAtOnce, recordAtOnce } from "#lib/domain/records/at-once";
import { type Loaders, mayAlso, referenceFaults, related, requireIncluded } from "#lib/domain/records/references";
import {
  find,
  findAll,
  findLocked,
  findPage,
  insertRecord,
  isRecord,
  keyColumn,
  type Store,
  updateRecord,
} from "#lib/domain/records/store";
import { duplicate, keysOf, orDuplicate, touchesUnique } from "#lib/domain/records/uniques";
import { changedBy, difference, pick, requireVersion } from "#lib/domain/records/versions";
import { askedBy, foundBy, isSearched, orTooBroad } from "#lib/domain/search";
import { newId } from "#lib/format/ids";
import type { Field, Fields, RecordOf, Writable } from "#lib/nouns/noun";
import { writable } from "#lib/nouns/noun";
import { nounNames } from "#lib/vocabulary";

/** A noun's own rules. */
type Rules<F extends Fields, L extends Loaders> = {
  /** Loads the records that `include` adds, by the key under which they are returned. */
  loaders: L;
  /** Throws unless the caller may change or delete the record, in addition to having the permission. */
  beforeChange?: (principal: Principal, record: RecordOf<F>) => void;
  /** Runs before a record is deleted. The record is locked. Throws if it can't be deleted. */
  beforeRemove?: (tx: Tx, principal: Principal, record: RecordOf<F>) => Promise<void>;
};

type Sent<F extends Fields> = { [K in keyof Writable<F>]?: Writable<F>[K] | undefined };
type One = { id: string };
type Versioned = One & { if_version?: number | undefined };

/** The verbs for a noun's records: list, create, read, update, and remove, each inside one company. */
export function recordVerbs<F extends Fields, L extends Loaders>(store: Store<F>, rules: Rules<F, L>) {
  const { noun, table } = store;
  const { prefix } = nounNames[noun.name];
  const fields = writable(noun);
  const listRules = listRulesOf(store);
  const including = { noun, loaders: rules.loaders };

  async function list(tx: Tx, principal: Principal, query: ListQuery) {
    requireIncluded(noun, principal, query.include);
    const paging = await pagingOf(tx, listRules, principal, query);
    const found = isSearched(noun, query)
      ? foundBy(noun, searchesAccounts(principal, query), query, paging, askedBy(listRules, query))
      : undefined;
    const ofCompany = eq(table.company_id, principal.company.id);
    const where = and(ofCompany, found ? sql`${table.id} = any (${found.page}::text[])` : paging.where);
    const { rows, total } = await orTooBroad(found, async () => ({
      rows: await findPage(tx, store, { ...paging, where }),
      total: query.count ? await totalOf(tx, table, and(ofCompany, paging.matching), found?.count) : {},
    }));
    const { data, pagination } = paging.finish(rows);
    const included = await related(tx, principal, including, query.include, data);
    return { data, pagination: { ...pagination, ...total }, included };
  }

  function searchesAccounts(principal: Principal, { q }: ListQuery): boolean {
    return noun.name === "contact" && q !== null && mayAlso(principal, "accounts:read");
  }

  async function read(tx: Tx, principal: Principal, { id, include = [] }: One & { include?: string[] | undefined }) {
    requireIncluded(noun, principal, include);
    const record = await get(tx, principal, id);
    return { ...record, included: await related(tx, principal, including, include, [record]) };
  }

  async function create(tx: Tx, principal: Principal, input: Sent<F>): Promise<RecordOf<F>> {
    const faults = await createFaults(tx, principal, input);
    if (faults.length > 0) throw invalid(...faults);
    const id = newId(prefix);
    const record = await insertRecord(tx, store, { id, ...pick(input, fields), ...keysOf(noun, input) });
    if (!record) throw await duplicate(tx, store, principal, input);
    audit(tx, { action: `${noun.name}.created`, subject: id, before: null, after: pick(record, fields) });
    return record;
  }

  async function update(tx: Tx, principal: Principal, input: Versioned & Sent<F>): Promise<RecordOf<F>> {
    const { id, if_version } = input;
    const before = await lock(tx, principal, id, "no key update");
    rules.beforeChange?.(principal, before);
    requireVersion(before.version, if_version);
    const changed = difference<Writable<F>>(before, input, fields);
    if (Object.keys(changed).length === 0) return before;
    const faults = await changeFaults(tx, principal, before, changed);
    if (faults.length > 0) throw invalid(...faults);
    const set = { ...changed, ...keysOf(noun, changed), ...changedBy(principal, table.version) };
    const write = () => updateRecord(tx, store, principal, id, set);
    const after = touchesUnique(noun, changed)
      ? await orDuplicate(tx, write, () => duplicate(tx, store, principal, changed, id))
      : await write();
    const [was, is] = [pick(before, fields), pick(after, fields)];
    audit(tx, { action: `${noun.name}.updated`, subject: id, before: was, after: is });
    return after;
  }

  async function remove(tx: Tx, principal: Principal, { id, if_version }: Versioned): Promise<void> {
    const before = await lock(tx, principal, id, "update");
    rules.beforeChange?.(principal, before);
    requireVersion(before.version, if_version);
    await rules.beforeRemove?.(tx, principal, before);
    await tx.delete(table).where(isRecord(store, principal, id));
    audit(tx, { action: `${noun.name}.deleted`, subject: id, before: pick(before, fields), after: null });
  }

  /** Faults of a create that the schema can't find. `input` has the fields that the schema accepted. */
  function createFaults(tx: Tx, principal: Principal, input: Sent<F>): Promise<Fault[]> {
    return referenceFaults(tx, principal, noun, input);
  }

  /** The same for an update. */
  async function updateFaults(tx: Tx, principal: Principal, input: Partial<Versioned> & Sent<F>) {
    const before = await find(tx, store, principal, input.id ?? "");
    return before ? changeFaults(tx, principal, before, difference<Writable<F>>(before, input, fields)) : [];
  }

  async function changeFaults(tx: Tx, principal: Principal, before: RecordOf<F>, changed: Sent<F>): Promise<Fault[]> {
    const faults = await referenceFaults(tx, principal, noun, changed);
    if (!noun.rule || noun.rule.holds({ ...before, ...changed })) return faults;
    const { field, code, detail } = noun.rule;
    return [{ pointer: `#/${field}`, code, detail }, ...faults];
  }

  async function get(tx: Tx, principal: Principal, id: string): Promise<RecordOf<F>> {
    return found(await find(tx, store, principal, id));
  }

  async function lock(tx: Tx, principal: Principal, id: string, strength: "no key update" | "update") {
    return found(await findLocked(tx, store, principal, id, strength));
  }

  const listAtOnce = (query: ListQuery) => pageAtOnce(store, listRules, query);
  const readAtOnce = (input: One & { include?: string[] | undefined }) => recordAtOnce(store, input);
  const byIds = (tx: Tx, principal: Principal, ids: readonly string[]) => findAll(tx, store, principal, ids);
  return { list, listAtOnce, create, createFaults, read, readAtOnce, update, updateFaults, remove, byIds };
}

function found<T>(record: T | undefined): T {
  if (!record) throw notFound();
  return record;
}

function listRulesOf<F extends Fields>(store: Store<F>): ListRules {
  const { noun, table } = store;
  const filtered = Object.entries<Field>(noun.fields).filter(([, { filters }]) => filters !== undefined);
  const own = { created_at: table.created_at, updated_at: table.updated_at };
  return {
    operation: `list ${noun.name}`,
    prefix: nounNames[noun.name].prefix,
    id: table.id,
    sorts: { ...own, ...Object.fromEntries(noun.sorts.map((name) => [name, keyColumn(store, name)])) },
    filters: { ...own, ...Object.fromEntries(filtered.map(([name]) => [name, keyColumn(store, name)])) },
    keys: Object.fromEntries(filtered.flatMap(([name, { keyOf }]) => (keyOf ? [[name, keyOf]] : []))),
  };
}
