CREATE TABLE "repdesk"."notes" (
	"id" text collate "C" NOT NULL,
	"company_id" text collate "C" DEFAULT nullif(current_setting('repdesk.company_id', true), '') NOT NULL,
	"body" text NOT NULL,
	"kind" text DEFAULT 'note' NOT NULL,
	"occurred_at" timestamp (3) with time zone DEFAULT now() NOT NULL,
	"account_id" text collate "C",
	"contact_id" text collate "C",
	"version" integer DEFAULT 1 NOT NULL,
	"created_at" timestamp (3) with time zone DEFAULT now() NOT NULL,
	"updated_at" timestamp (3) with time zone DEFAULT now() NOT NULL,
	"created_by_member_id" text collate "C" DEFAULT nullif(current_setting('repdesk.member_id', true), '') NOT NULL,
	"created_by_token_id" text collate "C" DEFAULT nullif(current_setting('repdesk.token_id', true), ''),
	"updated_by_member_id" text collate "C" DEFAULT nullif(current_setting('repdesk.member_id', true), '') NOT NULL,
	"updated_by_token_id" text collate "C" DEFAULT nullif(current_setting('repdesk.token_id', true), ''),
	CONSTRAINT "notes_key" PRIMARY KEY("company_id","id"),
	CONSTRAINT "notes_id_form" CHECK ("id" ~ '^not_[0-7][0-9a-hjkmnp-tv-z]{25}$'),
	CONSTRAINT "notes_about_one" CHECK (num_nonnulls("account_id", "contact_id") = 1),
	CONSTRAINT "notes_body_length" CHECK (char_length("body") between 1 and 50000),
	CONSTRAINT "notes_kind_known" CHECK ("kind" in ('note', 'call', 'email', 'meeting'))
);
--> statement-breakpoint
ALTER TABLE "repdesk"."api_tokens" DROP CONSTRAINT "api_tokens_scopes_known";--> statement-breakpoint
ALTER TABLE "repdesk"."notes" ADD CONSTRAINT "notes_account" FOREIGN KEY ("company_id","account_id") REFERENCES "repdesk"."accounts"("company_id","id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "repdesk"."notes" ADD CONSTRAINT "notes_contact" FOREIGN KEY ("company_id","contact_id") REFERENCES "repdesk"."contacts"("company_id","id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "repdesk"."notes" ADD CONSTRAINT "notes_created_by_member" FOREIGN KEY ("company_id","created_by_member_id") REFERENCES "repdesk"."members"("company_id","id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "repdesk"."notes" ADD CONSTRAINT "notes_updated_by_member" FOREIGN KEY ("company_id","updated_by_member_id") REFERENCES "repdesk"."members"("company_id","id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "repdesk"."notes" ADD CONSTRAINT "notes_created_by_token" FOREIGN KEY ("company_id","created_by_token_id") REFERENCES "repdesk"."api_tokens"("company_id","id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "repdesk"."notes" ADD CONSTRAINT "notes_updated_by_token" FOREIGN KEY ("company_id","updated_by_token_id") REFERENCES "repdesk"."api_tokens"("company_id","id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "notes_by_created_at" ON "repdesk"."notes" USING btree ("company_id","created_at","id");--> statement-breakpoint
CREATE INDEX "notes_by_updated_at" ON "repdesk"."notes" USING btree ("company_id","updated_at","id");--> statement-breakpoint
CREATE INDEX "notes_by_occurred_at" ON "repdesk"."notes" USING btree ("company_id","occurred_at","id");--> statement-breakpoint
CREATE INDEX "notes_by_account" ON "repdesk"."notes" USING btree ("company_id","account_id","occurred_at","id");--> statement-breakpoint
CREATE INDEX "notes_by_contact" ON "repdesk"."notes" USING btree ("company_id","contact_id","occurred_at","id");--> statement-breakpoint
ALTER TABLE "repdesk"."api_tokens" ADD CONSTRAINT "api_tokens_scopes_known" CHECK ("scopes" <@ array['accounts:read', 'accounts:write', 'contacts:read', 'contacts:write', 'notes:read', 'notes:write']::text[]);
--> statement-breakpoint
alter table repdesk.notes enable row level security;
--> statement-breakpoint
alter table repdesk.notes force row level security;
--> statement-breakpoint
create policy tenant on repdesk.notes to repdesk_app
  using (company_id = (select nullif(current_setting('repdesk.company_id', true), '')))
  with check (company_id = (select nullif(current_setting('repdesk.company_id', true), '')));
--> statement-breakpoint
grant select, insert, update, delete on repdesk.notes to repdesk_app;
--> statement-breakpoint
create constraint trigger blank_deleted_record after delete on repdesk.notes
  deferrable initially deferred for each row execute function repdesk.blank_deleted_record();
--> statement-breakpoint
create or replace function repdesk.is_deleted(company text, record text) returns boolean
  language sql stable set search_path = ''
as $$
  select not exists (select from repdesk.accounts t where t.company_id = company and t.id = record)
     and not exists (select from repdesk.contacts t where t.company_id = company and t.id = record)
     and not exists (select from repdesk.notes t where t.company_id = company and t.id = record)
$$;
