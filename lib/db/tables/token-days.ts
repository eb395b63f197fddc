import { date, foreignKey, index, integer, primaryKey } from "drizzle-orm/pg-core";
import { bytewise, companyId, instant, lengthCheck, repdesk } from "#lib/db/columns";
import { apiTokens } from "#lib/db/tables/api-tokens";

/*
 * What API tokens did in the last 90 days: `token_days`, `token_requests`, and `token_clients`. The app only reads these tables:
 * `repdesk.note_token_usage` writes them, and `repdesk.delete_old_token_usage` deletes what is older. A token's first use is
 * `api_tokens.first_used_at`, which is kept.
 */

const calls = () => integer().notNull().default(0);

/** Calls per day (UTC), outcome, and what they needed. */
export const tokenDays = repdesk.table(
  "token_days",
  {
    company_id: companyId(),
    token_id: bytewise().notNull(),
    day: date().notNull(),
    /** The permissions that the calls needed, separated by spaces; empty for endpoints that need none. */
    needed: bytewise().notNull(),
    succeeded: calls(),
    failed: calls(),
    limited: calls(),
    errors: calls(),
    last_success_at: instant(),
  },
  (table) => [
    primaryKey({ name: "token_days_key", columns: [table.company_id, table.token_id, table.day, table.needed] }),
    index("token_days_by_age").on(table.day),
    foreignKey({
      name: "token_days_token",
      columns: [table.company_id, table.token_id],
      foreignColumns: [apiTokens.company_id, apiTokens.id],
    }),
    lengthCheck("token_days_needed_length", table.needed, 200, 0),
  ],
);
