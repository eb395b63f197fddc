import { foreignKey, index, jsonb, primaryKey, text } from "drizzle-orm/pg-core";
import { bytewise, companyId, createdAt, idCheck, lengthCheck, repdesk, setting } from "#lib/db/columns";
import { apiTokens } from "#lib/db/tables/api-tokens";
import { members } from "#lib/db/tables/members";

/** The changed fields with their values; null if the values were erased with a deleted record. */
export type Changes = Record<string, { old: unknown; new: unknown } | null>;

/**
 * One row for every write, in the same transaction. The app inserts and reads; nobody updates or deletes. The one exception is
 * `repdesk.blank_deleted_record`, which erases the values of a deleted record.
 */
export const auditEvents = repdesk.table(
  "audit_events",
  {
    id: bytewise().notNull(),
    company_id: companyId(),
    created_at: createdAt(),
    member_id: bytewise().notNull().default(setting("member_id")),
    token_id: bytewise().default(setting("token_id")),
    request_id: text().notNull().default(setting("request_id")),
    action: text().notNull(),
    subject_id: bytewise().notNull(),
    changes: jsonb().$type<Changes>().notNull(),
  },
  (table) => [
    primaryKey({ name: "audit_events_key", columns: [table.company_id, table.id] }),
    index("audit_events_by_subject").on(table.company_id, table.subject_id, table.created_at),
    foreignKey({
      name: "audit_events_member",
      columns: [table.company_id, table.member_id],
      foreignColumns: [members.company_id, members.id],
    }),
    foreignKey({
      name: "audit_events_token",
      columns: [table.company_id, table.token_id],
      foreignColumns: [apiTokens.company_id, apiTokens.id],
    }),
    idCheck("audit_events_id_form", "evt"),
    lengthCheck("audit_events_action_length", table.action, 100),
    lengthCheck("audit_events_request_id_length", table.request_id, 100),
  ],
);
