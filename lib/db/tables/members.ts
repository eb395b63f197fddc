import { sql } from "drizzle-orm";
import { index, primaryKey, text, unique, uuid } from "drizzle-orm/pg-core";
import {
  bytewise,
  companyId,
  createdAt,
  idCheck,
  lengthCheck,
  oneOf,
  repdesk,
  someOf,
  textList,
  version,
} from "#lib/db/columns";
import { companies } from "#lib/db/tables/companies";
import { type Flag, flags, type MemberStatus, memberStatuses, type Role, roles } from "#lib/vocabulary";

/**
 * A person in a company. Never deleted, so that `created_by` always resolves.
 * `user_id` is `auth.users.id`, without a foreign key: a hosted project may delete a user, and the member's name must remain.
 */
export const members = repdesk.table(
  "members",
  {
    id: bytewise().notNull(),
    company_id: companyId().references(() => companies.id),
    user_id: uuid().notNull(),
    name: text().notNull(),
    /** What lists sort by: without case and accents. */
    name_key: bytewise().notNull().generatedAlwaysAs(sql.raw(`repdesk.normalise("name")`)),
    email: text().notNull(),
    role: text().$type<Role>().notNull(),
    flags: textList().$type<Flag[]>().notNull().default([]),
    status: text().$type<MemberStatus>().notNull().default("active"),
    version: version(),
    created_at: createdAt(),
    updated_at: createdAt(),
  },
  (table) => [
    primaryKey({ name: "members_key", columns: [table.company_id, table.id] }),
    unique("members_user").on(table.company_id, table.user_id),
    index("members_by_user").on(table.user_id),
    index("members_by_created_at").on(table.company_id, table.created_at, table.id),
    index("members_by_name").on(table.company_id, table.name_key, table.id),
    idCheck("members_id_form", "mem"),
    lengthCheck("members_name_length", table.name, 100),
    lengthCheck("members_email_length", table.email, 254, 0),
    oneOf("members_role_known", table.role, roles),
    someOf("members_flags_known", table.flags, flags),
    oneOf("members_status_known", table.status, memberStatuses),
  ],
);
