import { sql } from "drizzle-orm";
import { check, foreignKey, index, integer, primaryKey, text, unique } from "drizzle-orm/pg-core";
import {
  bytea,
  bytewise,
  companyId,
  createdAt,
  idCheck,
  instant,
  lengthCheck,
  repdesk,
  setting,
  someOf,
  textList,
  version,
} from "#lib/db/columns";
import { members } from "#lib/db/tables/members";
import { type Scope, scopes, tokenLimits } from "#lib/vocabulary";

/** API tokens. Never deleted. `hash` is the SHA-256 of a token's first secret (`token_secrets`). The app can write it but not read it. */
export const apiTokens = repdesk.table(
  "api_tokens",
  {
    id: bytewise().notNull(),
    company_id: companyId(),
    member_id: bytewise().notNull().default(setting("member_id")),
    name: text().notNull(),
    name_key: bytewise().notNull().generatedAlwaysAs(sql.raw(`repdesk.normalise("name")`)),
    prefix: bytewise().notNull(),
    hash: bytea().notNull(),
    scopes: textList().$type<Scope[]>().notNull(),
    expires_at: instant(),
    /** By how many seconds a rotation renews the token; null if it never expires. */
    lifetime: integer(),
    /** When a person last created, rotated, or changed it. */
    attended_at: createdAt(),
    /** The networks that can use it, in CIDR notation; any if there are none. */
    allowed_addresses: textList().notNull().default([]),
    /** Of a token used before migration `token_usage`: the last use before it. */
    first_used_at: instant(),
    last_used_at: instant(),
    last_used_from: text(),
    last_used_by: text(),
    revoked_at: instant(),
    revoked_by_member_id: bytewise(),
    revoked_reason: text(),
    suspended_at: instant(),
    suspended_by_member_id: bytewise(),
    suspended_reason: text(),
    exposed_at: instant(),
    version: version(),
    created_at: createdAt(),
    updated_at: createdAt(),
  },
  (table) => [
    primaryKey({ name: "api_tokens_key", columns: [table.company_id, table.id] }),
    // Across all companies, because the hash is looked up before the company is known. 256 random bits don't collide.
    unique("api_tokens_hash").on(table.hash),
    unique("api_tokens_prefix").on(table.prefix),
    index("api_tokens_by_member").on(table.company_id, table.member_id, table.created_at, table.id),
    foreignKey({
      name: "api_tokens_member",
      columns: [table.company_id, table.member_id],
      foreignColumns: [members.company_id, members.id],
    }),
    foreignKey({
      name: "api_tokens_revoked_by",
      columns: [table.company_id, table.revoked_by_member_id],
      foreignColumns: [members.company_id, members.id],
    }),
    foreignKey({
      name: "api_tokens_suspended_by",
      columns: [table.company_id, table.suspended_by_member_id],
      foreignColumns: [members.company_id, members.id],
    }),
    idCheck("api_tokens_id_form", "tok"),
    lengthCheck("api_tokens_name_length", table.name, tokenLimits.nameLength),
    check("api_tokens_prefix_form", sql.raw(`"prefix" ~ '^rdk_[0-9A-Za-z]{12}$'`)),
    check("api_tokens_hash_length", sql.raw(`octet_length("hash") = 32`)),
    check("api_tokens_scopes_some", sql.raw(`cardinality("scopes") > 0`)),
    someOf("api_tokens_scopes_known", table.scopes, scopes),
    lengthCheck("api_tokens_last_used_from_length", table.last_used_from, 50),
    lengthCheck("api_tokens_last_used_by_length", table.last_used_by, 200),
    lengthCheck("api_tokens_revoked_reason_length", table.revoked_reason, 500),
    lengthCheck("api_tokens_suspended_reason_length", table.suspended_reason, tokenLimits.reasonLength),
    check("api_tokens_addresses_few", sql.raw(`cardinality("allowed_addresses") <= ${tokenLimits.addresses}`)),
  ],
);
