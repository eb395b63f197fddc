import { stringFromBase64URL, stringToBase64URL } from "@supabase/ssr";
import { SignJWT } from "jose";
import { expect } from "playwright/test";
import { environment } from "../environment.ts";
import { call, type Reply, someAddress } from "./call.ts";
import type { Person } from "./world.ts";

/** The sign-in endpoints and their cookie, used like in a browser. */

export function auth(name: string, body: unknown, options: { cookie?: string; address?: string } = {}): Promise<Reply> {
  return call("POST", `/auth/${name}`, { body, headers: { Origin: environment.appUrl }, ...options });
}

/** The cookies of a browser after a response: its Set-Cookie lines, without those that delete a cookie. */
export function cookieAfter(reply: Reply): string {
  const set = reply.headers.getSetCookie().filter((line) => !/max-age=0/i.test(line));
  return set.map((line) => line.split(";")[0]).join("; ");
}

export async function cookieOfSignIn(person: Person): Promise<string> {
  const { email, password } = person;
  return sessionOf(cookieAfter(await auth("sign-in", { email, password }, { address: someAddress() })));
}

/** The session cookie, without the cookie that identifies the browser. */
export function sessionOf(cookies: string): string {
  return parts(cookies)
    .filter((part) => part.startsWith("repdesk-session"))
    .join("; ");
}

/** The cookie of a browser that signed in before. */
export function deviceOf(cookies: string): string {
  const device = parts(cookies).find((part) => part.startsWith("repdesk-device"));
  expect(device, "a sign-in marks the browser").toBeDefined();
  return device as string;
}

const parts = (cookies: string) => cookies.split("; ");

/** The same session with an access token that expired a minute ago. */
export async function expired(cookie: string): Promise<string> {
  const [name = "", value = ""] = cookie.split("=base64-");
  const stored = JSON.parse(stringFromBase64URL(decodeURIComponent(value)));
  const claims = JSON.parse(Buffer.from(stored.access_token.split(".")[1], "base64url").toString());
  const past = Math.floor(Date.now() / 1000) - 60;
  const token = new SignJWT({ ...claims, exp: past }).setProtectedHeader({ alg: "HS256", typ: "JWT" });
  const access_token = await token.sign(new TextEncoder().encode(environment.jwtSecret));
  return `${name}=base64-${stringToBase64URL(JSON.stringify({ ...stored, access_token, expires_at: past }))}`;
}
