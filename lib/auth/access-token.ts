import { errors, type JWTVerifyGetKey, type JWTVerifyOptions, jwtVerify } from "jose";
import { z } from "zod";
import { publicKeys } from "#lib/auth/public-keys";
import { env } from "#lib/env";
import { Unavailable } from "#lib/errors";

/**
 * Who a session's access token speaks for. Anon and service keys have neither `sub` nor `session_id`, and another role;
 * an anonymous user is nobody who could belong to a company. A `client_id` means that a person let another application act for
 * them at the auth server: integrations use API tokens, whose scopes and owners we control.
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

/** A shared secret verifies HS256 alone, public keys never HS256: a public key must not pass for a secret. */
function makeVerifier(): Verifier {
  const { SUPABASE_URL, SUPABASE_JWT_SECRET, SUPABASE_JWT_ISSUER } = env();
  const server = `${SUPABASE_URL}/auth/v1`;
  const claims = claimsBy(SUPABASE_JWT_ISSUER ?? server);
  const audience = "authenticated";
  const requiredClaims = ["sub", "session_id", "exp", "role", "aud"];
  if (SUPABASE_JWT_SECRET !== undefined) {
    const secret = new TextEncoder().encode(SUPABASE_JWT_SECRET);
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
 * Verifies a session's access token by its signature.
 * Returns `expired` only for a token that is ours in every other respect, `invalid` for all else that does not hold.
 * Throws Unavailable where the public keys cannot be fetched.
 */
export async function verifyAccessToken(token: string): Promise<Session | "expired" | "invalid"> {
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
