import { and, eq, sql } from "drizzle-orm";
import type { InputOf, ResultOf } from "#lib/contract/endpoint";
import type { listMembers } from "#lib/contract/members";
import type { Principal, Tx } from "#lib/db/company";
import { members as table } from "#lib/db/tables/members";
import { type ListRules, oneOf, pagingOf, totalOf } from "#lib/domain/lists";

const rules: ListRules = {
  operation: "listMembers",
  prefix: "mem",
  id: table.id,
  sorts: { created_at: table.created_at, name: table.name_key },
  filters: { id: table.id, email: sql`lower(${table.email})`, role: table.role, status: table.status },
  keys: { email: (email) => email.toLowerCase() },
};

/** The members of the company, including those who have left. */
async function list(
  tx: Tx,
  principal: Principal,
  input: InputOf<typeof listMembers>,
): Promise<ResultOf<typeof listMembers>> {
  const paging = await pagingOf(tx, rules, principal, input);
  const found =
    input.q === null
      ? undefined
      : sql`repdesk.is_match(${table.name_key}, repdesk.normalise(${table.email}), repdesk.search_patterns(${input.q}))`;
  const ofCompany = eq(table.company_id, principal.company.id);
  const rows = await tx
    .select({
      id: table.id,
      name: table.name,
      email: sql<string | null>`nullif(${table.email}, '')`,
      role: table.role,
      status: table.status,
      created_at: table.created_at,
      sort_key: sql<unknown>`${paging.key}`.mapWith(paging.key),
    })
    .from(table)
    .where(and(ofCompany, paging.where, found))
    .orderBy(...paging.orderBy)
    .limit(paging.limit);
  const { data, pagination } = paging.finish(rows);
  const total = input.count ? await totalOf(tx, table, and(ofCompany, paging.matching, found)) : {};
  return { data, pagination: { ...pagination, ...total } };
}

/** The members that a page of records refers to, including those who have left. */
export async function membersOf(tx: Tx, principal: Principal, ids: readonly string[]) {
  const wanted = [...new Set(ids)];
  if (wanted.length === 0) return [];
  return tx
    .select({ id: table.id, name: table.name })
    .from(table)
    .where(and(eq(table.company_id, principal.company.id), oneOf(table.id, wanted)));
}

export const members = { list };
