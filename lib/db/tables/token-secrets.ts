import { sql } from "drizzle-orm";
import { boolean, check, foreignKey, integer, primaryKey, text, unique } from "drizzle-orm/pg-core";
import { bytea, bytewise, companyId, createdAt, instant, lengthCheck, oneOf, repdesk } from "#lib/db/columns";
import { apiTokens } from "#lib/db/tables/api-tokens";
import { type EndOfSecret, endsOfSecrets, rotationLimits } from "#lib/vocabulary";

/**
 * The secrets of API tokens, also ended ones, so that one that is still in use is recognized. A trigger adds a token's first secret, and
 * each rotation adds one. `hash` is the SHA-256 of the whole token. The app can write it but not read it.
 *
 * A secret works until `ended_at`. A new one ends the others `overlap_hours` after its own first use; without a use, it lapses.
 */
export const tokenSecrets = repdesk.table(
  "token_secrets",
  {
    company_id: companyId(),
    token_id: bytewise().notNull(),
    /** 1 for the token's first secret. */
    number: integer().notNull(),
    hash: bytea().notNull(),
    overlap_hours: integer().notNull().default(0),
    /** Made by the token itself. */
    is_own: boolean().notNull().default(false),
    lapses_at: instant(),
    first_used_at: instant(),
    last_used_at: instant(),
    last_used_from: text(),
    ended_at: instant(),
    ended_reason: text().$type<EndOfSecret>(),
    /** Its last use after its end. */
    refused_at: instant(),
    refused_from: text(),
    created_at: createdAt(),
  },
  (table) => [
    primaryKey({ name: "token_secrets_key", columns: [table.company_id, table.token_id, table.number] }),
    // Across all companies, as in `api_tokens`.
    unique("token_secrets_hash").on(table.hash),
    foreignKey({
      name: "token_secrets_token",
      columns: [table.company_id, table.token_id],
      foreignColumns: [apiTokens.company_id, apiTokens.id],
    }),
    check("token_secrets_hash_length", sql.raw(`octet_length("hash") = 32`)),
    check("token_secrets_overlap", sql.raw(`"overlap_hours" between 0 and ${rotationLimits.overlapHours}`)),
    check("token_secrets_ended", sql.raw(`("ended_at" is null) = ("ended_reason" is null)`)),
    oneOf("token_secrets_reason_known", table.ended_reason, endsOfSecrets),
    lengthCheck("token_secrets_last_used_from_length", table.last_used_from, 50),
    lengthCheck("token_secrets_refused_from_length", table.refused_from, 50),
  ],
);
