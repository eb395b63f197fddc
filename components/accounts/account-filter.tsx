"use client";

import { useContext } from "react";
import { KnownAccounts } from "#components/accounts/account-name";
import { FilterPicker } from "#components/records/filter-picker";
import { noAccount } from "#components/records/list-state";
import { late } from "#components/ui/late";

const picker = late(async () => (await import("#components/accounts/account-picker")).AccountPicker);
const none = { id: noAccount, name: "No account" };

/** Filters a list by account. */
export function AccountFilter({ value, className }: { value: string; className?: string }) {
  const known = useContext(KnownAccounts).find(({ id }) => id === value);
  return (
    <FilterPicker
      param="account"
      picker={picker}
      label="Account"
      placeholder="All accounts"
      extra={none}
      value={value}
      name={known?.name}
      className={className}
    />
  );
}
