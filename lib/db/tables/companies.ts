import { sql } from "drizzle-orm";
import { check, index, text, unique, uuid } from "drizzle-orm/pg-core";
import { bytewise, createdAt, idCheck, instant, lengthCheck, repdesk, setting, version } from "#lib/db/columns";

/** A tenant. Its transactions see only its own row. */
export const companies = repdesk.table(
  "companies",
  {
    id: bytewise().primaryKey(),
    name: text().notNull(),
    slug: bytewise().notNull(),
    suspended_at: instant(),
    version: version(),
    created_at: createdAt(),
    updated_at: createdAt(),
    created_by_user_id: uuid()
      .notNull()
      .default(sql`${setting("user_id")}::uuid`),
  },
  (table) => [
    unique("companies_slug").on(table.slug),
    index("companies_by_maker").on(table.created_by_user_id),
    idCheck("companies_id_form", "cmp"),
    lengthCheck("companies_name_length", table.name, 100),
    check("companies_slug_form", sql.raw(`"slug" ~ '^[a-z0-9]([a-z0-9-]{1,38}[a-z0-9])$'`)),
  ],
);
