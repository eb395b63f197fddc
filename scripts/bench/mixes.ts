import { randomBytes, randomUUID } from "node:crypto";
import { newToken } from "#lib/format/token";

/** A request of a benchmark. */
export type Sent = { method: "GET" | "POST"; path: string; headers: Record<string, string>; body?: string };

/** A kind of hostile traffic. `share`: how many of a thousand requests are of this kind. */
export type Mix = { share: number; make: (index: number, appUrl: string) => Sent };

const get = (path: string, headers: Record<string, string> = {}): Sent => ({ method: "GET", path, headers });

/** What a stranger can send without a valid credential. Each request has its own credential and address. */
export const mixes = {
  "unknown tokens": { share: 400, make: () => get("/api/v1/me", bearer(newToken().secret)) },
  "junk tokens": { share: 250, make: () => get("/api/v1/me", bearer(`rdk_${randomBytes(40).toString("hex")}`)) },
  "no credential": { share: 148, make: () => get("/api/v1/contacts") },
  "forged cookies": { share: 180, make: (_index, appUrl) => get("/api/v1/me", forgedCookie(appUrl)) },
  "pages, forged cookies": {
    share: 20,
    make: (index, appUrl) => get(`/company-${index}/contacts`, forgedCookie(appUrl)),
  },
  "failed sign-ins": { share: 2, make: failedSignIn },
} satisfies Record<string, Mix>;
export type MixName = keyof typeof mixes;

function bearer(token: string): Record<string, string> {
  return { authorization: `Bearer ${token}` };
}

const encode = (value: unknown) => Buffer.from(JSON.stringify(value)).toString("base64url");
const jwtHeader = encode({ alg: "HS256", typ: "JWT" });

/** A session that needs a refresh and is valid except for its signature. */
function forgedCookie(appUrl: string): Record<string, string> {
  const claims = { sub: randomUUID(), session_id: randomUUID(), role: "authenticated", aud: "authenticated", exp: 1 };
  const access_token = `${jwtHeader}.${encode(claims)}.${randomBytes(32).toString("base64url")}`;
  const stored = { access_token, refresh_token: randomBytes(9).toString("base64url"), expires_at: 1 };
  return { cookie: `repdesk-session-${new URL(appUrl).port}=base64-${encode(stored)}` };
}

function failedSignIn(index: number, appUrl: string): Sent {
  const body = JSON.stringify({ email: `nobody-${index}@example.com`, password: "not the password" });
  return {
    method: "POST",
    path: "/auth/sign-in",
    headers: { "content-type": "application/json", origin: appUrl },
    body,
  };
}

/** A unique IPv4 address or IPv6 network for each index. Consecutive ones are far apart. */
export function addressOf(index: number): string {
  // Multiplying by an odd number is one-to-one in 32 bits.
  const spread = Math.imul(index + 1, 0x9e3779b1) >>> 0;
  if (index % 2 === 0) return [24, 16, 8, 0].map((shift) => (spread >>> shift) & 255).join(".");
  return `2a00:${(spread >>> 16).toString(16)}:${(spread & 0xffff).toString(16)}::1`;
}
