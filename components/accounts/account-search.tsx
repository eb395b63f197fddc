"use client";

import { useEffect, useState } from "react";
import { useApi } from "#components/shell/api";
import { useAnnounce } from "#components/ui/live-region";
import { accountEndpoints } from "#lib/contract/records";

export interface AccountChoice {
  id: string;
  name: string;
  domain?: string | null;
}

interface Found {
  /** What was looked for; null before the first answer. */
  q: string | null;
  rows: readonly AccountChoice[];
  /** The sentence that stands in place of rows. */
  text: string | null;
}

/** The first accounts by name that match, asked for while `on`, after a pause of 250 ms in typing. */
export function useAccountSearch(q: string, on: boolean): Found & { busy: boolean } {
  const api = useApi();
  const announce = useAnnounce();
  const [found, setFound] = useState<Found>({ q: null, rows: [], text: null });
  useEffect(() => {
    if (!on) return;
    const stop = new AbortController();
    const timer = setTimeout(
      () => {
        const asked = { limit: "20", sort: "name", ...(q && { q }) };
        api.call(accountEndpoints.list, asked, { signal: stop.signal }).then(
          ({ data, pagination }) => {
            const none = q ? `No accounts match “${q}”.` : "There are no accounts yet.";
            const rows = data.map(({ id, name, domain }) => ({ id, name, domain }));
            setFound({ q, rows, text: rows.length === 0 ? none : null });
            const count = `${rows.length} ${rows.length === 1 ? "account" : "accounts"}`;
            // The list says itself that it is empty.
            if (rows.length > 0) announce(pagination.has_more ? `The first ${count}. Type to find others.` : count);
          },
          () => {
            if (!stop.signal.aborted)
              setFound({ q, rows: [], text: "Couldn't look for accounts. Type again to retry." });
          },
        );
      },
      q ? 250 : 0,
    );
    return () => {
      clearTimeout(timer);
      stop.abort();
    };
  }, [api, announce, q, on]);
  return { ...found, busy: on && found.q !== q };
}
