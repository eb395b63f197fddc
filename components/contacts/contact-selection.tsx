"use client";

import type { ReactNode } from "react";
import type { Contact } from "#components/contacts/contact-kind";
import { contactDialogs } from "#components/contacts/contact-late";
import { Selection } from "#components/records/selection";

/** Makes the contacts of a list selectable. */
export function ContactSelection(props: { rows: readonly Contact[]; children: ReactNode }) {
  return <Selection bar={contactDialogs} {...props} />;
}
