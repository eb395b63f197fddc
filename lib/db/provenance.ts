import { type AnyPgColumn, foreignKey } from "drizzle-orm/pg-core";
import { bytewise, createdAt, setting, version } from "#lib/db/columns";
import { apiTokens } from "#lib/db/tables/api-tokens";
import { members } from "#lib/db/tables/members";

/** Columns of a record that people and integrations edit: its version, and who created and changed it when. */
export const provenance = {
  version: version(),
  created_at: createdAt(),
  updated_at: createdAt(),
  created_by_member_id: bytewise().notNull().default(setting("member_id")),
  created_by_token_id: bytewise().default(setting("token_id")),
  updated_by_member_id: bytewise().notNull().default(setting("member_id")),
  updated_by_token_id: bytewise().default(setting("token_id")),
};

type Provenance = Record<"company_id" | `${"created" | "updated"}_by_${"member" | "token"}_id`, AnyPgColumn>;

/** The foreign keys of those columns. */
export function provenanceKeys(name: string, table: Provenance) {
  const key = (by: string, column: AnyPgColumn, target: { company_id: AnyPgColumn; id: AnyPgColumn }) =>
    foreignKey({
      name: `${name}_${by}`,
      columns: [table.company_id, column],
      foreignColumns: [target.company_id, target.id],
    });
  return [
    key("created_by_member", table.created_by_member_id, members),
    key("updated_by_member", table.updated_by_member_id, members),
    key("created_by_token", table.created_by_token_id, apiTokens),
    key("updated_by_token", table.updated_by_token_id, apiTokens),
  ];
}
