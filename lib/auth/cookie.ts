import { combineChunks, parseCookieHeader, serializeCookieHeader } from "@supabase/ssr";
import { z } from "zod";
import { env } from "#lib/env";

/** A cookie to set. */
export type SessionCookie = { name: string; value: string; options: Parameters<typeof serializeCookieHeader>[2] };

/** The parts of a stored session that the app reads. Supabase's client stores the user, too. */
const storedSession = z.object({ access_token: z.string(), refresh_token: z.string(), expires_at: z.number() });

export type StoredSession = z.output<typeof storedSession>;

/** The prefix of values that `@supabase/ssr` has encoded. */
const encodedPrefix = "base64-";

/**
 * The session cookie's name. Over https, `__Host-` binds it to this host. The port is part of the name because browsers send a
 * cookie to every port of a host, and two copies of the app may run on one machine.
 */
export function sessionCookieName(): string {
  const { protocol, port } = new URL(env().APP_URL);
  return `${protocol === "https:" ? "__Host-" : ""}repdesk-session${port ? `-${port}` : ""}`;
}

/** The session cookie's options, in the form that `@supabase/ssr` takes. Scripts can't read it. */
export function sessionCookieOptions() {
  const secure = env().APP_URL.startsWith("https:");
  return { name: sessionCookieName(), path: "/", httpOnly: true, sameSite: "lax", secure } as const;
}

/** Whether a cookie is the session's, or one of the chunks of a long session: at most ten, which is more than a request can carry. */
export function isSessionCookie(name: string): boolean {
  const own = sessionCookieName();
  return name === own || (name.startsWith(`${own}.`) && /^\d$/.test(name.slice(own.length + 1)));
}

function cookiesOf(headers: Headers): { name: string; value: string }[] {
  return parseCookieHeader(headers.get("cookie") ?? "").map(({ name, value = "" }) => ({ name, value }));
}

/** A request's session, unverified: `absent` without a cookie, `broken` if it can't be parsed. */
export async function storedSessionOf(headers: Headers): Promise<StoredSession | "absent" | "broken"> {
  const cookies = cookiesOf(headers);
  const find = (name: string) => cookies.find((cookie) => cookie.name === name)?.value;
  const value = await combineChunks(sessionCookieName(), find);
  if (!value) return cookies.some(({ name }) => isSessionCookie(name)) ? "broken" : "absent";
  try {
    const isEncoded = value.startsWith(encodedPrefix);
    const text = isEncoded ? Buffer.from(value.slice(encodedPrefix.length), "base64url").toString() : value;
    return storedSession.parse(JSON.parse(text));
  } catch {
    return "broken";
  }
}

/** Cookies that delete a request's session cookies other than `kept`: a leftover chunk would corrupt the next session. */
export function endingCookies(headers: Headers, kept: SessionCookie[] = []): SessionCookie[] {
  const { name: _name, ...options } = sessionCookieOptions();
  const names = new Set(cookiesOf(headers).map(({ name }) => name));
  return [...names]
    .filter((name) => isSessionCookie(name) && !kept.some((cookie) => cookie.name === name))
    .map((name) => ({ name, value: "", options: { ...options, maxAge: 0 } }));
}

/** Sets cookies on a response, and keeps caches from storing it. */
export function setCookies(answer: Headers, cookies: readonly SessionCookie[]): void {
  for (const { name, value, options } of cookies)
    answer.append("Set-Cookie", serializeCookieHeader(name, value, options));
  if (cookies.length === 0) return;
  answer.set("Cache-Control", "private, no-cache, no-store, must-revalidate, max-age=0");
  answer.set("Expires", "0");
  answer.set("Pragma", "no-cache");
}

/** A request's headers as the browser will send them after it has stored `cookies`. */
export function withCookies(headers: Headers, cookies: readonly SessionCookie[]): Headers {
  if (cookies.length === 0) return new Headers(headers);
  const jar = new Map(cookiesOf(headers).map(({ name, value }) => [name, value]));
  for (const { name, value } of cookies) value === "" ? jar.delete(name) : jar.set(name, value);
  const next = new Headers(headers);
  next.set("cookie", [...jar].map(([name, value]) => `${name}=${encodeURIComponent(value)}`).join("; "));
  return next;
}
