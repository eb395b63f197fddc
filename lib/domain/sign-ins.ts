import { and, eq, sql } from "drizzle-orm";
import type { InputOf, ResultOf } from "#lib/contract/endpoint";
import type { listSignIns } from "#lib/contract/sign-ins";
import type { Caller, Tx } from "#lib/db/company";
import { signInEvents } from "#lib/db/tables/sign-in-events";
import { type ListRules, pagingOf } from "#lib/domain/lists";

const rules: ListRules = {
  operation: "listSignIns",
  prefix: "sgn",
  id: signInEvents.id,
  sorts: { created_at: signInEvents.created_at },
  filters: { kind: signInEvents.kind },
};

/** The caller's own sign-in activity. */
async function list(tx: Tx, caller: Caller, input: InputOf<typeof listSignIns>): Promise<ResultOf<typeof listSignIns>> {
  const paging = await pagingOf(tx, rules, caller, input);
  const rows = await tx
    .select({
      id: signInEvents.id,
      kind: signInEvents.kind,
      created_at: signInEvents.created_at,
      network: signInEvents.network,
      device: signInEvents.device,
      this_session: sql<boolean>`coalesce(${signInEvents.session_id} = ${caller.session_id}::uuid, false)`,
      sort_key: sql<unknown>`${paging.key}`.mapWith(paging.key),
    })
    .from(signInEvents)
    .where(and(eq(signInEvents.user_id, caller.user_id), paging.where))
    .orderBy(...paging.orderBy)
    .limit(paging.limit);
  return paging.finish(rows);
}

export const signIns = { list };
