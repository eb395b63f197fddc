"use client";

import Link from "next/link";
import { useParams } from "next/navigation";
import { createContext, useContext, useEffect, useState } from "react";
import { useApi } from "#components/shell/api";
import { ApiProblem } from "#lib/contract/client";
import { accountEndpoints } from "#lib/contract/records";

export interface NamedAccount {
  id: string;
  name: string;
}

/** The accounts whose names came with the page. */
export const KnownAccounts = createContext<readonly NamedAccount[]>([]);

/** An account's name by its id, loaded if it didn't come with the page; null until it is known. */
export function useAccountName(id: string): string | null {
  const api = useApi();
  const known = useContext(KnownAccounts).find((account) => account.id === id)?.name;
  const [found, setFound] = useState<NamedAccount | null>(null);
  useEffect(() => {
    if (!id || known !== undefined) return;
    const stop = new AbortController();
    api.call(accountEndpoints.read, { id }, { signal: stop.signal }).then(
      ({ name }) => setFound({ id, name }),
      (error: unknown) => {
        if (stop.signal.aborted) return;
        const gone = error instanceof ApiProblem && error.code === "not_found";
        setFound({ id, name: gone ? "A deleted account" : id });
      },
    );
    return () => stop.abort();
  }, [api, id, known]);
  return known ?? (found?.id === id ? found.name : null);
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
