import { createServerClient } from "@supabase/ssr";
import type { AuthError, SupabaseClient } from "@supabase/supabase-js";
import { isSessionCookie, type SessionCookie, sessionCookieOptions } from "#lib/auth/cookie";
import { signInAway } from "#lib/auth/errors";
import { env } from "#lib/env";

/** How long the sign-in service may take for one request of ours, all its steps together. */
const patienceMs = 6000;

type Auth = SupabaseClient["auth"];

/**
 * A line to the sign-in service that goes dead at the first failure. Supabase's client would repeat for half a minute, and a
 * repeat that came through after we gave up would use a refresh token whose successor nobody receives.
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
 * A client for one operation, without a session: what it needs it is given, and what it sets is read from `cookies`.
 * So it never refreshes a session by itself, behind the back of `refresh`.
 */
export function openClient() {
  const line = openLine();
  const jar = new Map<string, SessionCookie>();
  const { auth } = createServerClient(env().SUPABASE_URL, env().SUPABASE_PUBLISHABLE_KEY, {
    cookieOptions: sessionCookieOptions(),
    cookies: {
      getAll: () => [...jar.values()],
      setAll: (list) => {
        // Keys of the PKCE flow are of no use here: a mailed link is confirmed by its hash alone.
        for (const cookie of list) if (isSessionCookie(cookie.name)) jar.set(cookie.name, cookie);
      },
    },
    global: { fetch: line.fetch },
  });
  return {
    /** Makes one call. Throws Unavailable if the service does not answer, even if the client hides it. */
    ask: async <T extends { error: AuthError | null }>(call: (auth: Auth) => Promise<T>): Promise<T> =>
      Promise.race([call(auth), line.down]),
    /** The cookies of the session that came of it. */
    cookies: () => [...jar.values()],
  };
}
