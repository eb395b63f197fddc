"use client";

import type { ReactNode } from "react";
import { type Contact, contactKind } from "#components/contacts/contact-kind";
import { Selection } from "#components/records/selection";

/** Makes the contacts of a list selectable. */
export function ContactSelection(props: { rows: readonly Contact[]; children: ReactNode }) {
  return <Selection kind={contactKind} {...props} />;
}
