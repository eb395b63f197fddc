import { and, eq, type SQL } from "drizzle-orm";
import type { Principal, Tx } from "#lib/db/company";
import { contacts } from "#lib/db/tables/contacts";
import { auditEach } from "#lib/domain/audit";
import { notFound } from "#lib/domain/errors";
import { changedBy } from "#lib/domain/rules";

/** A contact as the contract shows it. */
export const contactColumns = {
  id: contacts.id,
  name: contacts.name,
  first_name: contacts.first_name,
  last_name: contacts.last_name,
  email: contacts.email,
  phone: contacts.phone,
  title: contacts.title,
  account_id: contacts.account_id,
  description: contacts.description,
  tags: contacts.tags,
  external_id: contacts.external_id,
  owner_id: contacts.owner_id,
  do_not_contact: contacts.do_not_contact,
  version: contacts.version,
  created_at: contacts.created_at,
  updated_at: contacts.updated_at,
  created_by: { member_id: contacts.created_by_member_id, token_id: contacts.created_by_token_id },
  updated_by: { member_id: contacts.updated_by_member_id, token_id: contacts.updated_by_token_id },
};

/** What callers write. */
export const contactFields = [
  "first_name",
  "last_name",
  "email",
  "phone",
  "title",
  "account_id",
  "description",
  "tags",
  "external_id",
  "owner_id",
  "do_not_contact",
] as const;

export function isContact(principal: Principal, id: string): SQL | undefined {
  return and(eq(contacts.company_id, principal.company.id), eq(contacts.id, id));
}

export async function findContact(tx: Tx, principal: Principal, id: string) {
  const [contact] = await tx.select(contactColumns).from(contacts).where(isContact(principal, id));
  return contact;
}

export async function readContact(tx: Tx, principal: Principal, id: string) {
  const contact = await findContact(tx, principal, id);
  if (!contact) throw notFound();
  return contact;
}

/** The contact, held until the transaction ends. */
export async function lockContact(tx: Tx, principal: Principal, id: string) {
  const [contact] = await tx.select(contactColumns).from(contacts).where(isContact(principal, id)).for("no key update");
  if (!contact) throw notFound();
  return contact;
}

/** Takes all contacts, `count` of them, off an account that the transaction has locked. Each is changed and audited. */
export async function detachContacts(tx: Tx, principal: Principal, account_id: string, count: number): Promise<void> {
  const detach = tx
    .update(contacts)
    .set({ account_id: null, ...changedBy(principal, contacts.version) })
    .where(isOfAccount(principal, account_id))
    .returning({ id: contacts.id });
  const change = { action: "contact.updated", before: { account_id }, after: { account_id: null } };
  await auditEach(tx, change, detach, count);
}

export async function countContacts(tx: Tx, principal: Principal, account_id: string): Promise<number> {
  return tx.$count(contacts, isOfAccount(principal, account_id));
}

function isOfAccount({ company }: Principal, account_id: string): SQL | undefined {
  return and(eq(contacts.company_id, company.id), eq(contacts.account_id, account_id));
}
