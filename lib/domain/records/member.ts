import { and, eq } from "drizzle-orm";
import type { Principal, Tx } from "#lib/db/company";
import { members } from "#lib/db/tables/members";
import { oneOf } from "#lib/domain/lists";

/** The members that a page of records names, whatever became of them. */
export async function membersOf(tx: Tx, principal: Principal, ids: readonly string[]) {
  const wanted = [...new Set(ids)];
  if (wanted.length === 0) return [];
  return tx
    .select({ id: members.id, name: members.name })
    .from(members)
    .where(and(eq(members.company_id, principal.company.id), oneOf(members.id, wanted)));
}
