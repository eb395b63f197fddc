import { sql } from "drizzle-orm";
import { bigint, check, date, foreignKey, index, integer, jsonb, primaryKey } from "drizzle-orm/pg-core";
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
