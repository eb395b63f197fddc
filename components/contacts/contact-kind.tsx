"use client";

import { AccountLink, AccountName } from "#components/accounts/account-name";
import { ContactFields, contactEditors } from "#components/contacts/contact-fields";
import type { FieldFault } from "#components/forms/faults";
import { Member, MemberName } from "#components/members/member-name";
import { DoNotContact, MailLink, PhoneLink, TagList } from "#components/records/cells";
import { recordKind } from "#components/records/record-kind";
import type { AnswerOf, RequestOf } from "#lib/contract/endpoint";
import { contactEndpoints } from "#lib/contract/records";
import { contact } from "#lib/nouns/contact";

export type Contact = AnswerOf<typeof contactEndpoints.read>;

function words({ field, code }: FieldFault): string | undefined {
  if (code === "required") return "Give a first name, a last name, or an email address.";
  if (field === "account_id" && code === "reference_not_found")
    return "This account was deleted. Choose another one, or none.";
  if (code === "not_unique" && field === "email") return "Another contact has this email address.";
  return undefined;
}

export const contactKind = recordKind(contact, {
  schema: contactEndpoints.create.body,
  changeSchema: contactEndpoints.update.body,
  Fields: ContactFields,
  editors: contactEditors,
  words,
  show: (field, value) => {
    if (field === "account_id" && value) return <AccountName id={String(value)} />;
    if (field === "owner_id" && value) return <MemberName id={String(value)} />;
    return undefined;
  },
  view: (field, value) => {
    if (field === "email") return <MailLink email={value as string | null} />;
    if (field === "phone") return <PhoneLink phone={value as string | null} />;
    if (field === "tags") return <TagList tags={value as string[]} />;
    if (field === "account_id" && value) return <AccountLink id={String(value)} />;
    if (field === "owner_id") return <Member id={String(value)} />;
    if (field === "do_not_contact" && value) return <DoNotContact />;
    return undefined;
  },
  consequence: ({ length }: readonly Contact[]) =>
    `Everything you keep about ${length === 1 ? "this person" : "these people"} is deleted, too.`,
  read: (api, id) => api.call(contactEndpoints.read, { id }),
  create: (api, body, options) =>
    api.call(contactEndpoints.create, body as RequestOf<typeof contactEndpoints.create>, options),
  update: (api, id, version, changes) => api.call(contactEndpoints.update, { id, if_version: version, ...changes }),
  remove: (api, id, version) => api.call(contactEndpoints.remove, { id, if_version: version }),
});
