import { sql } from "drizzle-orm";
import { boolean, check, foreignKey, index, primaryKey, text, unique } from "drizzle-orm/pg-core";
import { bytewise, companyId, idCheck, lengthCheck, repdesk, setting, tagsCheck, textList } from "#lib/db/columns";
import { provenance, provenanceKeys } from "#lib/db/provenance";
import { accounts } from "#lib/db/tables/accounts";
import { members } from "#lib/db/tables/members";

const fullName = `nullif(btrim(coalesce("first_name", '') || ' ' || coalesce("last_name", '')), '')`;

/** The people a company knows. */
export const contacts = repdesk.table(
  "contacts",
  {
    id: bytewise().notNull(),
    company_id: companyId(),
    /** The display name: first and last name, or else the email address. Not null, so at least one of the three is required. */
    name: text()
      .notNull()
      .generatedAlwaysAs(sql.raw(`coalesce(${fullName}, "email")`)),
    name_key: bytewise()
      .notNull()
      .generatedAlwaysAs(sql.raw(`repdesk.normalise(coalesce(${fullName}, "email"))`)),
    first_name: text(),
    last_name: text(),
    email: text(),
    /**
     * The key by which an address is unique and found (`addressKey`). The app writes it, since SQL can't compute A-labels. A trigger
     * computes it for ASCII addresses, and for rows that are written without it.
     */
    email_key: bytewise(),
    phone: text(),
    title: text(),
    account_id: bytewise(),
    description: text(),
    tags: textList().notNull().default([]),
    external_id: bytewise(),
    owner_id: bytewise().notNull().default(setting("member_id")),
    do_not_contact: boolean().notNull().default(false),
    /** What search compares. A trigger writes it, with `repdesk.contact_search_key`. */
    search_key: bytewise().notNull().default(""),
    ...provenance,
  },
  (table) => [
    primaryKey({ name: "contacts_key", columns: [table.company_id, table.id] }),
    unique("contacts_email").on(table.company_id, table.email_key),
    unique("contacts_external_id").on(table.company_id, table.external_id),
    index("contacts_by_created_at").on(table.company_id, table.created_at, table.id),
    index("contacts_by_updated_at").on(table.company_id, table.updated_at, table.id),
    index("contacts_by_name").on(table.company_id, table.name_key, table.id),
    index("contacts_by_account").on(table.company_id, table.account_id, table.created_at, table.id),
    index("contacts_by_owner").on(table.company_id, table.owner_id, table.created_at, table.id),
    // The migration adds ON DELETE SET NULL ("account_id"). Without the column list, it would null the company too.
    foreignKey({
      name: "contacts_account",
      columns: [table.company_id, table.account_id],
      foreignColumns: [accounts.company_id, accounts.id],
    }),
    foreignKey({
      name: "contacts_owner",
      columns: [table.company_id, table.owner_id],
      foreignColumns: [members.company_id, members.id],
    }),
    ...provenanceKeys("contacts", table),
    idCheck("contacts_id_form", "con"),
    check("contacts_name_some", sql.raw(`num_nonnulls("first_name", "last_name", "email") > 0`)),
    lengthCheck("contacts_first_name_length", table.first_name, 100),
    lengthCheck("contacts_last_name_length", table.last_name, 100),
    lengthCheck("contacts_email_length", table.email, 254),
    lengthCheck("contacts_phone_length", table.phone, 50),
    lengthCheck("contacts_title_length", table.title, 150),
    lengthCheck("contacts_description_length", table.description, 10_000),
    tagsCheck("contacts_tags_form", table.tags),
    lengthCheck("contacts_external_id_length", table.external_id, 128),
  ],
);
