"use client";

import { AccountName } from "#components/accounts/account-name";
import { ContactFields } from "#components/contacts/contact-fields";
import { LongText } from "#components/records/cells";
import type { RecordKind } from "#components/records/record-kind";
import type { FieldFault } from "#components/records/values";
import type { AnswerOf, RequestOf } from "#lib/contract/endpoint";
import { contactEndpoints } from "#lib/contract/records";

export type Contact = AnswerOf<typeof contactEndpoints.read>;

export type ContactValues = {
  first_name: string;
  last_name: string;
  email: string;
  phone: string;
  title: string;
  account_id: string;
  do_not_contact: boolean;
  tags: readonly string[];
  description: string;
  external_id: string;
};

function words({ field, code, detail }: FieldFault): string | undefined {
  if (code === "required") return "Give a first name, a last name or an e-mail address.";
  if (code === "reference_not_found") return "This account was deleted. Choose another one, or none.";
  if (code === "not_unique") return `Another contact has this ${field === "email" ? "e-mail address" : "external id"}.`;
  if (code === "too_many_items") return "A contact has at most 50 tags. Remove some first.";
  if (code === "too_long" && field === "tags") return "A tag has at most 50 characters. Remove the long one first.";
  if (field === "email" && detail === "Not an e-mail address.")
    return "Enter an e-mail address such as ana@example.com.";
  return undefined;
}

export const contactKind: RecordKind<Contact, ContactValues> = {
  noun: "contact",
  empty: {
    first_name: "",
    last_name: "",
    email: "",
    phone: "",
    title: "",
    account_id: "",
    do_not_contact: false,
    tags: [],
    description: "",
    external_id: "",
  },
  schema: contactEndpoints.create.body,
  labels: {
    first_name: "First name",
    last_name: "Last name",
    email: "E-mail",
    phone: "Phone",
    title: "Job title",
    account_id: "Account",
    do_not_contact: "Do not contact",
    tags: "Tags",
    description: "Description",
    external_id: "External id",
  },
  words,
  show: (field, value) => {
    if (field === "account_id" && value) return <AccountName id={String(value)} />;
    if (field === "do_not_contact") return value ? "Yes" : "No";
    if (field === "tags") return <LongText text={(value as string[]).join(", ")} />;
    return <LongText text={String(value)} />;
  },
  Fields: ContactFields,
  consequence: () => "Everything you keep about this person goes with it.",
  href: (company, id) => `/${company}/contacts/${id}`,
  read: (api, id) => api.call(contactEndpoints.read, { id }),
  create: (api, body, options) =>
    api.call(contactEndpoints.create, body as RequestOf<typeof contactEndpoints.create>, options),
  update: (api, id, version, changes) => api.call(contactEndpoints.update, { id, if_version: version, ...changes }),
  remove: (api, id, version) => api.call(contactEndpoints.remove, { id, if_version: version }),
};
