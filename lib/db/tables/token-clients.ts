import { sql } from "drizzle-orm";
import { foreignKey, index, primaryKey } from "drizzle-orm/pg-core";
import { bytewise, companyId, instant, lengthCheck, repdesk } from "#lib/db/columns";
import { apiTokens } from "#lib/db/tables/api-tokens";

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
