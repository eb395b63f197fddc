import type { Sql } from "postgres";
import { type Caller, type Credential, type Need, Refused, type RefusedCode } from "#lib/db/caller";
import { tokenInvalidDetail } from "#lib/format/token";
import { effectivePermissions } from "#lib/vocabulary";

export type Claim = { credential: Credential; company: string | null; need: Need; request_id: string };

type Named = { id: string; slug: string; name: string };
type Answer = {
  refused: RefusedCode | null;
  at?: string | null;
  /** What became of the login of an active member whose token is refused. */
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

/** One row of a prover. A refused one has no company, so that a statement joined to it finds nothing. */
export type Proof = { company_id: string | null; answer: Answer };

/** Longest waits of this transaction's statements, set by the statement that proves: a pooler keeps no session settings. */
export type Limits = { statementMs: number; lockMs: number; idleMs: number };

/** Of a name from the auth server, in UTF-16 units: enough for any that a member may have. */
const longestName = 400;

const uuid = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;

/** Throws `Refused` for a credential that could not even be asked about. */
export function requireForm({ credential }: Claim): void {
  if (credential.kind === "token") return;
  if (!uuid.test(credential.user_id) || !uuid.test(credential.session_id)) throw refusal("session_invalid");
}

/** Proves a credential and enters its company, for the transaction that `sql` is in. */
export async function prove(sql: Sql, claim: Claim, limits: Limits): Promise<Proof> {
  const { credential, company, need, request_id } = claim;
  const set = sql`
    set_config('statement_timeout', ${`${limits.statementMs}ms`}, true),
    set_config('lock_timeout', ${`${limits.lockMs}ms`}, true),
    set_config('idle_in_transaction_session_timeout', ${`${limits.idleMs}ms`}, true)`;
  const rows =
    credential.kind === "token"
      ? await sql<Proof[]>`select p.company_id, p.answer, ${set}
          from repdesk.prove_token(${credential.hash}, ${company}, ${request_id}) p`
      : await sql<Proof[]>`select p.company_id, p.answer, ${set}
          from repdesk.prove_session(${credential.user_id}, ${credential.session_id}, ${company}, ${need}, ${request_id}) p`;
  return rows[0] as Proof;
}

/** Who calls. Throws `Refused` where the proof failed. */
export function callerOf({ answer }: Proof, claim: Claim): Caller {
  if (answer.refused) throw refusal(answer.refused, answer, claim);
  const { user_id, email, company, member, token } = answer;
  return {
    request_id: claim.request_id,
    user_id,
    session_id: claim.credential.kind === "session" ? claim.credential.session_id : null,
    email,
    // The auth server keeps a name of any length.
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

function refusal(code: RefusedCode, answer?: Answer, claim?: Claim): Refused {
  const name = answer?.company?.name ?? "the company";
  const at = answer?.at ? new Date(answer.at).toISOString() : "";
  const asked = claim?.company ?? "";
  const named = `The header RepDesk-Company names “${asked}”`;
  const isToken = claim?.credential.kind === "token";
  const details: Record<RefusedCode, string> = {
    token_invalid: tokenInvalidDetail,
    token_expired: `This token expired on ${at}. Create a new one in My Settings, API Tokens.`,
    token_revoked: `This token was revoked on ${at}.`,
    member_inactive: isToken
      ? ofOwner[answer?.login ?? "active"](name)
      : `You are no longer active in ${name}. Ask one of its admins.`,
    session_invalid: "The session has ended. Sign in again.",
    company_required: "You belong to more than one company. Name one of them in the header RepDesk-Company.",
    company_mismatch: `${named}, but this token belongs to ${name} (${answer?.company?.slug}, ${answer?.company?.id}).`,
    company_suspended: `${name} is suspended: nobody can work in it for the time being. Write to support; nothing was deleted.`,
    not_a_member: asked
      ? `${named}, and you are not a member of a company of that id or slug.`
      : "You are not a member of any company. Make one with POST /api/v1/companies, or ask to be invited.",
  };
  const token =
    answer?.token?.id && answer.company ? { id: answer.token.id, company_id: answer.company.id } : undefined;
  return new Refused(code, details[code], { companies: answer?.companies ?? undefined, token });
}

/** Why a token no longer works though nothing happened to the token itself, by what became of its owner's login. */
const ofOwner = {
  active: (company: string) => `The member that this token belongs to is no longer active in ${company}.`,
  banned: (company: string) =>
    `The login of the member that this token belongs to is blocked, so the token is too. Ask an admin of ${company}.`,
  deleted: (company: string) =>
    `The login of the member that this token belongs to was deleted. Use a token of another member of ${company}.`,
};
