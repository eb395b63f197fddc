import { isDeepStrictEqual } from "node:util";
import { and, desc, eq, type SQLWrapper, sql } from "drizzle-orm";
import { makePgArray } from "drizzle-orm/pg-core";
import { type Principal, sendAhead, type Tx } from "#lib/db/company";
import { auditEvents, type Changes } from "#lib/db/tables/audit-events";
import { newId } from "#lib/format/ids";

type Values = Record<string, unknown>;

/** One write: its subject, and the fields before and after; null if the record didn't exist. Never contains a secret. */
export type Write = { action: string; subject: string; before: Values | null; after: Values | null };

/** Audit rows per statement. */
const atOnce = 1_000;

/** In a record's history: the longest change of a field, as characters of JSON. */
const longestValue = 600;

/** Writes audit entries in the same transaction, without waiting for it. The member, the token, and the request are taken from the transaction's settings. */
export function audit(tx: Tx, ...writes: Write[]): void {
  for (let from = 0; from < writes.length; from += atOnce) {
    const events = writes.slice(from, from + atOnce).map(({ action, subject, before, after }) => ({
      ...{ id: newId("evt"), action, subject_id: subject, changes: changesOf(before, after) },
    }));
    const rows = sql`jsonb_to_recordset(${JSON.stringify(events)}::jsonb) as e(id text, action text, subject_id text, changes jsonb)`;
    const write = sql`insert into repdesk.audit_events (id, action, subject_id, changes)
      select e.id, e.action, e.subject_id, e.changes from ${rows}`;
    sendAhead(tx, tx.execute(write));
  }
}

/**
 * Runs a statement and writes one event for each record that it changes, all with the same changes, thousands at a time.
 * The statement returns ids. If it returns more than `most`, it fails.
 */
export async function auditEach(
  tx: Tx,
  { action, before, after }: Omit<Write, "subject">,
  statement: SQLWrapper,
  most: number,
): Promise<void> {
  const ids = Array.from({ length: most }, () => newId("evt"));
  await tx.execute(sql`
    with changed as ${statement},
    numbered as (select id, row_number() over () as place from changed)
    insert into repdesk.audit_events (id, action, subject_id, changes)
    select e.id, ${action}, n.id, ${JSON.stringify(changesOf(before, after))}::jsonb
      from numbered n left join unnest(${makePgArray(ids)}::text[]) with ordinality as e(id, place) on e.place = n.place`);
}

/** The fields that differ, with their old and new values. For a deleted record, only the names: its values aren't kept. */
export function changesOf(before: Values | null, after: Values | null): Changes {
  const changes: Changes = {};
  for (const field of new Set([...Object.keys(before ?? {}), ...Object.keys(after ?? {})])) {
    const [old, now] = [before?.[field] ?? null, after?.[field] ?? null];
    if (!isDeepStrictEqual(old, now)) changes[field] = after === null ? null : { old, new: now };
  }
  return changes;
}

/** A change of a record, as its page shows it. */
export type Change = {
  id: string;
  created_at: Date;
  member_id: string;
  token_id: string | null;
  action: string;
  changes: Changes;
};

/** The latest changes of a record, newest first, and one more than `limit` if there are more. Long values are omitted. */
export async function historyOf(tx: Tx, { company }: Principal, subject: string, limit: number): Promise<Change[]> {
  const { id, created_at, member_id, token_id, action, changes } = auditEvents;
  return tx
    .select({
      ...{ id, created_at, member_id, token_id, action },
      changes: sql<Changes>`(
        select coalesce(jsonb_object_agg(c.key, case when length(c.value::text) <= ${longestValue} then c.value end), '{}')
          from jsonb_each(${changes}) c)`,
    })
    .from(auditEvents)
    .where(and(eq(auditEvents.company_id, company.id), eq(auditEvents.subject_id, subject)))
    .orderBy(desc(created_at), desc(id))
    .limit(limit + 1);
}
