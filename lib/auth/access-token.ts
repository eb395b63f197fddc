import { createRemoteJWKSet, errors, type JWTVerifyGetKey, jwtVerify } from "jose";
import { z } from "zod";
import { AuthUnavailable } from "#lib/auth/errors";
import { env } from "#lib/env";

/**
 * Who a session's access token speaks for. Anon and service keys have neither `sub` nor `session_id`, and another role;
 * an anonymous user is nobody who could belong to a company.
 */
const claims = z
  .object({
    sub: z.guid(),
    session_id: z.guid(),
    exp: z.number(),
    role: z.literal("authenticated"),
    email: z.string().optional(),
    is_anonymous: z.literal(false).optional(),
  })
  .transform(({ sub, session_id, exp, email }) => ({
    user_id: sub,
    session_id,
    email: email ?? null,
    expires_at: new Date(exp * 1000),
  }));

export type Session = z.output<typeof claims>;

const required = ["sub", "session_id", "exp", "role", "aud"];

/** A key that is wrong or unknown is the token's fault; keys that cannot be fetched are nobody's. */
const tokensFault = [errors.JWKSNoMatchingKey, errors.JWKSMultipleMatchingKeys, errors.JOSENotSupported];

/** Public keys are kept for as long as the process lives, and fetched anew when a token names one that is not among them. */
function remoteKeys(): JWTVerifyGetKey {
  const keys = createRemoteJWKSet(new URL(`${env().SUPABASE_URL}/auth/v1/.well-known/jwks.json`), {
    cacheMaxAge: Number.POSITIVE_INFINITY,
    timeoutDuration: 3000,
  });
  return async (...args) => {
    try {
      return await keys(...args);
    } catch (error) {
      if (tokensFault.some((kind) => error instanceof kind)) throw error;
      throw new AuthUnavailable(error);
    }
  };
}

type Verifier = { key: JWTVerifyGetKey; algorithms: string[] };
let verifier: Verifier | undefined;

/** A shared secret verifies HS256 alone, public keys never HS256: a public key must not pass for a secret. */
function makeVerifier(): Verifier {
  const secret = env().SUPABASE_JWT_SECRET;
  if (secret === undefined) return { key: remoteKeys(), algorithms: ["ES256", "RS256", "EdDSA"] };
  const key = new TextEncoder().encode(secret);
  return { key: async () => key, algorithms: ["HS256"] };
}

/**
 * Verifies a session's access token by its signature.
 * Returns `expired` only for a token that is ours in every other respect, `invalid` for all else that does not hold.
 * Throws AuthUnavailable where the public keys cannot be fetched.
 */
export async function verifyAccessToken(token: string): Promise<Session | "expired" | "invalid"> {
  verifier ??= makeVerifier();
  try {
    const options = { algorithms: verifier.algorithms, audience: "authenticated", requiredClaims: required };
    const { payload } = await jwtVerify(token, verifier.key, options);
    return claims.safeParse(payload).data ?? "invalid";
  } catch (error) {
    if (error instanceof errors.JWTExpired) return claims.safeParse(error.payload).success ? "expired" : "invalid";
    if (error instanceof errors.JOSEError) return "invalid";
    throw error instanceof AuthUnavailable
      ? error
      : new Error("an access token could not be verified", { cause: error });
  }
}
