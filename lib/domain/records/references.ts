import { and, eq } from "drizzle-orm";
import type { Fault } from "#lib/contract/errors";
import type { Principal, Tx } from "#lib/db/company";
import { accounts } from "#lib/db/tables/accounts";
import { contacts } from "#lib/db/tables/contacts";
import { members } from "#lib/db/tables/members";
import { notes } from "#lib/db/tables/notes";
import type { RecordTable } from "#lib/domain/records/store";
import { AppError } from "#lib/errors";
import { type Fields, type Noun, references } from "#lib/nouns/noun";
import { type NounName, nounNames, type Permission } from "#lib/vocabulary";

const tables: Record<NounName, RecordTable> = { account: accounts, contact: contacts, note: notes };

/** Returns a fault for each reference to a record that doesn't exist. Locks the others, so they aren't deleted before the commit. */
export async function referenceFaults<F extends Fields>(
  tx: Tx,
  principal: Principal,
  noun: Noun<F>,
  values: Record<string, unknown>,
): Promise<Fault[]> {
  const faults: Fault[] = [];
  for (const { field, to } of references(noun)) {
    const id = values[field];
    if (typeof id !== "string") continue;
    const exists = to === "member" ? isActiveMember : isHeld(to);
    const detail = to === "member" ? "No such active member." : `No such ${to}.`;
    if (!(await exists(tx, principal, id))) faults.push({ pointer: `#/${field}`, code: "reference_not_found", detail });
  }
  return faults;
}

async function isActiveMember(tx: Tx, { company, member }: Principal, id: string): Promise<boolean> {
  if (id === member.id) return true;
  const isActive = and(eq(members.company_id, company.id), eq(members.id, id), eq(members.status, "active"));
  const found = await tx.select({ id: members.id }).from(members).where(isActive);
  return found.length > 0;
}

function isHeld(name: NounName) {
  return async (tx: Tx, { company }: Principal, id: string): Promise<boolean> => {
    const { company_id, id: key } = tables[name];
    const isIt = and(eq(company_id, company.id), eq(key, id));
    const found = await tx.select({ id: key }).from(tables[name]).where(isIt).for("key share");
    return found.length > 0;
  };
}

/** Whether the caller has a permission in addition to the endpoint's own. If so, the request counts as one that needs it. */
export function mayAlso(principal: Principal, permission: Permission): boolean {
  if (!principal.permissions.includes(permission)) return false;
  principal.alsoNeeded ??= [];
  if (!principal.alsoNeeded.includes(permission)) principal.alsoNeeded.push(permission);
  return true;
}

/** Requires a permission in addition to the endpoint's own. Throws the same errors as the endpoint would. */
export function requireAlso(principal: Principal, required: Permission, what: string): void {
  if (mayAlso(principal, required)) return;
  const { token, member } = principal;
  if (token) throw new AppError("insufficient_scope", `${what} requires the scope ${required}.`, { required });
  throw new AppError(
    "forbidden_role",
    `${what} requires the permission ${required}, which the role ${member.role} doesn't have.`,
    { required },
  );
}

/** Functions that read records by their ids, for `include`. */
export type Loaders = Record<string, (tx: Tx, principal: Principal, ids: readonly string[]) => Promise<unknown[]>>;
export type Related<L extends Loaders> = { [K in keyof L]?: Awaited<ReturnType<L[K]>> };

/** Throws unless the caller may read every kind of record in `include`. */
export function requireIncluded<F extends Fields>(
  noun: Noun<F>,
  principal: Principal,
  include: readonly string[],
): void {
  for (const { include: name, to } of references(noun)) {
    if (to !== "member" && include.includes(name))
      requireAlso(principal, `${nounNames[to].plural}:read`, `include=${name}`);
  }
}

/** Reads the records that `records` refer to and `include` names. */
export async function related<F extends Fields, L extends Loaders>(
  tx: Tx,
  principal: Principal,
  { noun, loaders }: { noun: Noun<F>; loaders: L },
  include: readonly string[],
  records: readonly Record<string, unknown>[],
): Promise<Related<L> | undefined> {
  const wanted = references(noun).filter((reference) => include.includes(reference.include));
  if (wanted.length === 0) return undefined;
  const found: Record<string, unknown> = {};
  for (const key of Object.keys(loaders)) {
    const fields = wanted.filter(({ to }) => (to === "member" ? "members" : nounNames[to].plural) === key);
    if (fields.length === 0) continue;
    const ids = fields
      .flatMap(({ field }) => records.map((record) => record[field]))
      .filter((id) => typeof id === "string");
    found[key] = ids.length === 0 ? [] : await loaders[key]?.(tx, principal, [...new Set(ids)]);
  }
  return found as Related<L>;
}
