"use client";

import { createContext, useContext } from "react";

/** Names of members by their ids, as far as they came with the page. */
export const KnownMembers = createContext<ReadonlyMap<string, string>>(new Map());

interface Actor {
  member_id: string;
  token_id: string | null;
}

/** Who changed something: “Ana Ruiz”, “Ana Ruiz, through an API token”, or “Somebody” where the page doesn't know the name. */
export function useActorName({ member_id, token_id }: Actor): string {
  const name = useContext(KnownMembers).get(member_id) ?? "Somebody";
  return token_id ? `${name}, through an API token,` : name;
}
