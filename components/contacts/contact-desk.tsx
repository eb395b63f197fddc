"use client";

import type { ReactNode } from "react";
import { KnownAccounts, type NamedAccount } from "#components/accounts/account-name";
import { contactDialogs } from "#components/contacts/contact-late";
import { RecordDesk } from "#components/records/record-desk";
import { useMe } from "#components/shell/api";

interface ContactDeskProps {
  createdAt?: string | undefined;
  deletedTo?: string | undefined;
  members?: ReadonlyMap<string, string> | undefined;
  /** The initial account of a new contact. */
  account?: string | undefined;
  /** The accounts whose names came with the page. */
  accounts: readonly NamedAccount[];
  children: ReactNode;
}

/** The dialogs for contacts. Buttons that open them have to be inside. */
export function ContactDesk({ account, accounts, ...props }: ContactDeskProps) {
  const me = useMe();
  return (
    <KnownAccounts value={accounts}>
      <RecordDesk
        noun="contact"
        dialogs={contactDialogs}
        start={{ owner_id: me.id, ...(account && { account_id: account }) }}
        {...props}
      />
    </KnownAccounts>
  );
}
