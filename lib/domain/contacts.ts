import { and, eq } from "drizzle-orm";
import type {
  createContact,
  deleteContact,
  listContacts,
  readContact as readContract,
  updateContact,
} from "#lib/contract/contacts";
import type { InputOf, ResultOf } from "#lib/contract/endpoint";
import type { Fault } from "#lib/contract/errors";
import type { Principal, Tx } from "#lib/db/company";
import { contacts as table } from "#lib/db/tables/contacts";
import { audit } from "#lib/domain/audit";
import { invalid } from "#lib/domain/errors";
import { type ListRules, totalOf, windowOf } from "#lib/domain/lists";
import { accountsOf } from "#lib/domain/records/account";
import {
  contactColumns,
  contactFields,
  findContact,
  isContact,
  lockContact,
  readContact,
} from "#lib/domain/records/contact";
import { membersOf } from "#lib/domain/records/member";
import {
  changedBy,
  difference,
  duplicate,
  orDuplicate,
  pick,
  referenceFaults,
  requireAlso,
  requireVersion,
} from "#lib/domain/rules";
import { contactSearch } from "#lib/domain/search";
import { addressKey } from "#lib/format/domain";
import { newId } from "#lib/format/ids";

const rules: ListRules = {
  operation: "listContacts",
  prefix: "con",
  id: table.id,
  sorts: { created_at: table.created_at, updated_at: table.updated_at, name: table.name_key },
  filters: {
    account_id: table.account_id,
    email: table.email_key,
    external_id: table.external_id,
    owner_id: table.owner_id,
    do_not_contact: table.do_not_contact,
    tags: table.tags,
    created_at: table.created_at,
    updated_at: table.updated_at,
  },
  keys: { email: addressKey },
};

async function list(
  tx: Tx,
  principal: Principal,
  input: InputOf<typeof listContacts>,
): Promise<ResultOf<typeof listContacts>> {
  requireIncluded(principal, input.include);
  const window = await windowOf(tx, rules, principal, input);
  const found = await contactSearch(tx, principal, input.q);
  const ofCompany = eq(table.company_id, principal.company.id);
  const rows = await tx
    .select({ ...contactColumns, sort_key: window.key })
    .from(table)
    .where(and(ofCompany, window.where, found))
    .orderBy(...window.orderBy)
    .limit(window.limit);
  const { data, pagination } = window.close(rows);
  const total = input.count ? await totalOf(tx, table, and(ofCompany, window.matching, found)) : {};
  return { data, pagination: { ...pagination, ...total }, included: await related(tx, principal, input.include, data) };
}

/** Accounts come along only for who may read them. */
function requireIncluded(principal: Principal, include: readonly string[]): void {
  if (include.includes("account")) requireAlso(principal, "accounts:read", "include=account");
}

type Naming = { account_id: string | null; owner_id: string };

/** The records that contacts name, as far as they were asked for. */
async function related(tx: Tx, principal: Principal, include: readonly string[], records: Naming[]) {
  const [withAccounts, withOwners] = [include.includes("account"), include.includes("owner")];
  if (!withAccounts && !withOwners) return undefined;
  const accountIds = records.map(({ account_id }) => account_id);
  const owners = records.map(({ owner_id }) => owner_id);
  return {
    accounts: withAccounts ? await accountsOf(tx, principal, accountIds) : undefined,
    members: withOwners ? await membersOf(tx, principal, owners) : undefined,
  };
}

async function create(
  tx: Tx,
  principal: Principal,
  input: InputOf<typeof createContact>,
): Promise<ResultOf<typeof createContact>> {
  const faults = await referenceFaults(tx, principal, input);
  if (faults.length > 0) throw invalid(...faults);
  const id = newId("con");
  const made = await tx
    .insert(table)
    .values({ id, ...pick(input, contactFields), ...keyOf(input) })
    .onConflictDoNothing()
    .returning({ id: table.id });
  if (made.length === 0) throw await duplicate(tx, principal, uniques(input));
  const contact = await readContact(tx, principal, id);
  await audit(tx, { action: "contact.created", subject: id, before: null, after: pick(contact, contactFields) });
  return contact;
}

async function read(
  tx: Tx,
  principal: Principal,
  { id, include = [] }: InputOf<typeof readContract>,
): Promise<ResultOf<typeof readContract>> {
  requireIncluded(principal, include);
  const contact = await readContact(tx, principal, id);
  return { ...contact, included: await related(tx, principal, include, [contact]) };
}

async function update(
  tx: Tx,
  principal: Principal,
  input: InputOf<typeof updateContact>,
): Promise<ResultOf<typeof updateContact>> {
  const { id, if_version, ...patch } = input;
  const before = await lockContact(tx, principal, id);
  requireVersion(before.version, if_version);
  const changed = difference(before, patch, contactFields);
  if (Object.keys(changed).length === 0) return before;
  const faults = await changeFaults(tx, principal, before, changed);
  if (faults.length > 0) throw invalid(...faults);
  const write = async () => {
    await tx
      .update(table)
      .set({ ...changed, ...keyOf(changed), ...changedBy(principal, table.version) })
      .where(isContact(principal, id));
  };
  if (changed.email || changed.external_id)
    await orDuplicate(tx, write, () => duplicate(tx, principal, uniques(changed, id)));
  else await write();
  const contact = await readContact(tx, principal, id);
  await audit(tx, {
    action: "contact.updated",
    subject: id,
    before: pick(before, contactFields),
    after: pick(contact, contactFields),
  });
  return contact;
}

type Record = Awaited<ReturnType<typeof readContact>>;

/** Faults of a change that only the record and what it refers to can tell. */
async function changeFaults(tx: Tx, principal: Principal, before: Record, changed: Partial<Record>): Promise<Fault[]> {
  const faults = await referenceFaults(tx, principal, changed);
  const { first_name, last_name, email } = { ...before, ...changed };
  if (first_name || last_name || email) return faults;
  const detail = "A contact keeps at least one of first name, last name and e-mail address.";
  return [{ pointer: "#/first_name", code: "required", detail }, ...faults];
}

/** Faults of an update that its form does not show. `input` holds the fields whose form is right. */
async function updateFaults(tx: Tx, principal: Principal, input: Partial<InputOf<typeof updateContact>>) {
  const { id = "", if_version: _, ...patch } = input;
  const before = await findContact(tx, principal, id);
  return before ? changeFaults(tx, principal, before, difference(before, patch, contactFields)) : [];
}

async function remove(tx: Tx, principal: Principal, { id, if_version }: InputOf<typeof deleteContact>): Promise<void> {
  const before = await lockContact(tx, principal, id);
  requireVersion(before.version, if_version);
  await tx.delete(table).where(isContact(principal, id));
  await audit(tx, { action: "contact.deleted", subject: id, before: pick(before, contactFields), after: null });
}

/** The key of the e-mail address that is written, if one is. */
function keyOf({ email }: { email?: string | null }): { email_key?: string | null } {
  return email === undefined ? {} : { email_key: email && addressKey(email) };
}

function uniques(written: { email?: string | null; external_id?: string | null }, self?: string) {
  const { external_id } = written;
  const fields = [
    { field: "email", column: table.email_key, value: keyOf(written).email_key },
    { field: "external_id", column: table.external_id, value: external_id },
  ];
  return { table, noun: "contact", fields, self };
}

export const contacts = { list, create, createFaults: referenceFaults, read, update, updateFaults, remove };
