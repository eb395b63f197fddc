"use client";

import { type Contact, contactKind } from "#components/contacts/contact-kind";
import type { DeskDialogsProps } from "#components/records/record-desk";
import { RecordDialogs } from "#components/records/record-dialogs";
import type { BarProps } from "#components/records/selection";
import { SelectionBar } from "#components/records/selection-bar";

/** What a page of contacts loads later: its dialogs, and the actions for selected rows. */
export function Dialogs(props: DeskDialogsProps) {
  return <RecordDialogs kind={contactKind} {...props} />;
}

export function Bar(props: BarProps<Contact>) {
  return <SelectionBar kind={contactKind} {...props} />;
}
