-- Who may touch what. `repdesk_app` is the app's login: it owns nothing and has no BYPASSRLS.
-- Each policy compares with the transaction's company; where none is set, no row passes.
-- The setting stands in a subquery so that it is read once a statement, not once a row.
grant usage on schema repdesk to repdesk_app;
--> statement-breakpoint
alter table repdesk.companies enable row level security;
--> statement-breakpoint
alter table repdesk.companies force row level security;
--> statement-breakpoint
create policy tenant on repdesk.companies to repdesk_app
  using (id = (select nullif(current_setting('repdesk.company_id', true), '')))
  with check (id = (select nullif(current_setting('repdesk.company_id', true), '')));
--> statement-breakpoint
grant select, insert on repdesk.companies to repdesk_app;
--> statement-breakpoint
alter table repdesk.members enable row level security;
--> statement-breakpoint
alter table repdesk.members force row level security;
--> statement-breakpoint
create policy tenant on repdesk.members to repdesk_app
  using (company_id = (select nullif(current_setting('repdesk.company_id', true), '')))
  with check (company_id = (select nullif(current_setting('repdesk.company_id', true), '')));
--> statement-breakpoint
-- Members are never deleted.
grant select, insert, update (name, version, updated_at) on repdesk.members to repdesk_app;
--> statement-breakpoint
alter table repdesk.api_tokens enable row level security;
--> statement-breakpoint
alter table repdesk.api_tokens force row level security;
--> statement-breakpoint
create policy tenant on repdesk.api_tokens to repdesk_app
  using (company_id = (select nullif(current_setting('repdesk.company_id', true), '')))
  with check (company_id = (select nullif(current_setting('repdesk.company_id', true), '')));
--> statement-breakpoint
-- Every column but `hash` can be read: only the prover looks at hashes. What a token is and may do cannot be changed.
grant select (id, company_id, member_id, name, name_key, prefix, scopes, expires_at, last_used_at, last_used_from,
  last_used_by, revoked_at, revoked_by_member_id, revoked_reason, version, created_at, updated_at),
  insert,
  update (name, revoked_at, revoked_by_member_id, revoked_reason, version, updated_at)
  on repdesk.api_tokens to repdesk_app;
--> statement-breakpoint
alter table repdesk.audit_events enable row level security;
--> statement-breakpoint
alter table repdesk.audit_events force row level security;
--> statement-breakpoint
create policy tenant on repdesk.audit_events to repdesk_app
  using (company_id = (select nullif(current_setting('repdesk.company_id', true), '')))
  with check (company_id = (select nullif(current_setting('repdesk.company_id', true), '')));
--> statement-breakpoint
grant select, insert on repdesk.audit_events to repdesk_app;
--> statement-breakpoint
alter table repdesk.accounts enable row level security;
--> statement-breakpoint
alter table repdesk.accounts force row level security;
--> statement-breakpoint
create policy tenant on repdesk.accounts to repdesk_app
  using (company_id = (select nullif(current_setting('repdesk.company_id', true), '')))
  with check (company_id = (select nullif(current_setting('repdesk.company_id', true), '')));
--> statement-breakpoint
grant select, insert, update, delete on repdesk.accounts to repdesk_app;
--> statement-breakpoint
alter table repdesk.contacts enable row level security;
--> statement-breakpoint
alter table repdesk.contacts force row level security;
--> statement-breakpoint
create policy tenant on repdesk.contacts to repdesk_app
  using (company_id = (select nullif(current_setting('repdesk.company_id', true), '')))
  with check (company_id = (select nullif(current_setting('repdesk.company_id', true), '')));
--> statement-breakpoint
grant select, insert, update, delete on repdesk.contacts to repdesk_app;
--> statement-breakpoint
alter table repdesk.idempotency_keys enable row level security;
--> statement-breakpoint
alter table repdesk.idempotency_keys force row level security;
--> statement-breakpoint
-- A key of a company's request, and of this very user; or, where the request had no company, of the user alone.
create policy tenant on repdesk.idempotency_keys to repdesk_app
  using (user_id = (select nullif(current_setting('repdesk.user_id', true), '')::uuid)
    and (company_id is null or company_id = (select nullif(current_setting('repdesk.company_id', true), ''))))
  with check (user_id = (select nullif(current_setting('repdesk.user_id', true), '')::uuid)
    and (company_id is null or company_id = (select nullif(current_setting('repdesk.company_id', true), ''))));
--> statement-breakpoint
grant select, insert, update, delete on repdesk.idempotency_keys to repdesk_app;
