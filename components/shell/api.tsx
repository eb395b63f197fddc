"use client";

import { createContext, type ReactNode, useContext, useEffect, useMemo } from "react";
import { forgetDraftsOfOthers, keepDrafts, useDraftOf } from "#components/shell/drafts";
import { ApiProblem, type Client, createClient } from "#lib/contract/client";
import { signInPath } from "#lib/format/path";

type Me = { id: string; name: string };
type Api = { client: Client; owner: string; me: Me | null };

const Context = createContext<Api | null>(null);

/** Refreshes the session's access token. Returns false if the session is over. Throws if the server can't be reached. */
export async function refreshSession(): Promise<boolean> {
  try {
    await createClient().auth("refresh");
    return true;
  } catch (error) {
    if (error instanceof ApiProblem && error.status === 401) return false;
    throw error;
  }
}

interface ApiProviderProps {
  company?: string;
  /** The person whose drafts can be restored. */
  user: string;
  /** The user as a member of this company. */
  member?: Me;
  children: ReactNode;
}

/** Provides the API client for one company. */
export function ApiProvider({ company, user, member, children }: ApiProviderProps) {
  const { id = "", name = "" } = member ?? {};
  const api = useMemo<Api>(() => {
    const onSignedOut = () => {
      keepDrafts(user);
      location.assign(signInPath(location.pathname + location.search, true));
    };
    const client = createClient({ company, refresh: refreshSession, onSignedOut });
    return { client, owner: user, me: id ? { id, name } : null };
  }, [company, user, id, name]);
  useEffect(() => forgetDraftsOfOthers(user), [user]);
  return <Context value={api}>{children}</Context>;
}

function useContextOf(): Api {
  const api = useContext(Context);
  if (api === null) throw new Error("useApi needs an ApiProvider around it");
  return api;
}

/**
 * The API client for the page's company. It refreshes an expired session and repeats the call. If the session is over, it leads to
 * sign-in and back. Calls throw ApiProblem or Unreachable, whose messages can be shown.
 */
export function useApi(): Client {
  return useContextOf().client;
}

/** The signed-in person as a member of the page's company. */
export function useMe(): Me {
  const { me } = useContextOf();
  if (me === null) throw new Error("useMe needs an ApiProvider with a member around it");
  return me;
}

/**
 * Keeps unsaved input if the session ends. `read` returns it, or null if there is none. `restore` puts it back when the same person
 * returns to the same page in the same tab. Never for a secret. `key` is unique on the page.
 */
export function useDraft<T>(key: string, read: () => T | null, restore: (value: T) => void): void {
  useDraftOf(useContextOf().owner, key, read, restore);
}
