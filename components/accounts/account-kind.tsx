"use client";

import { AccountFields } from "#components/accounts/account-fields";
import { accountTypeName } from "#components/accounts/account-type";
import { Domain, LongText } from "#components/records/cells";
import type { RecordKind } from "#components/records/record-kind";
import type { FieldFault } from "#components/records/values";
import type { AnswerOf, RequestOf } from "#lib/contract/endpoint";
import { accountEndpoints } from "#lib/contract/records";
import type { AccountType } from "#lib/vocabulary";

export type Account = AnswerOf<typeof accountEndpoints.read>;

export type AccountValues = {
  name: string;
  type: AccountType;
  domain: string;
  website: string;
  phone: string;
  industry: string;
  tags: readonly string[];
  description: string;
  external_id: string;
};

function words({ field, code, detail }: FieldFault): string | undefined {
  if (field === "name" && (code === "blank" || code === "required")) {
    return "Give the account a name, so you can find it again.";
  }
  if (code === "too_many_items") return "An account has at most 50 tags. Remove some first.";
  if (code === "too_long" && field === "tags") return "A tag has at most 50 characters. Remove the long one first.";
  if (code === "not_unique") return `Another account has this ${field === "domain" ? "domain" : "external id"}.`;
  if (code !== "invalid_format") return undefined;
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

export const accountKind: RecordKind<Account, AccountValues> = {
  noun: "account",
  empty: {
    name: "",
    type: "prospect",
    domain: "",
    website: "",
    phone: "",
    industry: "",
    tags: [],
    description: "",
    external_id: "",
  },
  schema: accountEndpoints.create.body,
  labels: {
    name: "Name",
    type: "Type",
    domain: "Domain",
    website: "Website",
    phone: "Phone",
    industry: "Industry",
    tags: "Tags",
    description: "Description",
    external_id: "External id",
  },
  words,
  show: (field, value) => {
    if (field === "domain") return <Domain domain={String(value)} />;
    if (field === "type") return accountTypeName(value as AccountType);
    if (field === "tags") return <LongText text={(value as string[]).join(", ")} />;
    return <LongText text={String(value)} />;
  },
  Fields: AccountFields,
  consequence,
  href: (company, id) => `/${company}/accounts/${id}`,
  read: (api, id) => api.call(accountEndpoints.read, { id }),
  create: (api, body, options) =>
    api.call(accountEndpoints.create, body as RequestOf<typeof accountEndpoints.create>, options),
  update: (api, id, version, changes) => api.call(accountEndpoints.update, { id, if_version: version, ...changes }),
  remove: (api, id, version) => api.call(accountEndpoints.remove, { id, if_version: version }),
};
