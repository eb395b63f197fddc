"use client";

import { useContext } from "react";
import { Person } from "#components/records/cells";
import { KnownMembers } from "#components/records/known-members";
import { type LoadName, useName } from "#components/records/use-name";

// The contract is loaded on first use: most pages come with the names.
const loadName: LoadName = async (api, id, signal) => {
  const { listMembers } = await import("#lib/contract/members");
  const { data } = await api.call(listMembers, { "filter[id]": id }, { signal });
  return data[0]?.name ?? id;
};

export function useMemberName(id: string): string | null {
  return useName(id, useContext(KnownMembers).get(id), loadName);
}

export function MemberName({ id }: { id: string }) {
  return useMemberName(id) ?? "…";
}

/** A member with their initials. */
export function Member({ id }: { id: string }) {
  return <Person id={id} name={useMemberName(id) ?? "…"} />;
}
