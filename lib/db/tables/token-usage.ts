import { sql } from "drizzle-orm";
import { date, foreignKey, index, integer, primaryKey, smallint, text } from "drizzle-orm/pg-core";
import { bytewise, companyId, instant, lengthCheck, repdesk } from "#lib/db/columns";
import { apiTokens } from "#lib/db/tables/api-tokens";

/*
 * What API tokens did in the last 90 days. The app only reads these tables: `repdesk.note_token_usage` writes them, and
 * `repdesk.delete_old_token_usage` deletes what is older. A token's first use is `api_tokens.first_used_at`, which is kept.
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

/**
 * A token's last 100 requests. Request IDs sort by time, so the key finds the newest. No foreign key, since checking it costs more than
 * the insert; the function that writes looks up the token instead, and tokens are never deleted.
 */
export const tokenRequests = repdesk.table(
  "token_requests",
  {
    company_id: companyId(),
    token_id: bytewise().notNull(),
    request_id: bytewise().notNull(),
    at: instant().notNull(),
    method: text().notNull(),
    /** The path template, which contains no values. */
    path: text().notNull(),
    status: smallint().notNull(),
    code: text(),
  },
  (table) => [
    primaryKey({ name: "token_requests_key", columns: [table.company_id, table.token_id, table.request_id] }),
    index("token_requests_by_age").on(table.at),
    lengthCheck("token_requests_request_id_length", table.request_id, 100),
    lengthCheck("token_requests_method_length", table.method, 10),
    lengthCheck("token_requests_path_length", table.path, 200),
    lengthCheck("token_requests_code_length", table.code, 100),
  ],
);

/** The last five networks and clients that used a token. */
export const tokenClients = repdesk.table(
  "token_clients",
  {
    company_id: companyId(),
    token_id: bytewise().notNull(),
    /** As /24 or /48; empty if unknown. */
    network: bytewise().notNull().default(sql`''`),
    /** The name that the client gives itself; empty if it gives none. */
    client: bytewise().notNull().default(sql`''`),
    first_seen_at: instant().notNull(),
    last_seen_at: instant().notNull(),
  },
  (table) => [
    primaryKey({
      name: "token_clients_key",
      columns: [table.company_id, table.token_id, table.network, table.client],
    }),
    index("token_clients_by_age").on(table.last_seen_at),
    foreignKey({
      name: "token_clients_token",
      columns: [table.company_id, table.token_id],
      foreignColumns: [apiTokens.company_id, apiTokens.id],
    }),
    lengthCheck("token_clients_network_length", table.network, 50, 0),
    lengthCheck("token_clients_client_length", table.client, 50, 0),
  ],
);
