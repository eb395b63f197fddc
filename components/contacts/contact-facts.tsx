"use client";

import { type Contact, contactKind } from "#components/contacts/contact-kind";
import { ChangedFields, type FieldChanges } from "#components/records/changed-fields";
import { LongFact } from "#components/records/fact";
import { Facts } from "#components/records/facts";

const fields = [
  ...(["first_name", "last_name", "title", "account_id", "owner_id"] as const),
  ...(["email", "phone", "do_not_contact", "tags", "external_id"] as const),
];

export function ContactFacts({ record }: { record: Contact }) {
  return <Facts kind={contactKind} record={record} fields={fields} />;
}

export function ContactDescription({ record }: { record: Contact }) {
  return <LongFact kind={contactKind} record={record} field="description" />;
}

export function ContactChanges({ changes }: { changes: FieldChanges }) {
  return <ChangedFields kind={contactKind} changes={changes} />;
}
