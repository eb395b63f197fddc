import { createServerClient } from "@supabase/ssr";
import type { AuthError, SupabaseClient } from "@supabase/supabase-js";
import { isSessionCookie, type SessionCookie, sessionCookieOptions } from "#lib/auth/cookie";
import { signInAway } from "#lib/auth/errors";
import { env } from "#lib/env";

/** How long the sign-in service may take for all steps of one operation. */
const patienceMs = 6000;

type Auth = SupabaseClient["auth"];

/**
 * A connection to the sign-in service that stops working at the first failure. Supabase's client would retry for half a minute, and
 * a retry that succeeds after the operation has failed would use up a refresh token without anyone receiving the new one.
 */
function openLine() {
  const cut = new AbortController();
  const signal = AbortSignal.any([cut.signal, AbortSignal.timeout(patienceMs)]);
  const down = Promise.withResolvers<never>();
  down.promise.catch(() => {});

  const guarded: typeof fetch = async (input, init) => {
    try {
      const response = await fetch(input, { ...init, signal });
      if (response.status >= 500) throw new Error(`it answered ${response.status}`);
      const body = await response.arrayBuffer();
      return new Response(body.byteLength > 0 ? body : null, response);
    } catch (cause) {
      cut.abort();
      down.reject(signInAway(cause));
      // An error thrown here would be printed by the client, past the log.
      return new Response(null, { status: 503 });
    }
  };
  return { fetch: guarded, down: down.promise };
}

/**
 * Creates a client for one operation. It has no session of its own, so it never refreshes one outside of `refresh`. The cookies that
 * it sets are in `cookies`.
 */
export function openClient() {
  const line = openLine();
  const jar = new Map<string, SessionCookie>();
  const { auth } = createServerClient(env().SUPABASE_URL, env().SUPABASE_PUBLISHABLE_KEY, {
    cookieOptions: sessionCookieOptions(),
    cookies: {
      getAll: () => [...jar.values()],
      setAll: (list) => {
        // Keys of the PKCE flow aren't needed: a link from an email is confirmed by its hash alone.
        for (const cookie of list) if (isSessionCookie(cookie.name)) jar.set(cookie.name, cookie);
      },
    },
    global: { fetch: line.fetch },
  });
  return {
    /** Makes one call. Throws Unavailable if the service doesn't respond, even if Supabase's client hides that. */
    ask: async <T extends { error: AuthError | null }>(call: (auth: Auth) => Promise<T>): Promise<T> =>
      Promise.race([call(auth), line.down]),
    /** The cookies of the new session. */
    cookies: () => [...jar.values()],
  };
}
