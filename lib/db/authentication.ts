import type { Sql } from "postgres";
import type { Caller, Credential, Need, RejectionCode } from "#lib/db/caller";
import { AppError } from "#lib/errors";
import { tokenInvalidDetail } from "#lib/format/token";
import { type EndOfSecret, effectivePermissions } from "#lib/vocabulary";

export type AuthenticationRequest = { credential: Credential; company: string | null; need: Need; request_id: string };

type Named = { id: string; slug: string; name: string };
type Answer = {
  refused: RejectionCode | null;
  at?: string | null;
  /** Why a token was revoked or suspended, or why its secret ended. */
  why?: string | null;
  /** The status of the login behind a rejected token whose member is active. */
  login?: "banned" | "deleted" | null;
  companies?: Named[] | null;
  user_id: string;
  email: string;
  user_name: string | null;
  company: Named | null;
  member: Caller["member"];
  token?: Omit<NonNullable<Caller["token"]>, "expires_at" | "last_used_at"> & {
    expires_at: string | null;
    last_used_at: string | null;
  };
};

/** What `prove_token` and `prove_session` return. A rejected credential has no company, so a statement joined to it finds nothing. */
export type AuthenticationRow = { company_id: string | null; answer: Answer };

/**
 * Settings of this transaction, made by its first statement, since a pooler keeps no session settings: timeouts, and whether
 * PostgreSQL plans each statement for its own values. A generic plan, which it may prefer from the sixth use on, can make a list
 * 100 times slower.
 */
export type Settings = { statementMs: number; lockMs: number; idleMs: number; customPlans: boolean };

/** The most that is kept of a name from the auth server, in UTF-16 units. No member's name is longer. */
const longestName = 400;

const uuid = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;

/** Throws `session_invalid` for IDs that PostgreSQL can't parse. */
export function requireForm({ credential }: AuthenticationRequest): void {
  if (credential.kind === "token") return;
  if (!uuid.test(credential.user_id) || !uuid.test(credential.session_id)) throw rejection("session_invalid");
}

/** Authenticates a credential and enters its company, for the current transaction of `sql`. */
export async function authenticate(
  sql: Sql,
  request: AuthenticationRequest,
  settings: Settings,
): Promise<AuthenticationRow> {
  const { credential, company, need, request_id } = request;
  const set = sql`
    set_config('statement_timeout', ${`${settings.statementMs}ms`}, true),
    set_config('lock_timeout', ${`${settings.lockMs}ms`}, true),
    set_config('idle_in_transaction_session_timeout', ${`${settings.idleMs}ms`}, true),
    set_config('plan_cache_mode', ${settings.customPlans ? "force_custom_plan" : "auto"}, true)`;
  // `execute` sends it immediately, so that it comes before the statements of the work.
  const sent =
    credential.kind === "token"
      ? sql<AuthenticationRow[]>`select p.company_id, p.answer, ${set}
          from repdesk.prove_token(${credential.hash}, ${company}, ${request_id}) p`
      : sql<AuthenticationRow[]>`select p.company_id, p.answer, ${set}
          from repdesk.prove_session(${credential.user_id}, ${credential.session_id}, ${company}, ${need}, ${request_id}) p`;
  const [row] = await sent.execute();
  return row as AuthenticationRow;
}

/** The caller whose credential wasn't rejected. */
export function callerOf({ answer }: AuthenticationRow, request: AuthenticationRequest): Caller {
  const { user_id, email, company, member, token } = answer;
  return {
    request_id: request.request_id,
    user_id,
    session_id: request.credential.kind === "session" ? request.credential.session_id : null,
    email,
    // The auth server accepts names of any length.
    user_name: answer.user_name?.slice(0, longestName) ?? "New member",
    token: token
      ? { ...token, expires_at: dateOrNull(token.expires_at), last_used_at: dateOrNull(token.last_used_at) }
      : null,
    company: member ? company : null,
    member,
    permissions: member ? effectivePermissions(member.role, token?.scopes ?? null) : [],
  };
}

function dateOrNull(text: string | null): Date | null {
  return text === null ? null : new Date(text);
}

/** The error for a rejected credential. */
export function rejection(code: RejectionCode, answer?: Answer, request?: AuthenticationRequest): AppError {
  const name = answer?.company?.name ?? "the company";
  const at = answer?.at ? new Date(answer.at).toISOString() : "";
  const asked = request?.company ?? "";
  const named = `The header RepDesk-Company names “${asked}”`;
  const isToken = request?.credential.kind === "token";
  const details: Record<RejectionCode, string> = {
    token_invalid: tokenInvalidDetail,
    token_expired: `This token expired on ${at}. Create a new one in My Settings, API Tokens.`,
    token_revoked: `This token was revoked on ${at}${answer?.why === "leaked" ? ", since it was reported as leaked" : ""}.`,
    token_rotated: `This secret of the token stopped working on ${at}. ${ofSecret[(answer?.why ?? "replaced") as keyof typeof ofSecret]}`,
    token_suspended: `This token was suspended on ${at}${answer?.why ? ` (“${answer.why}”)` : ""}. Its owner or an admin can resume it.`,
    ip_not_allowed: "This token can't be used from this address. Its owner can change where it can be used.",
    member_inactive: isToken
      ? ofOwner[answer?.login ?? "active"](name)
      : `You are no longer active in ${name}. Ask one of its admins.`,
    session_invalid: "The session has ended. Sign in again.",
    company_required: "You belong to more than one company. Name one of them in the header RepDesk-Company.",
    company_mismatch: `${named}, but this token belongs to ${name} (${answer?.company?.slug}, ${answer?.company?.id}).`,
    company_suspended: `${name} is suspended, so nobody can work in it. Nothing was deleted. Contact support.`,
    not_a_member: asked
      ? `${named}, and you are not a member of a company of that id or slug.`
      : "You are not a member of any company. Create one with POST /api/v1/companies, or ask for an invitation.",
  };
  return new AppError(code, details[code], answer?.companies ? { companies: answer.companies } : {});
}

/** Why one of a token's secrets stopped working. */
const ofSecret: Record<EndOfSecret | "lapsed", string> = {
  replaced: "A new one replaced it. Use the new one.",
  canceled: "Its rotation was canceled. Use the token's other secret.",
  exposed: "It was reported as exposed and replaced. Use the new one.",
  lapsed: "It wasn't used in time. Use the token's other secret.",
};

/** Why a token stopped working although nothing happened to the token itself, by the status of its owner's login. */
const ofOwner = {
  active: (company: string) => `The member that this token belongs to is no longer active in ${company}.`,
  banned: (company: string) =>
    `The login of the member that this token belongs to is blocked, so the token is too. Ask an admin of ${company}.`,
  deleted: (company: string) =>
    `The login of the member that this token belongs to was deleted. Use a token of another member of ${company}.`,
};
