"use client";

import type { ReactNode } from "react";
import { type Account, accountKind } from "#components/accounts/account-kind";
import { Selection } from "#components/records/selection";

/** Lets the accounts of a list be selected. */
export function AccountSelection(props: { rows: readonly Account[]; children: ReactNode }) {
  return <Selection kind={accountKind} {...props} />;
}
