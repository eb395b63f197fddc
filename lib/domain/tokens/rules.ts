import { and, eq, gt, isNull, or, sql } from "drizzle-orm";
import type { Fault } from "#lib/contract/errors";
import type { Principal, Tx } from "#lib/db/company";
import { apiTokens } from "#lib/db/tables/api-tokens";
import { members } from "#lib/db/tables/members";
import { AppError } from "#lib/errors";
import { permissionsOf, type Role, type Scope, tokenLimits } from "#lib/vocabulary";

/** What has to hold whenever a token is created or changed. */

type Owner = { company: Principal["company"]; member: { id: string } };

/** The error for a token that can't work again. */
export function ended(
  { status, revoked_at, expires_at }: { status: string; revoked_at: Date | null; expires_at: Date | null },
  why = "Create a new token.",
): AppError {
  const at = (revoked_at ?? expires_at)?.toISOString();
  return new AppError("token_ended", `This token ${status === "revoked" ? "was revoked" : "expired"} on ${at}. ${why}`);
}

/** Scopes that the role doesn't have. A token may keep those that it has already: they have no effect. */
export function scopeFaults(
  role: Role,
  { scopes = [] }: { scopes?: readonly Scope[] },
  kept: readonly Scope[] = [],
): Fault[] {
  const held: readonly string[] = [...permissionsOf(role), ...kept];
  return scopes.flatMap((scope, index): Fault[] =>
    held.includes(scope)
      ? []
      : [
          {
            pointer: `#/scopes/${index}`,
            code: "not_grantable",
            detail: `Your role, ${role}, doesn't have the scope ${scope}.`,
          },
        ],
  );
}

/**
 * Locks the member and returns their role; null if they are no longer active. The lock makes the requests that give a member one more
 * token run one at a time, which enforces the limit, and keeps the role from changing until the commit. Writes that only refer to the
 * member don't wait.
 */
export async function lockMember(tx: Tx, { company, member }: Owner): Promise<Role | null> {
  const isMember = and(eq(members.company_id, company.id), eq(members.id, member.id), eq(members.status, "active"));
  const [locked] = await tx.select({ role: members.role }).from(members).where(isMember).for("no key update");
  return locked?.role ?? null;
}

/** Throws `limit_reached` if the member has as many live tokens as allowed. */
export async function requireRoom(tx: Tx, { company, member }: Owner): Promise<void> {
  const [live] = await tx
    .select({ count: sql<number>`count(*)::int` })
    .from(apiTokens)
    .where(
      and(
        eq(apiTokens.company_id, company.id),
        eq(apiTokens.member_id, member.id),
        isNull(apiTokens.revoked_at),
        or(isNull(apiTokens.expires_at), gt(apiTokens.expires_at, sql`now()`)),
      ),
    );
  if ((live?.count ?? 0) < tokenLimits.perMember) return;
  throw new AppError(
    "limit_reached",
    `${tokenLimits.perMember} live tokens in ${company.name} are the most that a member can have. Revoke one first.`,
  );
}
