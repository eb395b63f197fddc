import { headers } from "next/headers";
import { cache } from "react";
import type { Session } from "#lib/auth/access-token";
import { AuthError } from "#lib/auth/errors";
import { credentialOf } from "#lib/auth/request";
import { newId } from "#lib/format/ids";

/**
 * The session of the page that is being made, by the cookie alone; null without one that holds. Verified once a page.
 * Throws AuthUnavailable where its signature cannot be checked.
 */
export const sessionOfPage = cache(async (): Promise<Session | null> => {
  const cookie = (await headers()).get("cookie");
  if (cookie === null) return null;
  try {
    const presented = await credentialOf(new Headers({ cookie }));
    return presented.kind === "session" ? presented : null;
  } catch (error) {
    if (error instanceof AuthError) return null;
    throw error;
  }
});

/** The path and query of the page that is being made, as the proxy noted it. */
export async function pathOfPage(): Promise<string> {
  return (await headers()).get("x-pathname") ?? "/";
}

/** The request id of the page that is being made, for its log lines, the database and the person who meets an error. */
export const pageId = cache(async (): Promise<string> => (await headers()).get("x-repdesk-page") ?? newId("req"));
