"use client";

import { createContext, type ReactNode, useContext, useEffect, useMemo } from "react";
import { forgetDraftsOfOthers, keepDrafts, useDraftOf } from "#components/shell/drafts";
import { ApiProblem, type Client, createClient } from "#lib/contract/client";
import { signInPath } from "#lib/format/path";

type Api = { client: Client; owner: string };

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

/** Gives what stands inside the API's client for one company. `user` is whose drafts may be restored here. */
export function ApiProvider({ company, user, children }: { company?: string; user: string; children: ReactNode }) {
  const api = useMemo<Api>(() => {
    const onSignedOut = () => {
      keepDrafts(user);
      location.assign(signInPath(location.pathname + location.search, true));
    };
    return { client: createClient({ company, refresh: refreshSession, onSignedOut }), owner: user };
  }, [company, user]);
  useEffect(() => forgetDraftsOfOthers(user), [user]);
  return <Context value={api}>{children}</Context>;
}

function useContextOf(): Api {
  const api = useContext(Context);
  if (api === null) throw new Error("useApi stands outside an ApiProvider");
  return api;
}

/**
 * The API's client, in the company of the page. An expired session is refreshed and the call repeated; one that is over leads to
 * sign-in and back. Calls throw ApiProblem or Unreachable, whose messages are sentences for the person.
 */
export function useApi(): Client {
  return useContextOf().client;
}

/**
 * Keeps what is typed when the session ends meanwhile: `read` gives it, null for nothing to keep, and `restore` puts it back once the
 * same person is here again, in the same tab and on the same page. Never for a secret. `key` is unique on the page.
 */
export function useDraft<T>(key: string, read: () => T | null, restore: (value: T) => void): void {
  useDraftOf(useContextOf().owner, key, read, restore);
}
