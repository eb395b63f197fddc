import { sql } from "drizzle-orm";
import { bigint, check, index, jsonb, primaryKey } from "drizzle-orm/pg-core";
import { bytewise, companyId, instant, repdesk } from "#lib/db/columns";

/** A request as it is kept. */
type Kept = { id: string; at: string; method: string; path: string; status: number; code?: string };

/**
 * A token's last 100 requests, in one row for each write, since a row for each request costs ten times as much. `total` counts the
 * token's requests up to the row, so what is too old is found by the key. No foreign key, since checking it costs as much as the row; the
 * function that writes looks up the token instead, and tokens are never deleted.
 */
export const tokenRequests = repdesk.table(
  "token_requests",
  {
    company_id: companyId(),
    token_id: bytewise().notNull(),
    total: bigint({ mode: "number" }).notNull(),
    /** When the last of them was made. */
    at: instant().notNull(),
    requests: jsonb().$type<Kept[]>().notNull(),
  },
  (table) => [
    primaryKey({ name: "token_requests_key", columns: [table.company_id, table.token_id, table.total] }),
    index("token_requests_by_age").on(table.at),
    check("token_requests_bounded", sql.raw(`jsonb_array_length("requests") between 1 and 100`)),
  ],
);
