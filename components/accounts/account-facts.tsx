"use client";

import { type Account, accountKind } from "#components/accounts/account-kind";
import { ChangedFields, type FieldChanges } from "#components/records/changed-fields";
import { LongFact } from "#components/records/fact";
import { Facts } from "#components/records/facts";

const fields = ["name", "type", "owner_id", "industry", "domain", "website", "phone", "tags", "external_id"] as const;

export function AccountFacts({ record }: { record: Account }) {
  return <Facts kind={accountKind} record={record} fields={fields} />;
}

export function AccountDescription({ record }: { record: Account }) {
  return <LongFact kind={accountKind} record={record} field="description" />;
}

export function AccountChanges({ changes }: { changes: FieldChanges }) {
  return <ChangedFields kind={accountKind} changes={changes} />;
}
