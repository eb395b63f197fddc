"use client";

import { createContext, useContext } from "react";

/** The members' names that came with the page, by id. */
export const KnownMembers = createContext<ReadonlyMap<string, string>>(new Map());

interface Actor {
  member_id: string;
  token_id: string | null;
}

/** Who changed something: “Ana Ruiz”, “Ana Ruiz, through an API token”, or “Someone” if the page doesn't have the name. */
export function useActorName({ member_id, token_id }: Actor): string {
  const name = useContext(KnownMembers).get(member_id) ?? "Someone";
  return token_id ? `${name}, through an API token,` : name;
}
