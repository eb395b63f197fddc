"use client";

import { AccountName } from "#components/accounts/account-name";
import { ContactFields } from "#components/contacts/contact-fields";
import { type FormValues, recordKind } from "#components/records/record-kind";
import type { FieldFault } from "#components/records/values";
import type { RequestOf } from "#lib/contract/endpoint";
import { contactEndpoints } from "#lib/contract/records";
import { contact } from "#lib/nouns/contact";

export type ContactValues = FormValues<typeof contact.fields>;

function words({ field, code, detail }: FieldFault): string | undefined {
  if (code === "required") return "Give a first name, a last name or an e-mail address.";
  if (code === "reference_not_found") return "This account was deleted. Choose another one, or none.";
  if (code === "not_unique" && field === "email") return "Another contact has this e-mail address.";
  if (field === "email" && detail === "Not an e-mail address.")
    return "Enter an e-mail address such as ana@example.com.";
  return undefined;
}

export const contactKind = recordKind(contact, {
  schema: contactEndpoints.create.body,
  Fields: ContactFields,
  words,
  show: (field, value) => (field === "account_id" && value ? <AccountName id={String(value)} /> : undefined),
  consequence: () => "Everything you keep about this person goes with it.",
  read: (api, id) => api.call(contactEndpoints.read, { id }),
  create: (api, body, options) =>
    api.call(contactEndpoints.create, body as RequestOf<typeof contactEndpoints.create>, options),
  update: (api, id, version, changes) => api.call(contactEndpoints.update, { id, if_version: version, ...changes }),
  remove: (api, id, version) => api.call(contactEndpoints.remove, { id, if_version: version }),
});
