import { sql } from "drizzle-orm";
import { foreignKey, index, primaryKey, text, unique } from "drizzle-orm/pg-core";
import {
  bytewise,
  companyId,
  idCheck,
  lengthCheck,
  oneOf,
  repdesk,
  setting,
  tagsCheck,
  textList,
} from "#lib/db/columns";
import { provenance, provenanceKeys } from "#lib/db/provenance";
import { members } from "#lib/db/tables/members";
import { type AccountType, accountTypes } from "#lib/vocabulary";

/** The companies that a company sells to. */
export const accounts = repdesk.table(
  "accounts",
  {
    id: bytewise().notNull(),
    company_id: companyId(),
    name: text().notNull(),
    /** The sort key of lists, without case and accents. */
    name_key: bytewise().notNull().generatedAlwaysAs(sql.raw(`repdesk.normalise("name")`)),
    domain: bytewise(),
    website: text(),
    phone: text(),
    industry: text(),
    type: text().$type<AccountType>().notNull().default("prospect"),
    description: text(),
    tags: textList().notNull().default([]),
    external_id: bytewise(),
    owner_id: bytewise().notNull().default(setting("member_id")),
    search_key: bytewise()
      .notNull()
      .generatedAlwaysAs(sql.raw(`repdesk.normalise("name" || coalesce(' ' || "domain", ''))`)),
    ...provenance,
  },
  (table) => [
    primaryKey({ name: "accounts_key", columns: [table.company_id, table.id] }),
    unique("accounts_domain").on(table.company_id, table.domain),
    unique("accounts_external_id").on(table.company_id, table.external_id),
    // Ascending although the newest come first: PostgreSQL reads this index backward, and ignores one with DESC NULLS LAST.
    index("accounts_by_created_at").on(table.company_id, table.created_at, table.id),
    index("accounts_by_updated_at").on(table.company_id, table.updated_at, table.id),
    index("accounts_by_name").on(table.company_id, table.name_key, table.id),
    index("accounts_by_owner").on(table.company_id, table.owner_id, table.created_at, table.id),
    foreignKey({
      name: "accounts_owner",
      columns: [table.company_id, table.owner_id],
      foreignColumns: [members.company_id, members.id],
    }),
    ...provenanceKeys("accounts", table),
    idCheck("accounts_id_form", "acc"),
    lengthCheck("accounts_name_length", table.name, 200),
    lengthCheck("accounts_domain_length", table.domain, 253),
    lengthCheck("accounts_website_length", table.website, 2000),
    lengthCheck("accounts_phone_length", table.phone, 50),
    lengthCheck("accounts_industry_length", table.industry, 100),
    oneOf("accounts_type_known", table.type, accountTypes),
    lengthCheck("accounts_description_length", table.description, 10_000),
    tagsCheck("accounts_tags_form", table.tags),
    lengthCheck("accounts_external_id_length", table.external_id, 128),
  ],
);
