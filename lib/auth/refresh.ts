import { createHash } from "node:crypto";
import { type AuthError, isAuthSessionMissingError } from "@supabase/supabase-js";
import { verifyAccessToken } from "#lib/auth/access-token";
import { openClient } from "#lib/auth/client";
import { endingCookies, type SessionCookie, type StoredSession, storedSessionOf } from "#lib/auth/cookie";
import { AuthRefusal, sessionInvalid } from "#lib/auth/errors";

type Refreshed = { access_token: string; cookies: SessionCookie[] };

/**
 * Refreshes of this process, by the hash of the refresh token. It is good for one use: requests that come together with the same
 * cookie, and those that were under way meanwhile, must get the same successor. Pages and route handlers are separate bundles,
 * so the map hangs on the process.
 */
const flights = processWide("repdesk.refreshes", () => new Map<string, Promise<Refreshed>>());
const keptMs = 20_000;

function processWide<T>(name: string, make: () => T): T {
  const shared = globalThis as Record<symbol, unknown>;
  shared[Symbol.for(name)] ??= make();
  return shared[Symbol.for(name)] as T;
}

/**
 * A fresh session for the one that a request's cookie holds.
 * Throws AuthRefusal `session_over` with the cookies that end it, only when the service says so; AuthUnavailable leaves it alone.
 */
export async function refresh(headers: Headers): Promise<Refreshed> {
  const stored = await storedSessionOf(headers);
  if (typeof stored === "string") throw over(headers);
  // Whoever makes a cookie up must not use up what the service allows our address.
  if ((await verifyAccessToken(stored.access_token)) === "invalid") throw over(headers);
  const key = keyOf(stored);
  const flight = flights.get(key) ?? start(key, stored);
  try {
    const { access_token, cookies } = await flight;
    return { access_token, cookies: [...cookies, ...endingCookies(headers, cookies)] };
  } catch (error) {
    throw error instanceof AuthRefusal && error.reason === "session_over" ? over(headers) : error;
  }
}

/** Once the session is signed out, nobody gets what its refresh gave before. */
export async function forgetRefresh(headers: Headers): Promise<void> {
  const stored = await storedSessionOf(headers);
  if (typeof stored !== "string") flights.delete(keyOf(stored));
}

function keyOf({ refresh_token }: StoredSession): string {
  return createHash("sha256").update(refresh_token).digest("base64");
}

function start(key: string, stored: StoredSession): Promise<Refreshed> {
  const flight = renew(stored);
  flights.set(key, flight);
  flight.then(
    () => setTimeout(() => flights.delete(key), keptMs).unref(),
    () => flights.delete(key),
  );
  return flight;
}

async function renew({ refresh_token }: StoredSession): Promise<Refreshed> {
  const client = openClient();
  const { data, error } = await client.ask((auth) => auth.refreshSession({ refresh_token }));
  if (data.session) return { access_token: data.session.access_token, cookies: client.cookies() };
  if (error?.status === 429)
    throw new AuthRefusal("too_many", "Too many people are signing in right now. Try again in a minute.");
  if (isOver(error)) throw new AuthRefusal("session_over", sessionInvalid().detail);
  throw new Error(`the sign-in service refused a refresh: ${error?.status} ${error?.code}`, { cause: error });
}

/** 401 without a code comes from the gateway and means our own key: nobody's session has ended for that. */
function isOver(error: AuthError | null): boolean {
  if (error === null || isAuthSessionMissingError(error)) return true;
  return [400, 403, 404].includes(error.status ?? 0) || (error.status === 401 && error.code !== undefined);
}

function over(headers: Headers): AuthRefusal {
  return new AuthRefusal("session_over", sessionInvalid().detail, { cookies: endingCookies(headers) });
}
