"use client";

import type { ReactNode } from "react";
import { accountDialogs } from "#components/accounts/account-late";
import { RecordDesk } from "#components/records/record-desk";
import { useMe } from "#components/shell/api";

/** The dialogs for accounts. Buttons that open them have to be inside. */
export function AccountDesk(props: {
  createdAt?: string | undefined;
  deletedTo?: string | undefined;
  members?: ReadonlyMap<string, string> | undefined;
  children: ReactNode;
}) {
  return <RecordDesk noun="account" dialogs={accountDialogs} start={{ owner_id: useMe().id }} {...props} />;
}
