"use client";

import { AccountFields, accountEditors } from "#components/accounts/account-fields";
import { AccountTypeBadge, accountTypeName } from "#components/accounts/account-type";
import type { FieldFault } from "#components/forms/faults";
import { Member, MemberName } from "#components/members/member-name";
import { Domain, PhoneLink, TagList, WebLink } from "#components/records/cells";
import { recordKind } from "#components/records/record-kind";
import type { AnswerOf, RequestOf } from "#lib/contract/endpoint";
import { accountEndpoints } from "#lib/contract/records";
import { readableDomain } from "#lib/format/domain";
import { account } from "#lib/nouns/account";
import type { AccountType } from "#lib/vocabulary";

export type Account = AnswerOf<typeof accountEndpoints.read>;

function words({ field, code }: FieldFault): string | undefined {
  if (field === "name" && (code === "blank" || code === "required")) {
    return "Give the account a name, so you can find it again.";
  }
  return undefined;
}

/** People don't type https://. */
function withScheme(website: string): string {
  const typed = website.trim();
  return /^[\w-]+(\.[\w-]+)+([/?#:]|$)/.test(typed) ? `https://${typed}` : website;
}

function consequence(accounts: readonly Account[]): string {
  const contacts = accounts.reduce((sum, { contact_count }) => sum + contact_count, 0);
  const [they, their, them] = accounts.length === 1 ? ["It has", "Its", "it"] : ["They have", "Their", "them"];
  const notes = `${their} notes are deleted with ${them}.`;
  if (contacts === 0) return `${they} no contacts. ${notes}`;
  const stay = contacts === 1 ? "1 contact stays" : `${contacts.toLocaleString("en")} contacts stay`;
  return `${their} ${stay}, without an account. ${notes}`;
}

export const accountKind = recordKind(account, {
  schema: accountEndpoints.create.body,
  changeSchema: accountEndpoints.update.body,
  Fields: AccountFields,
  editors: accountEditors,
  typed: (field, value) => (field === "domain" ? readableDomain(String(value)) : value),
  tidy: (field, value) => (field === "website" ? withScheme(String(value)) : value),
  words,
  show: (field, value) => {
    if (field === "domain") return <Domain domain={value ? String(value) : null} />;
    if (field === "owner_id" && value) return <MemberName id={String(value)} />;
    if (field === "type") return accountTypeName(value as AccountType);
    return undefined;
  },
  view: (field, value) => {
    if (field === "owner_id") return <Member id={String(value)} />;
    if (field === "type") return <AccountTypeBadge type={value as AccountType} />;
    if (field === "website") return <WebLink url={value as string | null} />;
    if (field === "phone") return <PhoneLink phone={value as string | null} />;
    if (field === "domain") return <Domain domain={value as string | null} />;
    if (field === "tags") return <TagList tags={value as string[]} />;
    return undefined;
  },
  consequence,
  read: (api, id) => api.call(accountEndpoints.read, { id }),
  create: (api, body, options) =>
    api.call(accountEndpoints.create, body as RequestOf<typeof accountEndpoints.create>, options),
  update: (api, id, version, changes) => api.call(accountEndpoints.update, { id, if_version: version, ...changes }),
  remove: (api, id, version) => api.call(accountEndpoints.remove, { id, if_version: version }),
});
