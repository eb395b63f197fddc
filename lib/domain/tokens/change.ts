import { and, eq, sql } from "drizzle-orm";
import type { PgUpdateSetSource } from "drizzle-orm/pg-core";
import type { InputOf, ResultOf } from "#lib/contract/endpoint";
import type { Fault } from "#lib/contract/errors";
import type { restoreToken, resumeToken, suspendToken } from "#lib/contract/token-life";
import type { revokeToken, updateToken } from "#lib/contract/tokens";
import type { Principal, Tx } from "#lib/db/company";
import { apiTokens } from "#lib/db/tables/api-tokens";
import { audit } from "#lib/domain/audit";
import { invalid } from "#lib/domain/errors";
import { requireAlso } from "#lib/domain/records/references";
import { lockToken, readToken } from "#lib/domain/records/token";
import { requireVersion } from "#lib/domain/records/versions";
import { ownTokenId } from "#lib/domain/tokens/find";
import { ended, lockMember, requireRoom, scopeFaults } from "#lib/domain/tokens/rules";
import { tokenLimits, withIncluded } from "#lib/vocabulary";

type Token = Awaited<ReturnType<typeof readToken>>;
type Input = InputOf<typeof updateToken>;

export async function update(tx: Tx, principal: Principal, input: Input): Promise<ResultOf<typeof updateToken>> {
  const { id, if_version, ...asked } = input;
  const before = await lockToken(tx, principal, id);
  requireVersion(before.version, if_version);
  const change = Object.fromEntries(
    (["name", "scopes", "expires_at", "allowed_addresses"] as const)
      .filter((field) => asked[field] !== undefined && !isSame(asked[field], before[field]))
      .map((field) => [field, asked[field]]),
  ) as Partial<Pick<Token, "name" | "scopes" | "expires_at" | "allowed_addresses">>;
  if (Object.keys(change).length === 0) return before;
  if (isEnded(before) && Object.keys(change).some((field) => field !== "name")) throw ended(before);
  const faults = changeFaults(principal, before, change);
  if (faults.length > 0) throw invalid(...faults);
  const lifetime =
    change.expires_at === undefined
      ? {}
      : {
          lifetime:
            change.expires_at &&
            sql`extract(epoch from ${change.expires_at.toISOString()}::timestamptz - now())::integer`,
        };
  await write(tx, principal, id, { ...change, ...lifetime, attended_at: sql`now()` });
  const old = Object.fromEntries(Object.keys(change).map((field) => [field, before[field as keyof Token]]));
  audit(tx, { action: "token.updated", subject: id, before: old, after: change });
  return readToken(tx, principal, id);
}

function isSame(one: unknown, other: unknown): boolean {
  return (
    JSON.stringify(Array.isArray(one) ? [...one].sort() : one) ===
    JSON.stringify(Array.isArray(other) ? [...other].sort() : other)
  );
}

function isEnded({ status }: Pick<Token, "status">): boolean {
  return status === "expired" || status === "revoked";
}

function changeFaults({ member }: Principal, before: Token, change: Partial<Token>): Fault[] {
  const { scopes = before.scopes, expires_at } = change;
  const held = withIncluded(before.scopes);
  const isOwner = before.member.id === member.id;
  const added = scopes.flatMap((scope, index): Fault[] =>
    held.includes(scope) || isOwner
      ? []
      : [{ pointer: `#/scopes/${index}`, code: "not_grantable", detail: "Only the token's owner can add a scope." }],
  );
  const notHeld = isOwner ? scopeFaults(member.role, { scopes }, before.scopes) : [];
  return [...added, ...notHeld, ...(expires_at === undefined ? [] : expiryFaults(member.role, expires_at))];
}

function expiryFaults(role: string, expires_at: Date | null): Fault[] {
  const fault = (detail: string): Fault[] => [{ pointer: "#/expires_at", code: "out_of_range", detail }];
  if (expires_at === null)
    return role === "admin" ? [] : fault("Only an admin can let a token never expire. Send a time.");
  const days = (expires_at.getTime() - Date.now()) / 86_400_000;
  if (days <= 0) return fault("This time has passed. To end the token now, revoke it.");
  return days > tokenLimits.maxDays ? fault(`A token expires within ${tokenLimits.maxDays} days.`) : [];
}

/** Revokes a token: its next request fails. Revoking a revoked token changes nothing. */
export async function revoke(
  tx: Tx,
  principal: Principal,
  { id, if_version }: InputOf<typeof revokeToken>,
): Promise<void> {
  await end(tx, principal, id, { if_version, reason: null });
}

/** Revokes the token that makes the request. */
export async function revokeOwn(tx: Tx, principal: Principal): Promise<void> {
  await end(tx, principal, ownTokenId(principal), { reason: "Revoked by the token itself." });
}

type End = { if_version?: number | undefined; reason: string | null };

async function end(tx: Tx, principal: Principal, id: string, { if_version, reason }: End): Promise<void> {
  const before = await lockToken(tx, principal, id);
  requireVersion(before.version, if_version);
  if (before.revoked_at) return;
  const revoked_by_member_id = principal.member.id;
  await write(tx, principal, id, { revoked_at: sql`clock_timestamp()`, revoked_by_member_id, revoked_reason: reason });
  const after = { revoked: true, revoked_by: revoked_by_member_id, revoked_reason: reason };
  audit(tx, { action: "token.revoked", subject: id, before: { revoked: false }, after });
}

/** Lets a revoked token work again, if the caller revoked it a short time ago. */
export async function restore(
  tx: Tx,
  principal: Principal,
  { id, if_version }: InputOf<typeof restoreToken>,
): Promise<void> {
  const before = await lockToken(tx, principal, id);
  requireVersion(before.version, if_version);
  if (!before.revoked_at) return;
  const minutes = (Date.now() - before.revoked_at.getTime()) / 60_000;
  if (before.revoked_by?.id !== principal.member.id || before.revoked_reason === "leaked")
    throw ended(before, "Only the member who revoked it can undo that, and not after it was reported as leaked.");
  if (minutes > tokenLimits.restorableMinutes)
    throw ended(before, `A revocation can be undone for ${tokenLimits.restorableMinutes} minutes.`);
  const owner = { ...principal, member: before.member };
  if ((await lockMember(tx, owner)) === null) throw ended(before, "Its owner is no longer active in the company.");
  await requireRoom(tx, owner);
  const none = { revoked_at: null, revoked_by_member_id: null, revoked_reason: null };
  await write(tx, principal, id, none);
  audit(tx, { action: "token.restored", subject: id, before: { revoked: true }, after: { revoked: false } });
}

/** Suspends a token until it is resumed. */
export async function suspend(
  tx: Tx,
  principal: Principal,
  { id, ...given }: InputOf<typeof suspendToken>,
): Promise<ResultOf<typeof suspendToken>> {
  const reason = given.reason ?? null;
  const before = await lockToken(tx, principal, id);
  if (isEnded(before)) throw ended(before);
  if (before.suspended_at && before.suspended_reason === reason) return before;
  await write(tx, principal, id, {
    suspended_at: before.suspended_at ?? sql`clock_timestamp()`,
    suspended_by_member_id: before.suspended_by?.id ?? principal.member.id,
    suspended_reason: reason,
  });
  const [old, now] = [
    { suspended: before.suspended_at !== null, suspended_reason: before.suspended_reason },
    { suspended: true, suspended_reason: reason },
  ];
  audit(tx, { action: "token.suspended", subject: id, before: old, after: now });
  return readToken(tx, principal, id);
}

/** Lets a suspended token work again. What an admin suspended, only an admin resumes. */
export async function resume(
  tx: Tx,
  principal: Principal,
  { id, if_version }: InputOf<typeof resumeToken>,
): Promise<void> {
  const before = await lockToken(tx, principal, id);
  requireVersion(before.version, if_version);
  if (!before.suspended_at) return;
  if (before.suspended_by?.id !== principal.member.id)
    requireAlso(principal, "tokens:all", "a token that someone else suspended");
  await write(tx, principal, id, { suspended_at: null, suspended_by_member_id: null, suspended_reason: null });
  const old = { suspended: true, suspended_reason: before.suspended_reason };
  audit(tx, { action: "token.resumed", subject: id, before: old, after: { suspended: false, suspended_reason: null } });
}

/** Writes columns of a token as a new version. */
export async function write(
  tx: Tx,
  { company }: Principal,
  id: string,
  change: PgUpdateSetSource<typeof apiTokens>,
): Promise<void> {
  await tx
    .update(apiTokens)
    .set({ ...change, version: sql`${apiTokens.version} + 1`, updated_at: sql`clock_timestamp()` })
    .where(and(eq(apiTokens.company_id, company.id), eq(apiTokens.id, id)));
}
