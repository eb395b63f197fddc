import type { Flag, Permission, Role, Scope } from "#lib/vocabulary";

/** What a request authenticates with. A token is known by the SHA-256 of its whole string, so a caller who presents it has all of it. */
export type Credential = { kind: "token"; hash: Buffer } | { kind: "session"; user_id: string; session_id: string };

/** Whether a request needs a company: `none` ignores it, `optional` works without. */
export type Need = "required" | "optional" | "none";

/** Who calls, as the database knows it at this moment. */
export type Caller = {
  request_id: string;
  user_id: string;
  /** The session that calls; null where a token does. */
  session_id: string | null;
  email: string;
  /** What a new member of this user is called at first. */
  user_name: string;
  token: {
    id: string;
    name: string;
    prefix: string;
    scopes: Scope[];
    expires_at: Date | null;
    last_used_at: Date | null;
  } | null;
  company: { id: string; slug: string; name: string } | null;
  member: { id: string; name: string; email: string; role: Role; flags: Flag[]; version: number } | null;
  /** What this very credential may do now; empty without a company. */
  permissions: Permission[];
};

/** A caller inside a company. */
export type Principal = Caller & { company: NonNullable<Caller["company"]>; member: NonNullable<Caller["member"]> };

/** Why a credential was rejected, as the database says it. */
export type RejectionCode =
  | "token_invalid"
  | "token_expired"
  | "token_revoked"
  | "member_inactive"
  | "session_invalid"
  | "company_required"
  | "company_mismatch"
  | "company_suspended"
  | "not_a_member";
