import { primaryKey } from "drizzle-orm/pg-core";
import { bytewise, companyId, instant, repdesk } from "#lib/db/columns";

/**
 * Deleted records with more audit events than one request can blank. Maintenance blanks the rest, oldest first, and removes the row.
 * The app itself has no rights here: only its functions read and write the queue.
 */
export const blankingQueue = repdesk.table(
  "blanking_queue",
  {
    company_id: companyId(),
    subject_id: bytewise().notNull(),
    /** Events before this instant are blank. */
    reached: instant().notNull(),
  },
  (table) => [primaryKey({ name: "blanking_queue_key", columns: [table.company_id, table.subject_id] })],
);
