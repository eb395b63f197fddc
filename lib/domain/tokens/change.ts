import { and, eq, sql } from "drizzle-orm";
import type { InputOf, ResultOf } from "#lib/contract/endpoint";
import type { revokeToken, updateToken } from "#lib/contract/tokens";
import type { Principal, Tx } from "#lib/db/company";
import { apiTokens } from "#lib/db/tables/api-tokens";
import { audit } from "#lib/domain/audit";
import { lockToken, readToken } from "#lib/domain/records/token";
import { requireVersion } from "#lib/domain/records/versions";
import { ownTokenId } from "#lib/domain/tokens/find";

export async function update(
  tx: Tx,
  principal: Principal,
  input: InputOf<typeof updateToken>,
): Promise<ResultOf<typeof updateToken>> {
  const { id, name, if_version } = input;
  const before = await lockToken(tx, principal, id);
  requireVersion(before.version, if_version);
  if (name === undefined || name === before.name) return before;
  await write(tx, principal, id, { name });
  audit(tx, { action: "token.updated", subject: id, before: { name: before.name }, after: { name } });
  return readToken(tx, principal, id);
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

type Change =
  | { name: string }
  | { revoked_at: ReturnType<typeof sql>; revoked_by_member_id: string; revoked_reason: string | null };

async function write(tx: Tx, { company }: Principal, id: string, change: Change): Promise<void> {
  await tx
    .update(apiTokens)
    .set({ ...change, version: sql`${apiTokens.version} + 1`, updated_at: sql`clock_timestamp()` })
    .where(and(eq(apiTokens.company_id, company.id), eq(apiTokens.id, id)));
}
