import { createHash } from "node:crypto";
import { and, eq, gt, isNull, or, sql } from "drizzle-orm";
import type { InputOf, ResultOf } from "#lib/contract/endpoint";
import type { Fault } from "#lib/contract/errors";
import type { createToken } from "#lib/contract/tokens";
import type { Principal, Tx } from "#lib/db/company";
import { apiTokens } from "#lib/db/tables/api-tokens";
import { members } from "#lib/db/tables/members";
import { audit } from "#lib/domain/audit";
import { invalid } from "#lib/domain/errors";
import { readToken } from "#lib/domain/records/token";
import { AppError } from "#lib/errors";
import { newId } from "#lib/format/ids";
import { newToken } from "#lib/format/token";
import { permissionsOf, type Role, tokenLimits } from "#lib/vocabulary";

type Input = InputOf<typeof createToken>;

/** Creates a token for the caller. The result contains the secret, which isn't stored. */
export async function create(tx: Tx, principal: Principal, input: Input): Promise<ResultOf<typeof createToken>> {
  const role = await lockMember(tx, principal);
  const faults = [...scopeFaults(role, input), ...expiryFaults(role, input)];
  if (faults.length > 0) throw invalid(...faults);
  await requireRoom(tx, principal);
  const { prefix, secret } = newToken();
  const id = newId("tok");
  const { name, scopes, expires_in_days: days = tokenLimits.defaultDays } = input;
  await tx.insert(apiTokens).values({
    ...{ id, name, scopes, prefix, hash: createHash("sha256").update(secret).digest() },
    expires_at: days === null ? null : sql`now() + make_interval(hours => ${days * 24})`,
  });
  const token = await readToken(tx, principal, id);
  const { expires_at } = token;
  audit(tx, { action: "token.created", subject: id, before: null, after: { name, prefix, scopes, expires_at } });
  return { ...token, token: secret, notice: null };
}

/** Faults of a new token that the schema can't find. `input` has the fields that the schema accepted. */
export async function createFaults(_tx: Tx, { member }: Principal, input: Partial<Input>): Promise<Fault[]> {
  return [...scopeFaults(member.role, input), ...expiryFaults(member.role, input)];
}

function scopeFaults(role: Role, { scopes = [] }: Partial<Input>): Fault[] {
  const held = permissionsOf(role);
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

function expiryFaults(role: Role, { expires_in_days }: Partial<Input>): Fault[] {
  if (expires_in_days !== null || role === "admin") return [];
  const detail = `Only an admin can create a token that never expires. Send 1 to ${tokenLimits.maxDays} days.`;
  return [{ pointer: "#/expires_in_days", code: "out_of_range", detail }];
}

/**
 * Locks the member and returns their role. The lock makes a member's requests to create tokens run one at a time, which enforces the
 * limit, and keeps the role from changing until the commit. Writes that only refer to the member don't wait.
 */
async function lockMember(tx: Tx, { company, member }: Principal): Promise<Role> {
  const isMember = and(eq(members.company_id, company.id), eq(members.id, member.id), eq(members.status, "active"));
  const [locked] = await tx.select({ role: members.role }).from(members).where(isMember).for("no key update");
  if (!locked) throw new AppError("member_inactive", `You are no longer an active member of ${company.name}.`);
  return locked.role;
}

async function requireRoom(tx: Tx, { company, member }: Principal): Promise<void> {
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
    `You have ${tokenLimits.perMember} live tokens in ${company.name}, the most allowed. Revoke one first.`,
  );
}
