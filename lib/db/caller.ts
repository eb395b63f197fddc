import type { Flag, Permission, Role, Scope } from "#lib/vocabulary";

/** What a request authenticates with. A token is identified by the SHA-256 of the whole string, so its caller has all of it. */
export type Credential = { kind: "token"; hash: Buffer } | { kind: "session"; user_id: string; session_id: string };

/** Whether a request needs a company: `none` ignores it, `optional` works without one. */
export type Need = "required" | "optional" | "none";

/** The caller, as the database knows them at this moment. */
export type Caller = {
  request_id: string;
  user_id: string;
  /** The calling session; null if the caller is a token. */
  session_id: string | null;
  email: string;
  /** The default name for this user as a new member. */
  user_name: string;
  token: {
    id: string;
    name: string;
    prefix: string;
    scopes: Scope[];
    expires_at: Date | null;
    allowed_addresses: string[];
    /** The number of the secret that was presented. */
    secret: number;
    /** It is a new secret that wasn't used before. */
    is_first_use: boolean;
    /** When the secret was last used. */
    last_used_at: Date | null;
  } | null;
  company: { id: string; slug: string; name: string } | null;
  member: { id: string; name: string; email: string; role: Role; flags: Flag[]; version: number } | null;
  /** What this credential may do now; empty without a company. */
  permissions: Permission[];
  /** Of these, what the request needed besides its endpoint's permission. */
  alsoNeeded?: Permission[];
};

/** A caller inside a company. */
export type Principal = Caller & { company: NonNullable<Caller["company"]>; member: NonNullable<Caller["member"]> };

/** Why the database rejected a credential. */
export type RejectionCode =
  | "token_invalid"
  | "token_expired"
  | "token_revoked"
  | "token_rotated"
  | "token_suspended"
  | "ip_not_allowed"
  | "member_inactive"
  | "session_invalid"
  | "company_required"
  | "company_mismatch"
  | "company_suspended"
  | "not_a_member";
