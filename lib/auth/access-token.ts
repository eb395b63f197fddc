import { createSecretKey } from "node:crypto";
import { errors, type JWTVerifyGetKey, type JWTVerifyOptions, jwtVerify } from "jose";
import { z } from "zod";
import { publicKeys } from "#lib/auth/public-keys";
import { env } from "#lib/env";
import { Unavailable } from "#lib/errors";
import { detached } from "#lib/format/detached";

/**
 * The claims of a session's access token. Rejects anon and service keys, which have another role and no `sub` or `session_id`;
 * anonymous users, who can't belong to a company; and tokens with a `client_id`, which the auth server issues to other applications:
 * those have to use API tokens, which have scopes and can be revoked here.
 */
function claimsBy(issuer: string) {
  return z
    .object({
      iss: z.literal(issuer).optional(),
      sub: z.guid(),
      session_id: z.guid(),
      exp: z.number(),
      role: z.literal("authenticated"),
      email: z.string().optional(),
      is_anonymous: z.literal(false).optional(),
      client_id: z.never().optional(),
    })
    .transform(({ sub, session_id, exp, email }) => ({
      user_id: sub,
      session_id,
      email: email ?? null,
      expires_at: new Date(exp * 1000),
    }));
}

export type Session = z.output<ReturnType<typeof claimsBy>>;

type Verifier = { key: JWTVerifyGetKey; options: JWTVerifyOptions; claims: ReturnType<typeof claimsBy> };
let verifier: Verifier | undefined;

/** A shared secret verifies only HS256, and public keys never do: otherwise anyone could sign with a public key as the secret. */
function makeVerifier(): Verifier {
  const { SUPABASE_URL, SUPABASE_JWT_SECRET, SUPABASE_JWT_ISSUER } = env();
  const server = `${SUPABASE_URL}/auth/v1`;
  const claims = claimsBy(SUPABASE_JWT_ISSUER ?? server);
  const audience = "authenticated";
  const requiredClaims = ["sub", "session_id", "exp", "role", "aud"];
  if (SUPABASE_JWT_SECRET !== undefined) {
    const secret = createSecretKey(SUPABASE_JWT_SECRET, "utf8");
    return { key: async () => secret, options: { algorithms: ["HS256"], audience, requiredClaims }, claims };
  }
  const algorithms = ["ES256", "RS256", "EdDSA"];
  return {
    key: publicKeys(new URL(`${server}/.well-known/jwks.json`)),
    options: { algorithms, audience, requiredClaims: [...requiredClaims, "iss"] },
    claims,
  };
}

/**
 * Tokens whose signature was valid within the last minute. The signature can't change, and the database decides on every request
 * whether the session still exists.
 */
const verified = new Map<string, { session: Session; until: number }>();
const mostVerified = 5_000;
const verifiedMs = 60_000;
/** Longer tokens aren't kept, in characters. */
const longestVerified = 4_096;

/**
 * Verifies a session's access token by its signature. Returns `expired` only if the token is otherwise valid.
 * Throws Unavailable if the public keys can't be fetched.
 */
export async function verifyAccessToken(token: string): Promise<Session | "expired" | "invalid"> {
  const known = verified.get(token);
  if (known && Date.now() < known.until) return known.session;
  verified.delete(token);
  const session = await verify(token);
  if (typeof session === "string" || token.length > longestVerified) return session;
  if (verified.size >= mostVerified) verified.delete(verified.keys().next().value as string);
  verified.set(detached(token), { session, until: Math.min(Date.now() + verifiedMs, session.expires_at.getTime()) });
  return session;
}

async function verify(token: string): Promise<Session | "expired" | "invalid"> {
  verifier ??= makeVerifier();
  const { key, options, claims } = verifier;
  try {
    const { payload } = await jwtVerify(token, key, options);
    return claims.safeParse(payload).data ?? "invalid";
  } catch (error) {
    if (error instanceof errors.JWTExpired) return claims.safeParse(error.payload).success ? "expired" : "invalid";
    if (error instanceof errors.JOSEError) return "invalid";
    throw error instanceof Unavailable ? error : new Error("an access token could not be verified", { cause: error });
  }
}
