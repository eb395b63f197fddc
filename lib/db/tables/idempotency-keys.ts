import { sql } from "drizzle-orm";
import { check, index, integer, jsonb, text, unique, uuid } from "drizzle-orm/pg-core";
import { bytewise, createdAt, instant, lengthCheck, repdesk, setting } from "#lib/db/columns";

/**
 * Responses stored for repeated requests. A key belongs to a user in a company, or to the user alone if the request has no company;
 * the policy says the same. A row commits together with the effect that it describes.
 */
export const idempotencyKeys = repdesk.table(
  "idempotency_keys",
  {
    company_id: bytewise().default(setting("company_id")),
    user_id: uuid()
      .notNull()
      .default(sql`${setting("user_id")}::uuid`),
    operation: bytewise().notNull(),
    key: bytewise().notNull(),
    fingerprint: bytewise().notNull(),
    /** The record that the response shows. When it is deleted, headers and body are cleared. */
    subject_id: bytewise(),
    status: integer(),
    headers: jsonb().$type<Record<string, string>>(),
    body: text(),
    created_at: createdAt(),
    expires_at: instant().notNull().default(sql`now() + interval '7 days'`),
  },
  (table) => [
    unique("idempotency_keys_key").on(table.company_id, table.user_id, table.operation, table.key).nullsNotDistinct(),
    index("idempotency_keys_by_expiry").on(table.expires_at),
    index("idempotency_keys_by_subject").on(table.company_id, table.subject_id).where(sql`"subject_id" is not null`),
    lengthCheck("idempotency_keys_key_length", table.key, 255),
    check("idempotency_keys_fingerprint_form", sql.raw(`"fingerprint" ~ '^[0-9a-f]{64}$'`)),
  ],
);
