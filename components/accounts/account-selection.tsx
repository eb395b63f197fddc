"use client";

import type { ReactNode } from "react";
import { type Account, accountKind } from "#components/accounts/account-kind";
import { Selection } from "#components/records/selection";

/** Makes the accounts of a list selectable. */
export function AccountSelection(props: { rows: readonly Account[]; children: ReactNode }) {
  return <Selection kind={accountKind} {...props} />;
}
