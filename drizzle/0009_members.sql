ALTER TABLE "repdesk"."api_tokens" DROP CONSTRAINT "api_tokens_scopes_known";--> statement-breakpoint
ALTER TABLE "repdesk"."members" ADD COLUMN "name_key" text collate "C" GENERATED ALWAYS AS (repdesk.normalise("name")) STORED NOT NULL;--> statement-breakpoint
CREATE INDEX "members_by_created_at" ON "repdesk"."members" USING btree ("company_id","created_at","id");--> statement-breakpoint
CREATE INDEX "members_by_name" ON "repdesk"."members" USING btree ("company_id","name_key","id");--> statement-breakpoint
ALTER TABLE "repdesk"."api_tokens" ADD CONSTRAINT "api_tokens_scopes_known" CHECK ("scopes" <@ array['accounts:read', 'accounts:write', 'contacts:read', 'contacts:write', 'notes:read', 'notes:write', 'members:read']::text[]);