"use client";

import type { ReactNode } from "react";
import { type Contact, contactKind } from "#components/contacts/contact-kind";
import { Selection } from "#components/records/selection";

/** Lets the contacts of a list be selected. */
export function ContactSelection(props: { rows: readonly Contact[]; children: ReactNode }) {
  return <Selection kind={contactKind} {...props} />;
}
