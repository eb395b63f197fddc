import { and, eq, type SQL, sql } from "drizzle-orm";
import { alias, type PgColumn } from "drizzle-orm/pg-core";
import type { Principal, Tx } from "#lib/db/company";
import { apiTokens } from "#lib/db/tables/api-tokens";
import { members } from "#lib/db/tables/members";
import { notFound } from "#lib/domain/errors";
import type { TokenStatus } from "#lib/vocabulary";

const revokers = alias(members, "revokers");
const suspenders = alias(members, "suspenders");

/** A token's current status. It is computed, so a token expires without a write. */
export const tokenStatus = sql<TokenStatus>`case
  when ${apiTokens.revoked_at} is not null then 'revoked'
  when ${apiTokens.expires_at} <= now() then 'expired'
  when ${apiTokens.suspended_at} is not null then 'suspended'
  else 'active' end`;

/** A rotation is in progress from a new secret's creation to the end of the old one, unless it is canceled or lapses. */
type Rotation = {
  started_at: Date;
  overlap_hours: number;
  new_secret_used_at: Date | null;
  lapses_at: Date | null;
  old_secret_ends_at: Date | null;
  old_secret_last_used_at: Date | null;
  old_secret_last_used_from: string | null;
};

const rotation = sql<Rotation | null>`(
  select jsonb_build_object('started_at', n.created_at, 'overlap_hours', n.overlap_hours, 'new_secret_used_at', n.first_used_at,
    'lapses_at', case when n.first_used_at is null then n.lapses_at end, 'old_secret_ends_at', o.ended_at,
    'old_secret_last_used_at', o.last_used_at, 'old_secret_last_used_from', o.last_used_from)
    from repdesk.token_secrets n
    join repdesk.token_secrets o on o.company_id = n.company_id and o.token_id = n.token_id and o.number < n.number
   where n.company_id = ${apiTokens.company_id} and n.token_id = ${apiTokens.id} and ${apiTokens.revoked_at} is null
     and n.ended_at is null and (n.first_used_at is not null or n.lapses_at > now())
     and (o.ended_at is null or o.ended_at > now()) and (o.lapses_at is null or o.first_used_at is not null)
   order by n.number desc limit 1)`.mapWith((found: Record<keyof Rotation, string | number | null> | null) => {
  if (found === null) return null;
  const dated = Object.entries(found).map(([key, value]) => [
    key,
    key.endsWith("_at") && value ? new Date(value) : value,
  ]);
  return Object.fromEntries(dated) as Rotation;
});

/** The last use of an ended secret. */
function ofEnded<Value>(column: "refused_at" | "refused_from", decode: (text: string) => Value) {
  return sql<Value | null>`(
    select s.${sql.raw(column)} from repdesk.token_secrets s
     where s.company_id = ${apiTokens.company_id} and s.token_id = ${apiTokens.id} and s.refused_at is not null
     order by s.refused_at desc limit 1)`.mapWith((text: string | null) => (text === null ? null : decode(text)));
}

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
  allowed_addresses: apiTokens.allowed_addresses,
  last_used_at: apiTokens.last_used_at,
  last_used_from: apiTokens.last_used_from,
  last_used_by: apiTokens.last_used_by,
  rotation,
  old_secret_used_at: ofEnded("refused_at", (text) => new Date(text)),
  old_secret_used_from: ofEnded("refused_from", (text) => text),
  suspended_at: apiTokens.suspended_at,
  suspended_by: { id: suspenders.id, name: suspenders.name },
  suspended_reason: apiTokens.suspended_reason,
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
    .leftJoin(
      suspenders,
      and(eq(suspenders.company_id, apiTokens.company_id), eq(suspenders.id, apiTokens.suspended_by_member_id)),
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
