import { sql } from "drizzle-orm";
import { check, foreignKey, index, primaryKey, text } from "drizzle-orm/pg-core";
import { bytewise, companyId, idCheck, instant, lengthCheck, oneOf, repdesk } from "#lib/db/columns";
import { provenance, provenanceKeys } from "#lib/db/provenance";
import { accounts } from "#lib/db/tables/accounts";
import { contacts } from "#lib/db/tables/contacts";
import { type NoteKind, noteKinds, noteLimits } from "#lib/vocabulary";

/** Notes about accounts and contacts. A note is deleted with its record. */
export const notes = repdesk.table(
  "notes",
  {
    id: bytewise().notNull(),
    company_id: companyId(),
    body: text().notNull(),
    kind: text().$type<NoteKind>().notNull().default("note"),
    occurred_at: instant().notNull().default(sql`now()`),
    account_id: bytewise(),
    contact_id: bytewise(),
    ...provenance,
  },
  (table) => [
    primaryKey({ name: "notes_key", columns: [table.company_id, table.id] }),
    index("notes_by_created_at").on(table.company_id, table.created_at, table.id),
    index("notes_by_updated_at").on(table.company_id, table.updated_at, table.id),
    index("notes_by_occurred_at").on(table.company_id, table.occurred_at, table.id),
    index("notes_by_account").on(table.company_id, table.account_id, table.occurred_at, table.id),
    index("notes_by_contact").on(table.company_id, table.contact_id, table.occurred_at, table.id),
    foreignKey({
      name: "notes_account",
      columns: [table.company_id, table.account_id],
      foreignColumns: [accounts.company_id, accounts.id],
    }).onDelete("cascade"),
    foreignKey({
      name: "notes_contact",
      columns: [table.company_id, table.contact_id],
      foreignColumns: [contacts.company_id, contacts.id],
    }).onDelete("cascade"),
    ...provenanceKeys("notes", table),
    idCheck("notes_id_form", "not"),
    check("notes_about_one", sql.raw(`num_nonnulls("account_id", "contact_id") = 1`)),
    lengthCheck("notes_body_length", table.body, noteLimits.bodyLength),
    oneOf("notes_kind_known", table.kind, noteKinds),
  ],
);
