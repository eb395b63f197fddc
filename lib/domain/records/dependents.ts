import { and, eq, type SQL } from "drizzle-orm";
import type { Principal, Tx } from "#lib/db/company";
import { contacts } from "#lib/db/tables/contacts";
import { notes } from "#lib/db/tables/notes";
import { auditEach } from "#lib/domain/audit";
import { changedBy } from "#lib/domain/records/versions";
import { AppError } from "#lib/errors";
import { accountLimits, noteLimits } from "#lib/vocabulary";

/**
 * What happens to the records that refer to a record that is being deleted. It is locked, so no new references can appear: the count
 * stays an upper bound.
 */

/** Removes the contacts from an account. Each change has its own audit entry. */
export async function detachContacts(tx: Tx, principal: Principal, account_id: string): Promise<void> {
  const isOfAccount = and(eq(contacts.company_id, principal.company.id), eq(contacts.account_id, account_id));
  const count = await tx.$count(contacts, isOfAccount);
  if (count > accountLimits.contactsAtDeletion) throw hasDependents("account", "contacts", count);
  if (count === 0) return;
  const detach = tx
    .update(contacts)
    .set({ account_id: null, ...changedBy(principal, contacts.version) })
    .where(isOfAccount)
    .returning({ id: contacts.id });
  const change = { action: "contact.updated", before: { account_id }, after: { account_id: null } };
  await auditEach(tx, change, detach, count);
}

/** Deletes the notes about a record, each with its own audit entry. */
export async function deleteNotes(
  tx: Tx,
  principal: Principal,
  noun: "account" | "contact",
  id: string,
): Promise<void> {
  const about: SQL | undefined = and(eq(notes.company_id, principal.company.id), eq(notes[`${noun}_id`], id));
  const count = await tx.$count(notes, about);
  if (count > noteLimits.atDeletion) throw hasDependents(noun, "notes", count);
  if (count === 0) return;
  const before = { body: "", kind: "", occurred_at: "", [`${noun}_id`]: id };
  const remove = tx.delete(notes).where(about).returning({ id: notes.id });
  await auditEach(tx, { action: "note.deleted", before, after: null }, remove, count);
}

function hasDependents(noun: string, plural: "contacts" | "notes", count: number): AppError {
  const most = { contacts: accountLimits.contactsAtDeletion, notes: noteLimits.atDeletion }[plural];
  const remedy = {
    contacts: "Delete some contacts first, or move them to another account.",
    notes: "Delete some notes first.",
  }[plural];
  return new AppError(
    "has_dependents",
    `This ${noun} has ${count.toLocaleString("en-US")} ${plural}; it can be deleted with at most ${most.toLocaleString("en-US")}. ${remedy}`,
  );
}
