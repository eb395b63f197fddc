import { and, eq, sql } from "drizzle-orm";
import type { createCompany, listCompanies } from "#lib/contract/companies";
import type { InputOf, ResultOf } from "#lib/contract/endpoint";
import type { Caller, Tx } from "#lib/db/company";
import { companies as table } from "#lib/db/tables/companies";
import { members } from "#lib/db/tables/members";
import { audit } from "#lib/domain/audit";
import { AppError } from "#lib/errors";
import { newId } from "#lib/format/ids";
import { nameFrom } from "#lib/format/text";

/** How many companies one user can create. */
const mostMade = 20;

type Row = Omit<ResultOf<typeof createCompany>, "suspended_at" | "created_at"> & {
  suspended_at: string | null;
  created_at: string;
};

/** The companies that the caller is an active member of, by name. A single page, since there are few. */
async function list(
  tx: Tx,
  caller: Caller,
  _input: InputOf<typeof listCompanies>,
): Promise<ResultOf<typeof listCompanies>> {
  const rows = await tx.execute<Row>(sql`
    select id, slug, name, role, suspended_at, created_at from repdesk.my_companies(${caller.user_id}) limit 200`);
  const data = rows.map(({ suspended_at, created_at, ...row }) => ({
    ...row,
    suspended_at: suspended_at === null ? null : new Date(suspended_at),
    created_at: new Date(created_at),
  }));
  return { data, pagination: { limit: 200, has_more: false, next_cursor: null } };
}

/** A company that the caller can work in, and the caller as its member. */
export type Workplace = { company: ResultOf<typeof createCompany>; member: { name: string; email: string } };

/**
 * Where a page without a company in its URL belongs: the first of `preferred` (slugs) that the caller can work in, or else the
 * caller's first company; null if there is none.
 */
async function workplace(
  tx: Tx,
  caller: Caller,
  mine: readonly Workplace["company"][],
  preferred: readonly string[],
): Promise<Workplace | null> {
  const open = mine.filter(({ suspended_at }) => suspended_at === null);
  const company = preferred.flatMap((slug) => open.find((each) => each.slug === slug) ?? [])[0] ?? open[0];
  if (!company) return null;
  // The transaction has authenticated the person for no company. It enters this one to read a single row.
  const enter = (id: string) => tx.execute(sql`select set_config('repdesk.company_id', ${id}, true)`);
  await enter(company.id);
  const [member] = await tx
    .select({ name: members.name, email: members.email })
    .from(members)
    .where(and(eq(members.company_id, company.id), eq(members.user_id, caller.user_id)));
  await enter("");
  return member ? { company, member } : null;
}

/** Makes a company with the caller as its admin. The transaction enters it for this. */
async function create(
  tx: Tx,
  caller: Caller,
  { name, slug }: InputOf<typeof createCompany>,
): Promise<ResultOf<typeof createCompany>> {
  const [made] = await tx.execute<{ count: number }>(sql`select repdesk.companies_made_by(${caller.user_id}) as count`);
  if ((made?.count ?? 0) >= mostMade) {
    throw new AppError(
      "limit_reached",
      `You have created ${mostMade} companies, the most allowed. Write to support if you need more.`,
    );
  }
  const [id, member_id] = [newId("cmp"), newId("mem")];
  await tx.execute(sql`
    select set_config('repdesk.company_id', ${id}, true), set_config('repdesk.member_id', ${member_id}, true)`);
  const [company] = await tx
    .insert(table)
    .values({ id, name, slug })
    .onConflictDoNothing()
    .returning({ suspended_at: table.suspended_at, created_at: table.created_at });
  if (!company) {
    const detail = "Another company has this slug. Choose another one.";
    throw new AppError("duplicate", detail, { errors: [{ pointer: "#/slug", code: "not_unique", detail }] });
  }
  const member = { user_id: caller.user_id, name: nameOf(caller), email: caller.email, role: "admin" } as const;
  await tx.insert(members).values({ id: member_id, ...member });
  audit(
    tx,
    { action: "company.created", subject: id, before: null, after: { name, slug } },
    { action: "member.created", subject: member_id, before: null, after: { ...member, status: "active" } },
  );
  return { id, slug, name, role: "admin", ...company };
}

/** The name from sign-up, without what a member's name can't contain. */
function nameOf({ user_name }: Caller): string {
  return nameFrom(user_name, 100) || "New member";
}

export const companies = { list, workplace, create };
