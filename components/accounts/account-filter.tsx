"use client";

import { AccountPicker } from "#components/accounts/account-picker";
import { useUrlChoice } from "#components/records/list-select";
import { noAccount } from "#components/records/list-state";

/** Filters a list by account. */
export function AccountFilter({ value, className }: { value: string; className?: string }) {
  const { shown, busy, choose } = useUrlChoice("account", value);
  return (
    <div aria-busy={busy || undefined} className={className}>
      <AccountPicker
        label="Account"
        hideLabel
        size="bar"
        placeholder="All accounts"
        extra={{ id: noAccount, name: "No account" }}
        value={shown}
        onChange={choose}
      />
    </div>
  );
}
