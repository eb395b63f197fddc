import { primaryKey } from "drizzle-orm/pg-core";
import { bytewise, companyId, instant, repdesk } from "#lib/db/columns";

/**
 * Deleted records with more audit events than one request can erase. Maintenance erases the rest, oldest first, and removes the row.
 * The app has no rights on this table; only its functions read and write it.
 */
export const blankingQueue = repdesk.table(
  "blanking_queue",
  {
    company_id: companyId(),
    subject_id: bytewise().notNull(),
    /** Events before this instant are erased. */
    reached: instant().notNull(),
  },
  (table) => [primaryKey({ name: "blanking_queue_key", columns: [table.company_id, table.subject_id] })],
);
