import { headers } from "next/headers";
import { cache } from "react";
import type { Session } from "#lib/auth/access-token";
import { credentialOf } from "#lib/auth/request";
import { AppError } from "#lib/errors";

/**
 * The session of the page that is being rendered, by the cookie alone; null without a valid one. Verified once per request.
 * Throws Unavailable if the signature can't be checked.
 */
export const sessionOfPage = cache(async (): Promise<Session | null> => {
  const cookie = (await headers()).get("cookie");
  if (cookie === null) return null;
  try {
    const presented = await credentialOf(new Headers({ cookie }));
    return presented.kind === "session" ? presented : null;
  } catch (error) {
    if (error instanceof AppError) return null;
    throw error;
  }
});

/** The path and query of the page that is being rendered, as the proxy noted it. */
export async function pathOfPage(): Promise<string> {
  return (await headers()).get("x-pathname") ?? "/";
}
