"use client";

import Link from "next/link";
import { useParams } from "next/navigation";
import { createContext, useContext } from "react";
import { type LoadName, useName } from "#components/records/use-name";
import { ApiProblem } from "#lib/contract/client";

export interface NamedAccount {
  id: string;
  name: string;
}

/** The accounts whose names came with the page. */
export const KnownAccounts = createContext<readonly NamedAccount[]>([]);

// The contract is loaded on first use: most pages come with the names.
const loadName: LoadName = async (api, id, signal) => {
  const { accountEndpoints } = await import("#lib/contract/records");
  try {
    return (await api.call(accountEndpoints.read, { id }, { signal })).name;
  } catch (error) {
    if (error instanceof ApiProblem && error.code === "not_found") return "A deleted account";
    throw error;
  }
};

export function useAccountName(id: string): string | null {
  const known = useContext(KnownAccounts).find((account) => account.id === id)?.name;
  return useName(id, known, loadName);
}

export function AccountName({ id }: { id: string }) {
  return useAccountName(id) ?? "…";
}

export function AccountLink({ id }: { id: string }) {
  const { company } = useParams<{ company: string }>();
  return (
    <Link href={`/${company}/accounts/${id}`} className="link">
      <AccountName id={id} />
    </Link>
  );
}
