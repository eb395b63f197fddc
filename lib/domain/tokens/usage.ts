import { and, asc, desc, eq, gt, type SQL, sql } from "drizzle-orm";
import type { PgColumn } from "drizzle-orm/pg-core";
import type { InputOf, ResultOf } from "#lib/contract/endpoint";
import type { readTokenUsage } from "#lib/contract/token-usage";
import type { Principal, Tx } from "#lib/db/company";
import { apiTokens } from "#lib/db/tables/api-tokens";
import { tokenClients } from "#lib/db/tables/token-clients";
import { tokenDays } from "#lib/db/tables/token-days";
import { tokenRequests } from "#lib/db/tables/token-requests";
import { notFound } from "#lib/domain/errors";
import { oneOf } from "#lib/domain/lists";
import { isVisible } from "#lib/domain/records/token";
import { type Scope, scopes, tokenUsageLimits } from "#lib/vocabulary";

/** What a token did lately: members see it of their own tokens, admins of all. */
export async function usage(
  tx: Tx,
  principal: Principal,
  { id }: InputOf<typeof readTokenUsage>,
): Promise<ResultOf<typeof readTokenUsage>> {
  const [token] = await tx
    .select({ first_used_at: apiTokens.first_used_at })
    .from(apiTokens)
    .where(isVisible(principal, id));
  if (!token) throw notFound();
  const days = await daysOf(tx, principal, [id]);
  return {
    ...token,
    days: days.map(({ token_id: _, ...day }) => day),
    scopes_used: await scopesUsed(tx, principal, id),
    clients: await clientsOf(tx, principal, id),
    requests: await requestsOf(tx, principal, id),
  };
}

/** Calls on each of the last 30 days (UTC), the last one today, of tokens that the caller may see. Without calls, a token isn't there. */
export async function callsOf(tx: Tx, principal: Principal, ids: readonly string[]): Promise<Record<string, number[]>> {
  const today = Math.floor(Date.now() / dayMs);
  const calls: Record<string, number[]> = {};
  for (const { token_id, day, succeeded, failed, limited, errors } of await daysOf(tx, principal, ids)) {
    const index = sparkDays - 1 - (today - Date.parse(day) / dayMs);
    if (index < 0 || index >= sparkDays) continue;
    calls[token_id] ??= Array<number>(sparkDays).fill(0);
    calls[token_id][index] = succeeded + failed + limited + errors;
  }
  return calls;
}

const dayMs = 86_400_000;
const sparkDays = 30;

const isRecentDay = gt(
  tokenDays.day,
  sql`(now() at time zone 'UTC')::date - ${sql.raw(String(tokenUsageLimits.days))}`,
);
const total = (column: PgColumn) => sql<number>`sum(${column})::float8`;

/** Calls per day and outcome of tokens that the caller may see, oldest day first. */
async function daysOf(tx: Tx, { company }: Principal, ids: readonly string[]) {
  const { token_id, day, succeeded, failed, limited, errors } = tokenDays;
  return tx
    .select({
      ...{ token_id, day },
      ...{ succeeded: total(succeeded), failed: total(failed), limited: total(limited), errors: total(errors) },
    })
    .from(tokenDays)
    .where(and(eq(tokenDays.company_id, company.id), oneOf(token_id, ids), isRecentDay))
    .groupBy(token_id, day)
    .orderBy(asc(day));
}

/** A call that needed several scopes counts for each. */
async function scopesUsed(tx: Tx, { company }: Principal, id: string) {
  const rows = await tx
    .select({
      needed: tokenDays.needed,
      calls: total(tokenDays.succeeded),
      last_used_at: sql<Date>`max(${tokenDays.last_success_at})`.mapWith(tokenDays.last_success_at),
    })
    .from(tokenDays)
    .where(and(isOf(tokenDays, company.id, id), isRecentDay, gt(tokenDays.succeeded, 0)))
    .groupBy(tokenDays.needed);
  return scopes.flatMap((scope: Scope) => {
    const using = rows.filter(({ needed }) => needed.split(" ").includes(scope));
    if (using.length === 0) return [];
    const calls = using.reduce((sum, row) => sum + row.calls, 0);
    return [{ scope, calls, last_used_at: new Date(Math.max(...using.map((row) => row.last_used_at.getTime()))) }];
  });
}

async function clientsOf(tx: Tx, { company }: Principal, id: string) {
  const { network, client, first_seen_at, last_seen_at } = tokenClients;
  const rows = await tx
    .select({ from: network, client, first_seen_at, last_seen_at })
    .from(tokenClients)
    .where(isOf(tokenClients, company.id, id))
    .orderBy(desc(last_seen_at))
    .limit(tokenUsageLimits.clients);
  return rows.map((row) => ({ ...row, from: row.from || null, client: row.client || null }));
}

/** A row holds at least one request. Request IDs sort by time. */
async function requestsOf(tx: Tx, { company }: Principal, id: string) {
  const rows = await tx
    .select({ requests: tokenRequests.requests })
    .from(tokenRequests)
    .where(isOf(tokenRequests, company.id, id))
    .orderBy(desc(tokenRequests.total))
    .limit(tokenUsageLimits.requests);
  return rows
    .flatMap(({ requests }) => requests)
    .sort((a, b) => (a.id < b.id ? 1 : -1))
    .slice(0, tokenUsageLimits.requests)
    .map(({ id: request_id, at, code = null, ...request }) => ({ ...request, at: new Date(at), code, request_id }));
}

function isOf(table: { company_id: PgColumn; token_id: PgColumn }, company: string, token: string): SQL | undefined {
  return and(eq(table.company_id, company), eq(table.token_id, token));
}
