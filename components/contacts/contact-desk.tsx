"use client";

import type { ReactNode } from "react";
import { contactKind } from "#components/contacts/contact-kind";
import { RecordDesk } from "#components/records/record-desk";

interface ContactDeskProps {
  createdAt?: string | undefined;
  deletedTo?: string | undefined;
  /** The account that new ones belong to at first. */
  account?: string | undefined;
  children: ReactNode;
}

/** The dialogs for contacts, around whatever has buttons for them. */
export function ContactDesk({ account, ...props }: ContactDeskProps) {
  return <RecordDesk kind={contactKind} start={account ? { account_id: account } : undefined} {...props} />;
}
