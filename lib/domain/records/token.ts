import { and, eq, type SQL, sql } from "drizzle-orm";
import { alias, type PgColumn } from "drizzle-orm/pg-core";
import type { Principal, Tx } from "#lib/db/company";
import { apiTokens } from "#lib/db/tables/api-tokens";
import { members } from "#lib/db/tables/members";
import { notFound } from "#lib/domain/errors";
import type { TokenStatus } from "#lib/vocabulary";

const revokers = alias(members, "revokers");

/** A token's current status. It is computed, so a token expires without a write. */
export const tokenStatus = sql<TokenStatus>`case
  when ${apiTokens.revoked_at} is not null then 'revoked'
  when ${apiTokens.expires_at} <= now() then 'expired'
  else 'active' end`;

/** A token as the contract returns it. The app may not read the hash. */
const tokenColumns = {
  id: apiTokens.id,
  name: apiTokens.name,
  prefix: apiTokens.prefix,
  scopes: apiTokens.scopes,
  status: tokenStatus,
  member: { id: members.id, name: members.name },
  created_at: apiTokens.created_at,
  expires_at: apiTokens.expires_at,
  last_used_at: apiTokens.last_used_at,
  last_used_from: apiTokens.last_used_from,
  last_used_by: apiTokens.last_used_by,
  revoked_at: apiTokens.revoked_at,
  revoked_by: { id: revokers.id, name: revokers.name },
  revoked_reason: apiTokens.revoked_reason,
  exposed_at: apiTokens.exposed_at,
  version: apiTokens.version,
};

/** A select of tokens with their members' names, without a condition. `sort_key` is the list's sort column. */
export function selectTokens(tx: Tx, sort_key: PgColumn = apiTokens.id) {
  return tx
    .select({ ...tokenColumns, sort_key: sql<unknown>`${sort_key}`.mapWith(sort_key) })
    .from(apiTokens)
    .innerJoin(members, and(eq(members.company_id, apiTokens.company_id), eq(members.id, apiTokens.member_id)))
    .leftJoin(
      revokers,
      and(eq(revokers.company_id, apiTokens.company_id), eq(revokers.id, apiTokens.revoked_by_member_id)),
    )
    .$dynamic();
}

/** Matches the token if the caller may see it: members see their own tokens, admins see all. */
export function isVisible({ company, member, permissions }: Principal, id: string): SQL | undefined {
  const isOwn = permissions.includes("tokens:all") ? undefined : eq(apiTokens.member_id, member.id);
  return and(eq(apiTokens.company_id, company.id), eq(apiTokens.id, id), isOwn);
}

export async function readToken(tx: Tx, principal: Principal, id: string) {
  return only(await selectTokens(tx).where(isVisible(principal, id)));
}

/** Reads the token and locks it until the transaction ends. */
export async function lockToken(tx: Tx, principal: Principal, id: string) {
  await tx.select({ id: apiTokens.id }).from(apiTokens).where(isVisible(principal, id)).for("no key update");
  return readToken(tx, principal, id);
}

function only<Row extends { sort_key: unknown }>([row]: Row[]): Omit<Row, "sort_key"> {
  if (!row) throw notFound();
  const { sort_key: _, ...token } = row;
  return token;
}
