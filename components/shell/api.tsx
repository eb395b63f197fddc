"use client";

import { createContext, type ReactNode, useContext, useEffect, useMemo } from "react";
import { forgetDraftsOfOthers, keepDrafts, useDraftOf } from "#components/shell/drafts";
import { ApiProblem, type Client, createClient } from "#lib/contract/client";
import { signInPath } from "#lib/format/path";

type Me = { id: string; name: string };
type Api = { client: Client; owner: string; me: Me | null };

const Context = createContext<Api | null>(null);

/** A new access token for this session: false when the session is over. Fails where the server cannot be reached. */
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
  /** Whose drafts may be restored here. */
  user: string;
  /** Who the user is in this company. */
  member?: Me;
  children: ReactNode;
}

/** Gives what is inside it the API's client for one company. */
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
 * The API's client, in the company of the page. An expired session is refreshed and the call repeated; one that is over leads to
 * sign-in and back. Calls throw ApiProblem or Unreachable, whose messages are sentences for the person.
 */
export function useApi(): Client {
  return useContextOf().client;
}

/** The person's own member in the company of the page. */
export function useMe(): Me {
  const { me } = useContextOf();
  if (me === null) throw new Error("useMe needs an ApiProvider with a member around it");
  return me;
}

/**
 * Keeps what is typed when the session ends meanwhile: `read` gives it, null for nothing to keep, and `restore` puts it back once the
 * same person is here again, in the same tab and on the same page. Never for a secret. `key` is unique on the page.
 */
export function useDraft<T>(key: string, read: () => T | null, restore: (value: T) => void): void {
  useDraftOf(useContextOf().owner, key, read, restore);
}
