"use client";

import { type Account, accountKind } from "#components/accounts/account-kind";
import type { DeskDialogsProps } from "#components/records/record-desk";
import { RecordDialogs } from "#components/records/record-dialogs";
import type { BarProps } from "#components/records/selection";
import { SelectionBar } from "#components/records/selection-bar";

/** What a page of accounts loads later: its dialogs, and the actions for selected rows. */
export function Dialogs(props: DeskDialogsProps) {
  return <RecordDialogs kind={accountKind} {...props} />;
}

export function Bar(props: BarProps<Account>) {
  return <SelectionBar kind={accountKind} {...props} />;
}
