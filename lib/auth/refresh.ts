import { createHash } from "node:crypto";
import { type AuthError, isAuthSessionMissingError } from "@supabase/supabase-js";
import { decodeJwt } from "jose";
import { verifyAccessToken } from "#lib/auth/access-token";
import { openClient } from "#lib/auth/client";
import { endingCookies, type SessionCookie, type StoredSession, storedSessionOf } from "#lib/auth/cookie";
import { sessionInvalid, tooManyTries } from "#lib/auth/errors";
import { type AppError, isAppError } from "#lib/errors";
import { processWide } from "#lib/format/process-wide";

type Refreshed = { access_token: string; cookies: SessionCookie[] };

/** Called before the auth server is asked to refresh a session. Throws `rate_limited`. */
export type RefreshLimit = (session_id: string) => Promise<void>;

/**
 * The refreshes of this process, by the hash of the refresh token. A refresh token can be used once, so concurrent requests with the
 * same cookie, and requests that were already on their way, must get the same new session. Pages and route handlers are separate
 * bundles, so the map belongs to the process.
 */
const flights = processWide("auth.refreshes", () => new Map<string, Promise<Refreshed>>());
const keptMs = 20_000;
/** The most refreshes to keep. The rate limits allow far fewer. */
const mostFlights = 10_000;

/** A session that expires sooner than this is refreshed. */
const marginMs = 30_000;

/**
 * Returns the session in a request's cookie, refreshed if its verified token has expired or is about to.
 * Throws `session_invalid`, with the cookies that end the session, only if the session is really over. After Unavailable and
 * `rate_limited` the session goes on.
 */
export async function refresh(headers: Headers, limit: RefreshLimit): Promise<Refreshed & { session_id: string }> {
  const stored = await storedSessionOf(headers);
  if (typeof stored === "string") throw over(headers);
  const { access_token } = stored;
  const verified = await verifyAccessToken(access_token);
  if (verified === "invalid") throw over(headers);
  // An expired token's signature was verified, too.
  const session_id = verified === "expired" ? String(decodeJwt(access_token).session_id) : verified.session_id;
  if (verified !== "expired" && verified.expires_at.getTime() > Date.now() + marginMs)
    return { access_token, session_id, cookies: [] };
  const key = keyOf(stored);
  if (!flights.has(key)) await limit(session_id);
  const flight = flights.get(key) ?? start(key, stored);
  try {
    const { access_token, cookies } = await flight;
    return { access_token, session_id, cookies: [...cookies, ...endingCookies(headers, cookies)] };
  } catch (error) {
    throw isAppError(error, "session_invalid") ? over(headers) : error;
  }
}

/** Drops a kept refresh after the session is signed out. */
export async function forgetRefresh(headers: Headers): Promise<void> {
  const stored = await storedSessionOf(headers);
  if (typeof stored !== "string") flights.delete(keyOf(stored));
}

function keyOf({ refresh_token }: StoredSession): string {
  return createHash("sha256").update(refresh_token).digest("base64");
}

function start(key: string, stored: StoredSession): Promise<Refreshed> {
  if (flights.size >= mostFlights) throw tooMany();
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
  if (error?.status === 429) throw tooMany();
  if (isOver(error)) throw sessionInvalid();
  throw new Error(`the sign-in service rejected a refresh: ${error?.status} ${error?.code}`, { cause: error });
}

function tooMany(): AppError {
  return tooManyTries("Too many people are signing in right now. Try again in a minute.");
}

/** A 401 without a code comes from the gateway and is about the app's own key, so it doesn't end a session. */
function isOver(error: AuthError | null): boolean {
  if (error === null || isAuthSessionMissingError(error)) return true;
  return [400, 403, 404].includes(error.status ?? 0) || (error.status === 401 && error.code !== undefined);
}

function over(headers: Headers): AppError {
  return sessionInvalid(endingCookies(headers));
}
