import { combineChunks, parseCookieHeader, serializeCookieHeader, stringFromBase64URL } from "@supabase/ssr";
import { z } from "zod";
import { env } from "#lib/env";

/** A cookie as it is to be set. */
export type SessionCookie = { name: string; value: string; options: Parameters<typeof serializeCookieHeader>[2] };

/** The parts of a stored session that we read. Supabase's client keeps the user beside them. */
const storedSession = z.object({ access_token: z.string(), refresh_token: z.string(), expires_at: z.number() });

export type StoredSession = z.output<typeof storedSession>;

/** What `@supabase/ssr` puts before a value that it has encoded. */
const encodedPrefix = "base64-";

/**
 * The session cookie's name. `__Host-` binds it to this host over https; a port of its own keeps two copies of the app on one
 * machine apart, since browsers send a cookie to every port.
 */
export function sessionCookieName(): string {
  const { protocol, port } = new URL(env().APP_URL);
  return `${protocol === "https:" ? "__Host-" : ""}repdesk-session${port ? `-${port}` : ""}`;
}

/** How the session cookie is set, in the form that `@supabase/ssr` takes. No script ever sees it. */
export function sessionCookieOptions() {
  const secure = env().APP_URL.startsWith("https:");
  return { name: sessionCookieName(), path: "/", httpOnly: true, sameSite: "lax", secure } as const;
}

/** Whether a cookie is the session's, or one of the pieces a long session is cut into: ten hold more than a request may. */
export function isSessionCookie(name: string): boolean {
  const own = sessionCookieName();
  return name === own || (name.startsWith(`${own}.`) && /^\d$/.test(name.slice(own.length + 1)));
}

function cookiesOf(headers: Headers): { name: string; value: string }[] {
  return parseCookieHeader(headers.get("cookie") ?? "").map(({ name, value = "" }) => ({ name, value }));
}

/** The session a request carries, unverified: `absent` without a cookie, `broken` for one that cannot be read. */
export async function storedSessionOf(headers: Headers): Promise<StoredSession | "absent" | "broken"> {
  const cookies = cookiesOf(headers);
  const find = (name: string) => cookies.find((cookie) => cookie.name === name)?.value;
  const value = await combineChunks(sessionCookieName(), find);
  if (!value) return cookies.some(({ name }) => isSessionCookie(name)) ? "broken" : "absent";
  try {
    const text = value.startsWith(encodedPrefix) ? stringFromBase64URL(value.slice(encodedPrefix.length)) : value;
    return storedSession.parse(JSON.parse(text));
  } catch {
    return "broken";
  }
}

/** Whatever session cookies a request carries beside `kept`, as cookies that end them: a leftover piece would break the next. */
export function endingCookies(headers: Headers, kept: SessionCookie[] = []): SessionCookie[] {
  const { name: _name, ...options } = sessionCookieOptions();
  const names = new Set(cookiesOf(headers).map(({ name }) => name));
  return [...names]
    .filter((name) => isSessionCookie(name) && !kept.some((cookie) => cookie.name === name))
    .map((name) => ({ name, value: "", options: { ...options, maxAge: 0 } }));
}

/** Puts cookies on an answer, and keeps every cache between here and the browser from keeping it. */
export function setCookies(answer: Headers, cookies: readonly SessionCookie[]): void {
  for (const { name, value, options } of cookies)
    answer.append("Set-Cookie", serializeCookieHeader(name, value, options));
  if (cookies.length === 0) return;
  answer.set("Cache-Control", "private, no-cache, no-store, must-revalidate, max-age=0");
  answer.set("Expires", "0");
  answer.set("Pragma", "no-cache");
}

/** A request's headers as the browser will send them next time, with `cookies` taken over. */
export function withCookies(headers: Headers, cookies: readonly SessionCookie[]): Headers {
  if (cookies.length === 0) return new Headers(headers);
  const jar = new Map(cookiesOf(headers).map(({ name, value }) => [name, value]));
  for (const { name, value } of cookies) value === "" ? jar.delete(name) : jar.set(name, value);
  const next = new Headers(headers);
  next.set("cookie", [...jar].map(([name, value]) => `${name}=${encodeURIComponent(value)}`).join("; "));
  return next;
}
