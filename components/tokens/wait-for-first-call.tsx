import type { Token } from "#components/tokens/cells";
import { createClient } from "#lib/contract/client";
import { readToken } from "#lib/contract/tokens";

const minute = 60_000;

/** Short pauses at first, longer ones later. */
function pauseAfter(waited: number): number {
  if (waited < 2 * minute) return 2000;
  return waited < 10 * minute ? 5000 : 15_000;
}

const longest = 30 * minute;

/**
 * A client that doesn't lead to sign-in when the session is over, which would remove the secret from the page. It does refresh an
 * expired session.
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

/** Whether the new secret was used since. Of a rotation, the API says so; otherwise no other secret works. */
function isUsed(now: Token, made: Token): boolean {
  return now.rotation ? now.rotation.new_secret_used_at !== null : now.last_used_at !== made.last_used_at;
}

/** Resolves with the token once its new secret has been used; null after half an hour without a call, or when aborted. */
export async function waitForFirstCall(made: Token, company: string, signal: AbortSignal): Promise<Token | null> {
  const client = quietClient(company);
  const since = Date.now();
  while (!signal.aborted && Date.now() - since < longest) {
    await pause(pauseAfter(Date.now() - since), signal);
    if (document.hidden || signal.aborted) continue;
    try {
      const token = await client.call(readToken, { id: made.id }, { signal });
      if (isUsed(token, made)) return token;
    } catch {
      // No connection, or aborted. The loop checks again.
    }
  }
  return null;
}

/** Ends early if the reader returns to the page or closes the dialog. */
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
