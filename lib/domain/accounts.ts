import { and, eq } from "drizzle-orm";
import type {
  createAccount,
  deleteAccount,
  listAccounts,
  readAccount as readContract,
  updateAccount,
} from "#lib/contract/accounts";
import type { InputOf, ResultOf } from "#lib/contract/endpoint";
import type { Principal, Tx } from "#lib/db/company";
import { accounts as table } from "#lib/db/tables/accounts";
import { audit } from "#lib/domain/audit";
import { invalid } from "#lib/domain/errors";
import { type ListRules, totalOf, windowOf } from "#lib/domain/lists";
import {
  accountColumns,
  accountFields,
  findAccount,
  isAccount,
  lockAccount,
  readAccount,
} from "#lib/domain/records/account";
import { countContacts, detachContacts } from "#lib/domain/records/contact";
import { membersOf } from "#lib/domain/records/member";
import {
  changedBy,
  difference,
  duplicate,
  orDuplicate,
  pick,
  referenceFaults,
  requireVersion,
} from "#lib/domain/rules";
import { accountSearch } from "#lib/domain/search";
import { AppError } from "#lib/errors";
import { newId } from "#lib/format/ids";
import { accountLimits } from "#lib/vocabulary";

const rules: ListRules = {
  operation: "listAccounts",
  prefix: "acc",
  id: table.id,
  sorts: { created_at: table.created_at, updated_at: table.updated_at, name: table.name_key },
  filters: {
    type: table.type,
    domain: table.domain,
    external_id: table.external_id,
    owner_id: table.owner_id,
    tags: table.tags,
    created_at: table.created_at,
    updated_at: table.updated_at,
  },
};

async function list(
  tx: Tx,
  principal: Principal,
  input: InputOf<typeof listAccounts>,
): Promise<ResultOf<typeof listAccounts>> {
  const window = await windowOf(tx, rules, principal, input);
  const found = await accountSearch(tx, input.q);
  const ofCompany = eq(table.company_id, principal.company.id);
  const rows = await tx
    .select({ ...accountColumns, sort_key: window.key })
    .from(table)
    .where(and(ofCompany, window.where, found))
    .orderBy(...window.orderBy)
    .limit(window.limit);
  const { data, pagination } = window.close(rows);
  const total = input.count ? await totalOf(tx, table, and(ofCompany, window.matching, found)) : {};
  return { data, pagination: { ...pagination, ...total }, included: await related(tx, principal, input.include, data) };
}

/** The records that accounts name, as far as they were asked for. */
async function related(tx: Tx, principal: Principal, include: readonly string[], records: { owner_id: string }[]) {
  if (!include.includes("owner")) return undefined;
  const owners = records.map(({ owner_id }) => owner_id);
  return { members: await membersOf(tx, principal, owners) };
}

async function create(
  tx: Tx,
  principal: Principal,
  input: InputOf<typeof createAccount>,
): Promise<ResultOf<typeof createAccount>> {
  const faults = await referenceFaults(tx, principal, input);
  if (faults.length > 0) throw invalid(...faults);
  const id = newId("acc");
  const made = await tx
    .insert(table)
    .values({ id, ...pick(input, accountFields) })
    .onConflictDoNothing()
    .returning({ id: table.id });
  if (made.length === 0) throw await duplicate(tx, principal, uniques(input));
  const account = await readAccount(tx, principal, id);
  await audit(tx, { action: "account.created", subject: id, before: null, after: pick(account, accountFields) });
  return account;
}

/** Faults of an update that its form does not show. `input` holds the fields whose form is right. */
async function updateFaults(tx: Tx, principal: Principal, input: Partial<InputOf<typeof updateAccount>>) {
  const { id = "", if_version: _, ...patch } = input;
  const before = await findAccount(tx, principal, id);
  return before ? referenceFaults(tx, principal, difference(before, patch, accountFields)) : [];
}

async function read(
  tx: Tx,
  principal: Principal,
  { id, include = [] }: InputOf<typeof readContract>,
): Promise<ResultOf<typeof readContract>> {
  const account = await readAccount(tx, principal, id);
  return { ...account, included: await related(tx, principal, include, [account]) };
}

async function update(
  tx: Tx,
  principal: Principal,
  input: InputOf<typeof updateAccount>,
): Promise<ResultOf<typeof updateAccount>> {
  const { id, if_version, ...patch } = input;
  const before = await lockAccount(tx, principal, id, "no key update");
  requireVersion(before.version, if_version);
  const changed = difference(before, patch, accountFields);
  if (Object.keys(changed).length === 0) return before;
  const faults = await referenceFaults(tx, principal, changed);
  if (faults.length > 0) throw invalid(...faults);
  const write = async () => {
    await tx
      .update(table)
      .set({ ...changed, ...changedBy(principal, table.version) })
      .where(isAccount(principal, id));
  };
  const { domain, external_id } = changed;
  if (domain || external_id) await orDuplicate(tx, write, () => duplicate(tx, principal, uniques(changed, id)));
  else await write();
  const account = await readAccount(tx, principal, id);
  await audit(tx, {
    action: "account.updated",
    subject: id,
    before: pick(before, accountFields),
    after: pick(account, accountFields),
  });
  return account;
}

/**
 * The contacts stay; losing their account is a change of each of them. While the account is locked no contact can be linked to
 * it, so the number counted is the number changed, or more than that.
 */
async function remove(tx: Tx, principal: Principal, { id, if_version }: InputOf<typeof deleteAccount>): Promise<void> {
  const before = await lockAccount(tx, principal, id, "update");
  requireVersion(before.version, if_version);
  const count = await countContacts(tx, principal, id);
  if (count > accountLimits.contactsAtDeletion) throw hasDependents(count);
  if (count > 0) await detachContacts(tx, principal, id, count);
  await tx.delete(table).where(isAccount(principal, id));
  await audit(tx, { action: "account.deleted", subject: id, before: pick(before, accountFields), after: null });
}

function hasDependents(count: number): AppError {
  const most = accountLimits.contactsAtDeletion.toLocaleString("en-US");
  return new AppError(
    "has_dependents",
    `This account has ${count.toLocaleString("en-US")} contacts. An account with more than ${most} can't be deleted. ` +
      "Delete contacts or move them to another account first.",
  );
}

function uniques({ domain, external_id }: { domain?: string | null; external_id?: string | null }, self?: string) {
  const fields = [
    { field: "domain", column: table.domain, value: domain },
    { field: "external_id", column: table.external_id, value: external_id },
  ];
  return { table, noun: "account", fields, self };
}

export const accounts = { list, create, createFaults: referenceFaults, read, update, updateFaults, remove };
