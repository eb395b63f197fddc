import type { Token } from "#components/tokens/cells";
import { createClient } from "#lib/contract/client";
import { readToken } from "#lib/contract/tokens";

const minute = 60_000;

/** Close at hand at first; whoever is still writing a script can wait a little. */
function pauseAfter(waited: number): number {
  if (waited < 2 * minute) return 2000;
  return waited < 10 * minute ? 5000 : 15_000;
}

const longest = 30 * minute;

/**
 * A client that says nothing when the session is over: being led to sign-in now would take the secret from the page.
 * An expired session is refreshed, as everywhere.
 */
function quietClient(company: string) {
  const refresh = () =>
    createClient()
      .auth("refresh")
      .then(
        () => true,
        () => false,
      );
  return createClient({ company, refresh });
}

/** The token once it has been used; null when it was not within half an hour, or nobody waits any more. */
export async function waitForFirstCall(id: string, company: string, signal: AbortSignal): Promise<Token | null> {
  const client = quietClient(company);
  const since = Date.now();
  while (!signal.aborted && Date.now() - since < longest) {
    await pause(pauseAfter(Date.now() - since), signal);
    if (document.hidden || signal.aborted) continue;
    try {
      const token = await client.call(readToken, { id }, { signal });
      if (token.last_used_at !== null) return token;
    } catch {
      // No connection just now, or left meanwhile; the next turn knows.
    }
  }
  return null;
}

/** Ends early when the reader comes back to the page, or leaves the dialog. */
function pause(ms: number, signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    const done = () => {
      clearTimeout(timer);
      document.removeEventListener("visibilitychange", done);
      signal.removeEventListener("abort", done);
      resolve();
    };
    const timer = setTimeout(done, ms);
    document.addEventListener("visibilitychange", done);
    signal.addEventListener("abort", done);
  });
}
