-- Generated from lib/db/tables, save for the one ON DELETE SET NULL ("account_id") that Drizzle cannot say.
CREATE TABLE "repdesk"."accounts" (
	"id" text collate "C" NOT NULL,
	"company_id" text collate "C" DEFAULT nullif(current_setting('repdesk.company_id', true), '') NOT NULL,
	"name" text NOT NULL,
	"name_key" text collate "C" GENERATED ALWAYS AS (repdesk.normalise("name")) STORED NOT NULL,
	"domain" text collate "C",
	"website" text,
	"phone" text,
	"industry" text,
	"type" text DEFAULT 'prospect' NOT NULL,
	"description" text,
	"tags" text[] DEFAULT '{}' NOT NULL,
	"external_id" text collate "C",
	"owner_id" text collate "C" DEFAULT nullif(current_setting('repdesk.member_id', true), '') NOT NULL,
	"search_key" text collate "C" GENERATED ALWAYS AS (repdesk.normalise("name" || coalesce(' ' || "domain", ''))) STORED NOT NULL,
	"version" integer DEFAULT 1 NOT NULL,
	"created_at" timestamp (3) with time zone DEFAULT now() NOT NULL,
	"updated_at" timestamp (3) with time zone DEFAULT now() NOT NULL,
	"created_by_member_id" text collate "C" DEFAULT nullif(current_setting('repdesk.member_id', true), '') NOT NULL,
	"created_by_token_id" text collate "C" DEFAULT nullif(current_setting('repdesk.token_id', true), ''),
	"updated_by_member_id" text collate "C" DEFAULT nullif(current_setting('repdesk.member_id', true), '') NOT NULL,
	"updated_by_token_id" text collate "C" DEFAULT nullif(current_setting('repdesk.token_id', true), ''),
	CONSTRAINT "accounts_key" PRIMARY KEY("company_id","id"),
	CONSTRAINT "accounts_domain" UNIQUE("company_id","domain"),
	CONSTRAINT "accounts_external_id" UNIQUE("company_id","external_id"),
	CONSTRAINT "accounts_id_form" CHECK ("id" ~ '^acc_[0-7][0-9a-hjkmnp-tv-z]{25}$'),
	CONSTRAINT "accounts_name_length" CHECK (char_length("name") between 1 and 200),
	CONSTRAINT "accounts_domain_length" CHECK (char_length("domain") between 1 and 253),
	CONSTRAINT "accounts_website_length" CHECK (char_length("website") between 1 and 2000),
	CONSTRAINT "accounts_phone_length" CHECK (char_length("phone") between 1 and 50),
	CONSTRAINT "accounts_industry_length" CHECK (char_length("industry") between 1 and 100),
	CONSTRAINT "accounts_type_known" CHECK ("type" in ('prospect', 'customer', 'partner', 'vendor', 'other')),
	CONSTRAINT "accounts_description_length" CHECK (char_length("description") between 1 and 10000),
	CONSTRAINT "accounts_tags_form" CHECK (repdesk.are_tags("tags")),
	CONSTRAINT "accounts_external_id_length" CHECK (char_length("external_id") between 1 and 128)
);
--> statement-breakpoint
CREATE TABLE "repdesk"."api_tokens" (
	"id" text collate "C" NOT NULL,
	"company_id" text collate "C" DEFAULT nullif(current_setting('repdesk.company_id', true), '') NOT NULL,
	"member_id" text collate "C" DEFAULT nullif(current_setting('repdesk.member_id', true), '') NOT NULL,
	"name" text NOT NULL,
	"name_key" text collate "C" GENERATED ALWAYS AS (repdesk.normalise("name")) STORED NOT NULL,
	"prefix" text collate "C" NOT NULL,
	"hash" "bytea" NOT NULL,
	"scopes" text[] NOT NULL,
	"expires_at" timestamp (3) with time zone,
	"last_used_at" timestamp (3) with time zone,
	"last_used_from" text,
	"last_used_by" text,
	"revoked_at" timestamp (3) with time zone,
	"revoked_by_member_id" text collate "C",
	"revoked_reason" text,
	"version" integer DEFAULT 1 NOT NULL,
	"created_at" timestamp (3) with time zone DEFAULT now() NOT NULL,
	"updated_at" timestamp (3) with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "api_tokens_key" PRIMARY KEY("company_id","id"),
	CONSTRAINT "api_tokens_hash" UNIQUE("hash"),
	CONSTRAINT "api_tokens_prefix" UNIQUE("prefix"),
	CONSTRAINT "api_tokens_id_form" CHECK ("id" ~ '^tok_[0-7][0-9a-hjkmnp-tv-z]{25}$'),
	CONSTRAINT "api_tokens_name_length" CHECK (char_length("name") between 1 and 80),
	CONSTRAINT "api_tokens_prefix_form" CHECK ("prefix" ~ '^rdk_[0-9A-Za-z]{12}$'),
	CONSTRAINT "api_tokens_hash_length" CHECK (octet_length("hash") = 32),
	CONSTRAINT "api_tokens_scopes_some" CHECK (cardinality("scopes") > 0),
	CONSTRAINT "api_tokens_scopes_known" CHECK ("scopes" <@ array['accounts:read', 'accounts:write', 'contacts:read', 'contacts:write']::text[]),
	CONSTRAINT "api_tokens_last_used_from_length" CHECK (char_length("last_used_from") between 1 and 50),
	CONSTRAINT "api_tokens_last_used_by_length" CHECK (char_length("last_used_by") between 1 and 200),
	CONSTRAINT "api_tokens_revoked_reason_length" CHECK (char_length("revoked_reason") between 1 and 500)
);
--> statement-breakpoint
CREATE TABLE "repdesk"."audit_events" (
	"id" text collate "C" NOT NULL,
	"company_id" text collate "C" DEFAULT nullif(current_setting('repdesk.company_id', true), '') NOT NULL,
	"created_at" timestamp (3) with time zone DEFAULT now() NOT NULL,
	"member_id" text collate "C" DEFAULT nullif(current_setting('repdesk.member_id', true), '') NOT NULL,
	"token_id" text collate "C" DEFAULT nullif(current_setting('repdesk.token_id', true), ''),
	"request_id" text DEFAULT nullif(current_setting('repdesk.request_id', true), '') NOT NULL,
	"action" text NOT NULL,
	"subject_id" text collate "C" NOT NULL,
	"changes" jsonb NOT NULL,
	CONSTRAINT "audit_events_key" PRIMARY KEY("company_id","id"),
	CONSTRAINT "audit_events_id_form" CHECK ("id" ~ '^evt_[0-7][0-9a-hjkmnp-tv-z]{25}$'),
	CONSTRAINT "audit_events_action_length" CHECK (char_length("action") between 1 and 100),
	CONSTRAINT "audit_events_request_id_length" CHECK (char_length("request_id") between 1 and 100)
);
--> statement-breakpoint
CREATE TABLE "repdesk"."companies" (
	"id" text collate "C" PRIMARY KEY NOT NULL,
	"name" text NOT NULL,
	"slug" text collate "C" NOT NULL,
	"suspended_at" timestamp (3) with time zone,
	"version" integer DEFAULT 1 NOT NULL,
	"created_at" timestamp (3) with time zone DEFAULT now() NOT NULL,
	"updated_at" timestamp (3) with time zone DEFAULT now() NOT NULL,
	"created_by_user_id" uuid DEFAULT nullif(current_setting('repdesk.user_id', true), '')::uuid NOT NULL,
	CONSTRAINT "companies_slug" UNIQUE("slug"),
	CONSTRAINT "companies_id_form" CHECK ("id" ~ '^cmp_[0-7][0-9a-hjkmnp-tv-z]{25}$'),
	CONSTRAINT "companies_name_length" CHECK (char_length("name") between 1 and 100),
	CONSTRAINT "companies_slug_form" CHECK ("slug" ~ '^[a-z0-9]([a-z0-9-]{1,38}[a-z0-9])$')
);
--> statement-breakpoint
CREATE TABLE "repdesk"."contacts" (
	"id" text collate "C" NOT NULL,
	"company_id" text collate "C" DEFAULT nullif(current_setting('repdesk.company_id', true), '') NOT NULL,
	"name" text GENERATED ALWAYS AS (coalesce(nullif(btrim(coalesce("first_name", '') || ' ' || coalesce("last_name", '')), ''), "email")) STORED NOT NULL,
	"name_key" text collate "C" GENERATED ALWAYS AS (repdesk.normalise(coalesce(nullif(btrim(coalesce("first_name", '') || ' ' || coalesce("last_name", '')), ''), "email"))) STORED NOT NULL,
	"first_name" text,
	"last_name" text,
	"email" text,
	"email_key" text collate "C" GENERATED ALWAYS AS (lower("email")) STORED,
	"phone" text,
	"title" text,
	"account_id" text collate "C",
	"description" text,
	"tags" text[] DEFAULT '{}' NOT NULL,
	"external_id" text collate "C",
	"owner_id" text collate "C" DEFAULT nullif(current_setting('repdesk.member_id', true), '') NOT NULL,
	"do_not_contact" boolean DEFAULT false NOT NULL,
	"search_key" text collate "C" GENERATED ALWAYS AS (repdesk.normalise(coalesce("first_name" || ' ', '') || coalesce("last_name" || ' ', '') || coalesce("email" || ' ', '') || coalesce("phone" || ' ' || regexp_replace("phone", '\D', '', 'g'), ''))) STORED NOT NULL,
	"version" integer DEFAULT 1 NOT NULL,
	"created_at" timestamp (3) with time zone DEFAULT now() NOT NULL,
	"updated_at" timestamp (3) with time zone DEFAULT now() NOT NULL,
	"created_by_member_id" text collate "C" DEFAULT nullif(current_setting('repdesk.member_id', true), '') NOT NULL,
	"created_by_token_id" text collate "C" DEFAULT nullif(current_setting('repdesk.token_id', true), ''),
	"updated_by_member_id" text collate "C" DEFAULT nullif(current_setting('repdesk.member_id', true), '') NOT NULL,
	"updated_by_token_id" text collate "C" DEFAULT nullif(current_setting('repdesk.token_id', true), ''),
	CONSTRAINT "contacts_key" PRIMARY KEY("company_id","id"),
	CONSTRAINT "contacts_email" UNIQUE("company_id","email_key"),
	CONSTRAINT "contacts_external_id" UNIQUE("company_id","external_id"),
	CONSTRAINT "contacts_id_form" CHECK ("id" ~ '^con_[0-7][0-9a-hjkmnp-tv-z]{25}$'),
	CONSTRAINT "contacts_name_some" CHECK (num_nonnulls("first_name", "last_name", "email") > 0),
	CONSTRAINT "contacts_first_name_length" CHECK (char_length("first_name") between 1 and 100),
	CONSTRAINT "contacts_last_name_length" CHECK (char_length("last_name") between 1 and 100),
	CONSTRAINT "contacts_email_length" CHECK (char_length("email") between 1 and 254),
	CONSTRAINT "contacts_phone_length" CHECK (char_length("phone") between 1 and 50),
	CONSTRAINT "contacts_title_length" CHECK (char_length("title") between 1 and 150),
	CONSTRAINT "contacts_description_length" CHECK (char_length("description") between 1 and 10000),
	CONSTRAINT "contacts_tags_form" CHECK (repdesk.are_tags("tags")),
	CONSTRAINT "contacts_external_id_length" CHECK (char_length("external_id") between 1 and 128)
);
--> statement-breakpoint
CREATE TABLE "repdesk"."idempotency_keys" (
	"company_id" text collate "C" DEFAULT nullif(current_setting('repdesk.company_id', true), ''),
	"user_id" uuid DEFAULT nullif(current_setting('repdesk.user_id', true), '')::uuid NOT NULL,
	"operation" text collate "C" NOT NULL,
	"key" text collate "C" NOT NULL,
	"fingerprint" text collate "C" NOT NULL,
	"status" integer,
	"headers" jsonb,
	"body" text,
	"created_at" timestamp (3) with time zone DEFAULT now() NOT NULL,
	"expires_at" timestamp (3) with time zone DEFAULT now() + interval '7 days' NOT NULL,
	CONSTRAINT "idempotency_keys_key" UNIQUE NULLS NOT DISTINCT("company_id","user_id","operation","key"),
	CONSTRAINT "idempotency_keys_key_length" CHECK (char_length("key") between 1 and 255),
	CONSTRAINT "idempotency_keys_fingerprint_form" CHECK ("fingerprint" ~ '^[0-9a-f]{64}$')
);
--> statement-breakpoint
CREATE TABLE "repdesk"."members" (
	"id" text collate "C" NOT NULL,
	"company_id" text collate "C" DEFAULT nullif(current_setting('repdesk.company_id', true), '') NOT NULL,
	"user_id" uuid NOT NULL,
	"name" text NOT NULL,
	"email" text NOT NULL,
	"role" text NOT NULL,
	"flags" text[] DEFAULT '{}' NOT NULL,
	"status" text DEFAULT 'active' NOT NULL,
	"version" integer DEFAULT 1 NOT NULL,
	"created_at" timestamp (3) with time zone DEFAULT now() NOT NULL,
	"updated_at" timestamp (3) with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "members_key" PRIMARY KEY("company_id","id"),
	CONSTRAINT "members_user" UNIQUE("company_id","user_id"),
	CONSTRAINT "members_id_form" CHECK ("id" ~ '^mem_[0-7][0-9a-hjkmnp-tv-z]{25}$'),
	CONSTRAINT "members_name_length" CHECK (char_length("name") between 1 and 100),
	CONSTRAINT "members_email_length" CHECK (char_length("email") between 0 and 254),
	CONSTRAINT "members_role_known" CHECK ("role" in ('user', 'manager', 'admin')),
	CONSTRAINT "members_flags_known" CHECK ("flags" <@ array['crm_export']::text[]),
	CONSTRAINT "members_status_known" CHECK ("status" in ('active', 'deactivated', 'removed'))
);
--> statement-breakpoint
ALTER TABLE "repdesk"."accounts" ADD CONSTRAINT "accounts_owner" FOREIGN KEY ("company_id","owner_id") REFERENCES "repdesk"."members"("company_id","id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "repdesk"."accounts" ADD CONSTRAINT "accounts_created_by_member" FOREIGN KEY ("company_id","created_by_member_id") REFERENCES "repdesk"."members"("company_id","id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "repdesk"."accounts" ADD CONSTRAINT "accounts_updated_by_member" FOREIGN KEY ("company_id","updated_by_member_id") REFERENCES "repdesk"."members"("company_id","id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "repdesk"."accounts" ADD CONSTRAINT "accounts_created_by_token" FOREIGN KEY ("company_id","created_by_token_id") REFERENCES "repdesk"."api_tokens"("company_id","id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "repdesk"."accounts" ADD CONSTRAINT "accounts_updated_by_token" FOREIGN KEY ("company_id","updated_by_token_id") REFERENCES "repdesk"."api_tokens"("company_id","id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "repdesk"."api_tokens" ADD CONSTRAINT "api_tokens_member" FOREIGN KEY ("company_id","member_id") REFERENCES "repdesk"."members"("company_id","id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "repdesk"."api_tokens" ADD CONSTRAINT "api_tokens_revoked_by" FOREIGN KEY ("company_id","revoked_by_member_id") REFERENCES "repdesk"."members"("company_id","id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "repdesk"."audit_events" ADD CONSTRAINT "audit_events_member" FOREIGN KEY ("company_id","member_id") REFERENCES "repdesk"."members"("company_id","id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "repdesk"."audit_events" ADD CONSTRAINT "audit_events_token" FOREIGN KEY ("company_id","token_id") REFERENCES "repdesk"."api_tokens"("company_id","id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "repdesk"."contacts" ADD CONSTRAINT "contacts_account" FOREIGN KEY ("company_id","account_id") REFERENCES "repdesk"."accounts"("company_id","id") ON DELETE SET NULL ("account_id") ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "repdesk"."contacts" ADD CONSTRAINT "contacts_owner" FOREIGN KEY ("company_id","owner_id") REFERENCES "repdesk"."members"("company_id","id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "repdesk"."contacts" ADD CONSTRAINT "contacts_created_by_member" FOREIGN KEY ("company_id","created_by_member_id") REFERENCES "repdesk"."members"("company_id","id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "repdesk"."contacts" ADD CONSTRAINT "contacts_updated_by_member" FOREIGN KEY ("company_id","updated_by_member_id") REFERENCES "repdesk"."members"("company_id","id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "repdesk"."contacts" ADD CONSTRAINT "contacts_created_by_token" FOREIGN KEY ("company_id","created_by_token_id") REFERENCES "repdesk"."api_tokens"("company_id","id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "repdesk"."contacts" ADD CONSTRAINT "contacts_updated_by_token" FOREIGN KEY ("company_id","updated_by_token_id") REFERENCES "repdesk"."api_tokens"("company_id","id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "repdesk"."members" ADD CONSTRAINT "members_company_id_companies_id_fk" FOREIGN KEY ("company_id") REFERENCES "repdesk"."companies"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "accounts_by_created_at" ON "repdesk"."accounts" USING btree ("company_id","created_at","id");--> statement-breakpoint
CREATE INDEX "accounts_by_updated_at" ON "repdesk"."accounts" USING btree ("company_id","updated_at","id");--> statement-breakpoint
CREATE INDEX "accounts_by_name" ON "repdesk"."accounts" USING btree ("company_id","name_key","id");--> statement-breakpoint
CREATE INDEX "accounts_by_owner" ON "repdesk"."accounts" USING btree ("company_id","owner_id","created_at","id");--> statement-breakpoint
CREATE INDEX "api_tokens_by_member" ON "repdesk"."api_tokens" USING btree ("company_id","member_id","created_at","id");--> statement-breakpoint
CREATE INDEX "audit_events_by_subject" ON "repdesk"."audit_events" USING btree ("company_id","subject_id","created_at");--> statement-breakpoint
CREATE INDEX "companies_by_maker" ON "repdesk"."companies" USING btree ("created_by_user_id");--> statement-breakpoint
CREATE INDEX "contacts_by_created_at" ON "repdesk"."contacts" USING btree ("company_id","created_at","id");--> statement-breakpoint
CREATE INDEX "contacts_by_updated_at" ON "repdesk"."contacts" USING btree ("company_id","updated_at","id");--> statement-breakpoint
CREATE INDEX "contacts_by_name" ON "repdesk"."contacts" USING btree ("company_id","name_key","id");--> statement-breakpoint
CREATE INDEX "contacts_by_account" ON "repdesk"."contacts" USING btree ("company_id","account_id","created_at","id");--> statement-breakpoint
CREATE INDEX "contacts_by_owner" ON "repdesk"."contacts" USING btree ("company_id","owner_id","created_at","id");--> statement-breakpoint
CREATE INDEX "idempotency_keys_by_expiry" ON "repdesk"."idempotency_keys" USING btree ("company_id","expires_at");--> statement-breakpoint
CREATE INDEX "members_by_user" ON "repdesk"."members" USING btree ("user_id");