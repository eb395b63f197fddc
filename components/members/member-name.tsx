"use client";

import { useContext, useEffect, useState } from "react";
import { Person } from "#components/records/cells";
import { KnownMembers } from "#components/records/known-members";
import { useApi } from "#components/shell/api";
import { listMembers } from "#lib/contract/members";

/** A member's name by its id, loaded if it didn't come with the page; null until it is known. */
export function useMemberName(id: string): string | null {
  const api = useApi();
  const known = useContext(KnownMembers).get(id);
  const [found, setFound] = useState<{ id: string; name: string } | null>(null);
  useEffect(() => {
    if (!id || known !== undefined) return;
    const stop = new AbortController();
    api.call(listMembers, { "filter[id]": id }, { signal: stop.signal }).then(
      ({ data }) => setFound({ id, name: data[0]?.name ?? id }),
      () => {
        if (!stop.signal.aborted) setFound({ id, name: id });
      },
    );
    return () => stop.abort();
  }, [api, id, known]);
  return known ?? (found?.id === id ? found.name : null);
}

export function MemberName({ id }: { id: string }) {
  return useMemberName(id) ?? "…";
}

/** A member with their initials. */
export function Member({ id }: { id: string }) {
  return <Person id={id} name={useMemberName(id) ?? "…"} />;
}
