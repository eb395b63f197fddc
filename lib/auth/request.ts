import { createHash } from "node:crypto";
import { type Session, verifyAccessToken } from "#lib/auth/access-token";
import { storedSessionOf } from "#lib/auth/cookie";
import { sessionExpired, sessionInvalid, tokenInvalid } from "#lib/auth/errors";
import { authorizationFault, parseToken } from "#lib/format/token";

/** A request's credential, before the database authenticates it. A token's hash is the SHA-256 of the whole string. */
export type Presented =
  | { kind: "none" }
  | { kind: "token"; hash: Buffer; prefix: string }
  | ({ kind: "session"; via: "bearer" | "cookie" } & Session);

/** The scheme Bearer and one token68 value (RFC 9110, 11.4), with nothing after it. */
const bearer = /^bearer +([A-Za-z0-9._~+/-]+=*)$/i;
const longest = 4096;

/**
 * Reads the credential from the headers, without a query.
 * If there is an Authorization header, even an empty or malformed one, the cookie is ignored.
 * Throws AppError, or Unavailable if a session can't be verified because the keys can't be fetched.
 */
export async function credentialOf(headers: Headers): Promise<Presented> {
  const authorization = headers.get("authorization");
  return authorization === null ? fromCookie(headers) : fromAuthorization(authorization);
}

async function fromAuthorization(value: string): Promise<Presented> {
  const credential = value.length > longest ? undefined : bearer.exec(value)?.[1];
  const token = credential === undefined ? null : parseToken(credential);
  if (credential && token)
    return { kind: "token", hash: createHash("sha256").update(credential).digest(), prefix: token.prefix };
  const fault = value.length > longest ? null : authorizationFault(value);
  if (fault !== null || credential === undefined) throw tokenInvalid(fault);
  if (credential.split(".").length !== 3) throw tokenInvalid();
  const session = await verifyAccessToken(credential);
  if (session === "expired") throw sessionExpired();
  if (session === "invalid") throw tokenInvalid();
  return { kind: "session", via: "bearer", ...session };
}

async function fromCookie(headers: Headers): Promise<Presented> {
  const stored = await storedSessionOf(headers);
  if (stored === "absent") return { kind: "none" };
  if (stored === "broken") throw sessionInvalid();
  const session = await verifyAccessToken(stored.access_token);
  if (session === "expired") throw sessionExpired();
  if (session === "invalid") throw sessionInvalid();
  return { kind: "session", via: "cookie", ...session };
}
