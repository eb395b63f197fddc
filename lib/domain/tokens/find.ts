import { and, eq, sql } from "drizzle-orm";
import type { InputOf, ResultOf } from "#lib/contract/endpoint";
import { mostCounted } from "#lib/contract/list";
import type { listTokens, readToken as readContract, readOwnToken } from "#lib/contract/tokens";
import type { Principal, Tx } from "#lib/db/company";
import { apiTokens } from "#lib/db/tables/api-tokens";
import { type ListRules, oneOf, pagingOf } from "#lib/domain/lists";
import { requireAlso } from "#lib/domain/records/references";
import { readToken, selectTokens, tokenStatus } from "#lib/domain/records/token";
import { type Scope, scopes, tokenLimits } from "#lib/vocabulary";

const rules: ListRules = {
  operation: "listTokens",
  prefix: "tok",
  id: apiTokens.id,
  sorts: { created_at: apiTokens.created_at, name: apiTokens.name_key },
  filters: { status: tokenStatus, member_id: apiTokens.member_id },
};

type ListInput = InputOf<typeof listTokens>;

/** The caller's own tokens. Admins can list others' with `owner=all` or `member_id`; for anyone else that throws `forbidden_role`. */
export async function list(tx: Tx, principal: Principal, input: ListInput): Promise<ResultOf<typeof listTokens>> {
  const { owner } = input as { owner?: "me" | "all" };
  const ownId = principal.member.id;
  const asked = input.filters.filter(({ field }) => field === "member_id").map(({ value }) => value);
  if (owner === "all") requireAlso(principal, "tokens:all", "owner=all");
  else if (asked.some((id) => id !== ownId))
    requireAlso(principal, "tokens:all", "filter[member_id] of another member");
  const isOwn = owner === "me" || (owner === undefined && asked.length === 0);
  const paging = await pagingOf(tx, rules, principal, input, isOwn ? "me" : "all");
  const rows = await selectTokens(tx, paging.key)
    .where(
      and(
        eq(apiTokens.company_id, principal.company.id),
        isOwn ? eq(apiTokens.member_id, ownId) : undefined,
        isListed,
        paging.where,
      ),
    )
    .orderBy(...paging.orderBy)
    .limit(paging.limit);
  return paging.finish(rows);
}

/** Counts the caller's own tokens or, for admins, everyone's, up to `mostCounted` in all. */
export async function count(
  tx: Tx,
  principal: Principal,
  { owner }: { owner: "me" | "all" },
): Promise<{ active: number; ended: number }> {
  if (owner === "all") requireAlso(principal, "tokens:all", "owner=all");
  const ofOwner = owner === "me" ? eq(apiTokens.member_id, principal.member.id) : undefined;
  const listed = tx
    .select({ status: tokenStatus.as("status") })
    .from(apiTokens)
    .where(and(eq(apiTokens.company_id, principal.company.id), ofOwner, isListed))
    .limit(mostCounted)
    .as("listed");
  const [row] = await tx
    .select({
      active: sql<number>`count(*) filter (where ${listed.status} in ('active', 'suspended'))::int`,
      ended: sql<number>`count(*) filter (where ${listed.status} in ('expired', 'revoked'))::int`,
    })
    .from(listed);
  return row ?? { active: 0, ended: 0 };
}

/** Ended tokens stay listed for a while, so people can find out why an integration stopped. */
const isListed = sql`coalesce(${apiTokens.revoked_at}, ${apiTokens.expires_at}, 'infinity')
  > now() - make_interval(days => ${sql.raw(String(tokenLimits.listedDays))})`;

export async function read(
  tx: Tx,
  principal: Principal,
  input: InputOf<typeof readContract>,
): Promise<ResultOf<typeof readContract>> {
  return readToken(tx, principal, input.id);
}

/** The token that makes the request. */
export async function readOwn(tx: Tx, principal: Principal): Promise<ResultOf<typeof readOwnToken>> {
  const token = await readToken(tx, principal, ownTokenId(principal));
  const { id, slug, name } = principal.company;
  const effective_scopes = scopes.filter((scope: Scope) => principal.permissions.includes(scope));
  return { ...token, company: { id, slug, name }, effective_scopes };
}

export function ownTokenId({ token }: Principal): string {
  if (!token) throw new Error("Only a token can read itself: the contract requires auth: token.");
  return token.id;
}

/** The names of tokens by their ids. */
export async function tokensOf(tx: Tx, principal: Principal, ids: readonly string[]) {
  const wanted = [...new Set(ids)];
  if (wanted.length === 0) return [];
  return tx
    .select({ id: apiTokens.id, name: apiTokens.name })
    .from(apiTokens)
    .where(and(eq(apiTokens.company_id, principal.company.id), oneOf(apiTokens.id, wanted)));
}
