import { isDeepStrictEqual } from "node:util";
import { sql } from "drizzle-orm";
import type { Tx } from "#lib/db/company";
import type { Changes } from "#lib/db/tables/audit-events";
import { newId } from "#lib/format/ids";

type Values = Record<string, unknown>;

/** One write: of what, and its fields before and after; null where the record was not there. Never a secret. */
export type Write = { action: string; subject: string; before: Values | null; after: Values | null };

/** Rows of the audit in one statement. */
const atOnce = 1_000;

/** Writes down what was written, in the same transaction: who and through which request comes from the transaction itself. */
export async function audit(tx: Tx, ...writes: Write[]): Promise<void> {
  for (let from = 0; from < writes.length; from += atOnce) {
    const events = writes.slice(from, from + atOnce).map(({ action, subject, before, after }) => ({
      ...{ id: newId("evt"), action, subject_id: subject, changes: changesOf(before, after) },
    }));
    await tx.execute(sql`
      insert into repdesk.audit_events (id, action, subject_id, changes)
      select e.id, e.action, e.subject_id, e.changes
        from jsonb_to_recordset(${JSON.stringify(events)}::jsonb) as e(id text, action text, subject_id text, changes jsonb)`);
  }
}

/** The fields that differ, with their old and new value. */
export function changesOf(before: Values | null, after: Values | null): Changes {
  const changes: Changes = {};
  for (const field of new Set([...Object.keys(before ?? {}), ...Object.keys(after ?? {})])) {
    const [old, now] = [before?.[field] ?? null, after?.[field] ?? null];
    if (!isDeepStrictEqual(old, now)) changes[field] = { old, new: now };
  }
  return changes;
}
