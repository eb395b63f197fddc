"use client";

import type { ReactNode } from "react";
import type { Account } from "#components/accounts/account-kind";
import { accountDialogs } from "#components/accounts/account-late";
import { Selection } from "#components/records/selection";

/** Makes the accounts of a list selectable. */
export function AccountSelection(props: { rows: readonly Account[]; children: ReactNode }) {
  return <Selection bar={accountDialogs} {...props} />;
}
