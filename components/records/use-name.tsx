"use client";

import { useEffect, useState } from "react";
import { useApi } from "#components/shell/api";
import type { Client } from "#lib/contract/client";

/** Loads the name of the record with an id; rejects if it can't. */
export type LoadName = (api: Client, id: string, signal: AbortSignal) => Promise<string>;

/**
 * A record's name by its id: the one that came with the page, or else a loaded one. Null until it is known; the id if it can't be loaded.
 * `load` has to be a constant.
 */
export function useName(id: string, known: string | undefined, load: LoadName): string | null {
  const api = useApi();
  const [found, setFound] = useState<{ id: string; name: string } | null>(null);
  useEffect(() => {
    if (!id || known !== undefined) return;
    const stop = new AbortController();
    load(api, id, stop.signal).then(
      (name) => setFound({ id, name }),
      () => {
        if (!stop.signal.aborted) setFound({ id, name: id });
      },
    );
    return () => stop.abort();
  }, [api, id, known, load]);
  return known ?? (found?.id === id ? found.name : null);
}
