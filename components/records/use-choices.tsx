"use client";

import type { ReactNode } from "react";
import { useEffect, useState } from "react";
import { useApi } from "#components/shell/api";
import { useAnnounce } from "#components/ui/live-region";
import type { Client } from "#lib/contract/client";

export interface Choice {
  id: string;
  name: string;
  /** Distinguishes it from others with the same name. */
  detail?: ReactNode;
}

/** Where a picker's choices come from. */
export interface Choices {
  /** “account”, “accounts”. */
  one: string;
  many: string;
  /** Returns the first matches by name. */
  search: (api: Client, q: string, signal: AbortSignal) => Promise<{ rows: readonly Choice[]; more: boolean }>;
  /** A hook that returns the name of a choice that isn't from a search; null until it is loaded. */
  useName: (id: string) => string | null;
}

interface Found {
  /** The search that these are the results of; null before the first response. */
  q: string | null;
  rows: readonly Choice[];
  /** The text to show if there are no rows. */
  text: string | null;
}

/** Searches while `on`, 250 ms after the last key. */
export function useChoices({ one, many, search }: Choices, q: string, on: boolean): Found & { busy: boolean } {
  const api = useApi();
  const announce = useAnnounce();
  const [found, setFound] = useState<Found>({ q: null, rows: [], text: null });
  useEffect(() => {
    if (!on) return;
    const stop = new AbortController();
    const timer = setTimeout(
      () => {
        search(api, q, stop.signal).then(
          ({ rows, more }) => {
            const none = q ? `No ${many} match “${q}”.` : `There are no ${many} yet.`;
            setFound({ q, rows, text: rows.length === 0 ? none : null });
            const count = `${rows.length} ${rows.length === 1 ? one : many}`;
            // The text for an empty list announces itself.
            if (rows.length > 0) announce(more ? `The first ${count}. Type to find others.` : count);
          },
          () => {
            if (!stop.signal.aborted)
              setFound({ q, rows: [], text: `Couldn't look for ${many}. Type again to retry.` });
          },
        );
      },
      q ? 250 : 0,
    );
    return () => {
      clearTimeout(timer);
      stop.abort();
    };
  }, [api, announce, search, one, many, q, on]);
  return { ...found, busy: on && found.q !== q };
}
