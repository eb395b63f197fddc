"use client";

import { AccountFields } from "#components/accounts/account-fields";
import { accountTypeName } from "#components/accounts/account-type";
import { Domain } from "#components/records/cells";
import { type FormValues, recordKind } from "#components/records/record-kind";
import type { FieldFault } from "#components/records/values";
import type { AnswerOf, RequestOf } from "#lib/contract/endpoint";
import { accountEndpoints } from "#lib/contract/records";
import { account } from "#lib/nouns/account";
import type { AccountType } from "#lib/vocabulary";

type Account = AnswerOf<typeof accountEndpoints.read>;
export type AccountValues = FormValues<typeof account.fields>;

function words({ field, code, detail }: FieldFault): string | undefined {
  if (field === "name" && (code === "blank" || code === "required")) {
    return "Give the account a name, so you can find it again.";
  }
  if (field === "domain" && detail.startsWith("Not a domain")) return "Enter a domain such as northwind.example.com.";
  if (field === "website" && detail.startsWith("Not a web address"))
    return "Enter an address such as https://northwind.example.com.";
  return undefined;
}

function consequence({ contact_count: contacts }: Account): string {
  if (contacts === 0) return "It has no contacts.";
  return contacts === 1
    ? "Its 1 contact stays, without an account."
    : `Its ${contacts.toLocaleString("en")} contacts stay, without an account.`;
}

export const accountKind = recordKind(account, {
  schema: accountEndpoints.create.body,
  Fields: AccountFields,
  words,
  show: (field, value) => {
    if (field === "domain") return <Domain domain={String(value)} />;
    if (field === "type") return accountTypeName(value as AccountType);
    return undefined;
  },
  consequence,
  read: (api, id) => api.call(accountEndpoints.read, { id }),
  create: (api, body, options) =>
    api.call(accountEndpoints.create, body as RequestOf<typeof accountEndpoints.create>, options),
  update: (api, id, version, changes) => api.call(accountEndpoints.update, { id, if_version: version, ...changes }),
  remove: (api, id, version) => api.call(accountEndpoints.remove, { id, if_version: version }),
});
