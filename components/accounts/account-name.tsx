"use client";

import { useEffect, useState } from "react";
import { useApi } from "#components/shell/api";
import { readAccount } from "#lib/contract/accounts";
import { ApiProblem } from "#lib/contract/client";

/** An account's name by its id, where the page was not given it; null while it is on its way. */
export function useAccountName(id: string): string | null {
  const api = useApi();
  const [found, setFound] = useState<{ id: string; name: string } | null>(null);
  useEffect(() => {
    if (!id) return;
    const stop = new AbortController();
    api.call(readAccount, { id }, { signal: stop.signal }).then(
      ({ name }) => setFound({ id, name }),
      (error: unknown) => {
        if (stop.signal.aborted) return;
        const gone = error instanceof ApiProblem && error.code === "not_found";
        setFound({ id, name: gone ? "A deleted account" : id });
      },
    );
    return () => stop.abort();
  }, [api, id]);
  return found?.id === id ? found.name : null;
}

export function AccountName({ id }: { id: string }) {
  return useAccountName(id) ?? "…";
}
