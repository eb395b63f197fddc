import { decodeJwt } from "jose";
import { z } from "zod";
import type { SignInKind } from "#lib/vocabulary";

/** Something that a person finds in their sign-in activity: what happened, and to whom. */
export type Activity = ({ user_id: string } | { email: string }) & { kind: SignInKind; session_id: string | null };

const claims = z.object({ sub: z.guid(), session_id: z.guid() });

/** Of the session that an access token belongs to, which the auth server itself has just given or taken. */
export function inSession(kind: SignInKind, accessToken: string): Activity | undefined {
  const { data } = claims.safeParse(decodeJwt(accessToken));
  return data && { kind, user_id: data.sub, session_id: data.session_id };
}

/** Of an address that may be nobody's. */
export function atAddress(kind: SignInKind, email: string): Activity {
  return { kind, email, session_id: null };
}
