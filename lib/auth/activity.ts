import { decodeJwt } from "jose";
import { z } from "zod";
import type { SignInKind } from "#lib/vocabulary";

/** An entry of a person's sign-in activity: what happened, and to whom. */
export type Activity = ({ user_id: string } | { email: string }) & { kind: SignInKind; session_id: string | null };

const claims = z.object({ sub: z.guid(), session_id: z.guid() });

/** Activity in the session of an access token. The token isn't verified, since the auth server has just issued or accepted it. */
export function inSession(kind: SignInKind, accessToken: string): Activity | undefined {
  const { data } = claims.safeParse(decodeJwt(accessToken));
  return data && { kind, user_id: data.sub, session_id: data.session_id };
}

/** Activity at an address that may not have an account. */
export function atAddress(kind: SignInKind, email: string): Activity {
  return { kind, email, session_id: null };
}
