import { createHmac, randomBytes, timingSafeEqual } from "node:crypto";
import { parseCookieHeader } from "@supabase/ssr";
import { z } from "zod";
import { type SessionCookie, sessionCookieName, sessionCookieOptions } from "#lib/auth/cookie";
import { secretKey } from "#lib/auth/secret";

/** A browser that has signed in before, known by a signed cookie. It grants no access; it keeps strangers from locking a person out. */
export type Device = { id: string; emails: string[] };

/** How many email addresses a browser is remembered for, the latest first. */
const mostEmails = 5;
const longest = 1_000;
/** The longest that browsers keep a cookie. */
const maxAgeSeconds = 400 * 86_400;

const device = z.object({ id: z.string().max(60), emails: z.array(z.string().max(30)).max(mostEmails) });

/** Reads the device from a request's cookie; null if there is none or its signature is wrong. */
export function deviceOf(headers: Headers): Device | null {
  const cookies = parseCookieHeader(headers.get("cookie") ?? "");
  const value = cookies.find(({ name }) => name === deviceCookieName())?.value;
  if (!value || value.length > longest) return null;
  const [payload = "", signature = ""] = value.split(".");
  const [given, expected] = [Buffer.from(signature), Buffer.from(sign(payload))];
  if (given.length !== expected.length || !timingSafeEqual(given, expected)) return null;
  return device.parse(JSON.parse(Buffer.from(payload, "base64url").toString()));
}

/** Whether someone has signed in with this address on the device. */
export function knows({ emails }: Device, email: string): boolean {
  return emails.includes(digest(email));
}

/** Returns the cookie that remembers the device, and that this address has signed in on it. */
export function deviceCookie(headers: Headers, email: string): SessionCookie {
  const { id, emails } = deviceOf(headers) ?? { id: randomBytes(12).toString("base64url"), emails: [] };
  const own = digest(email);
  const remembered = [own, ...emails.filter((other) => other !== own)].slice(0, mostEmails);
  const payload = Buffer.from(JSON.stringify({ id, emails: remembered } satisfies Device)).toString("base64url");
  const { name: _name, ...options } = sessionCookieOptions();
  return {
    name: deviceCookieName(),
    value: `${payload}.${sign(payload)}`,
    options: { ...options, maxAge: maxAgeSeconds },
  };
}

function deviceCookieName(): string {
  return sessionCookieName().replace("repdesk-session", "repdesk-device");
}

function sign(payload: string): string {
  return createHmac("sha256", secretKey("device-cookie")).update(payload).digest("base64url");
}

/** An address in the form that the cookie stores, which doesn't reveal it. */
function digest(email: string): string {
  return createHmac("sha256", secretKey("device-cookie"))
    .update(`email:${email.normalize("NFC").toLowerCase()}`)
    .digest("base64url")
    .slice(0, 22);
}
