-- Sign-in activity of people, and refused tokens in the audit. The table is generated from lib/db/tables.
CREATE TABLE "repdesk"."sign_in_events" (
	"id" text collate "C" NOT NULL,
	"user_id" uuid NOT NULL,
	"kind" text NOT NULL,
	"created_at" timestamp (3) with time zone DEFAULT now() NOT NULL,
	"network" text,
	"device" text,
	"session_id" uuid,
	CONSTRAINT "sign_in_events_key" PRIMARY KEY("user_id","id"),
	CONSTRAINT "sign_in_events_id_form" CHECK ("id" ~ '^sgn_[0-7][0-9a-hjkmnp-tv-z]{25}$'),
	CONSTRAINT "sign_in_events_kind_known" CHECK ("kind" in ('signed_in', 'sign_in_failed', 'signed_out', 'others_signed_out', 'password_changed', 'password_change_failed', 'recovery_requested', 'password_reset')),
	CONSTRAINT "sign_in_events_network_length" CHECK (char_length("network") between 1 and 50),
	CONSTRAINT "sign_in_events_device_length" CHECK (char_length("device") between 1 and 100)
);
--> statement-breakpoint
CREATE INDEX "sign_in_events_by_time" ON "repdesk"."sign_in_events" USING btree ("user_id","created_at","id");--> statement-breakpoint
CREATE INDEX "sign_in_events_by_age" ON "repdesk"."sign_in_events" USING btree ("created_at");
--> statement-breakpoint
alter table repdesk.sign_in_events enable row level security;
--> statement-breakpoint
alter table repdesk.sign_in_events force row level security;
--> statement-breakpoint
-- A person reads their own events. The app writes only through the function below.
create policy person on repdesk.sign_in_events for select to repdesk_app
  using (user_id = (select nullif(current_setting('repdesk.user_id', true), '')::uuid));
--> statement-breakpoint
grant select on repdesk.sign_in_events to repdesk_app;
--> statement-breakpoint
-- Notes events of sign-in: `[{id, kind, user_id or email, session_id, at, network, device}]`. An address that nobody signs in
-- with leaves nothing. What strangers can cause is kept once an hour for a person and network, and 25 times a day for a person;
-- everything else 100 times a day.
create function repdesk.note_sign_ins(events jsonb) returns void
  language plpgsql volatile security definer set search_path = ''
as $$
declare
  failures constant text[] := array['sign_in_failed', 'password_change_failed', 'recovery_requested'];
  event record;
begin
  for event in
    select n.*, n.kind = any (failures) as is_failure,
           coalesce(n.user_id, (select u.id from auth.users u where u.email = lower(n.email) and not u.is_sso_user)) as person
      from jsonb_to_recordset(events)
        as n(id text, kind text, user_id uuid, email text, session_id uuid, at timestamptz, network text, device text)
     order by person, n.at
  loop
    continue when event.person is null;
    -- Writers of one person pass one at a time, so that the limits hold.
    perform pg_advisory_xact_lock(hashtextextended('repdesk.note_sign_ins:' || event.person, 0));
    insert into repdesk.sign_in_events (id, user_id, kind, created_at, network, device, session_id)
    select event.id, event.person, event.kind, event.at, left(event.network, 50), left(event.device, 100), event.session_id
     where not (event.is_failure and exists (
             select from repdesk.sign_in_events s
              where s.user_id = event.person
                and s.created_at > event.at - interval '1 hour' and s.created_at < event.at + interval '1 hour'
                and s.kind = event.kind and s.network is not distinct from left(event.network, 50)))
       and case when event.is_failure then 25 else 100 end > (
             select count(*) from repdesk.sign_in_events s
              where s.user_id = event.person and s.created_at > event.at - interval '1 day'
                and (s.kind = any (failures)) = event.is_failure)
        on conflict do nothing;
  end loop;
end
$$;
--> statement-breakpoint
-- Notes refused tokens in their company's audit: `[{id, company_id, token_id, code, at, network, request_id}]`. At most one row
-- an hour, token and code.
create function repdesk.note_refused_tokens(refusals jsonb) returns void
  language plpgsql volatile security definer set search_path = ''
as $$
declare
  refusal record;
begin
  for refusal in
    select r.*, t.member_id
      from jsonb_to_recordset(refusals)
        as r(id text, company_id text, token_id text, code text, at timestamptz, network text, request_id text)
      join repdesk.api_tokens t on t.company_id = r.company_id and t.id = r.token_id
     order by r.token_id, r.at
  loop
    perform pg_advisory_xact_lock(hashtextextended('repdesk.note_refused_tokens:' || refusal.token_id, 0));
    insert into repdesk.audit_events (id, company_id, created_at, member_id, token_id, request_id, action, subject_id, changes)
    select refusal.id, refusal.company_id, refusal.at, refusal.member_id, refusal.token_id, refusal.request_id,
           'token.refused', refusal.token_id,
           jsonb_build_object(
             'code', jsonb_build_object('old', null, 'new', refusal.code),
             'network', jsonb_build_object('old', null, 'new', refusal.network))
     where not exists (
             select from repdesk.audit_events e
              where e.company_id = refusal.company_id and e.subject_id = refusal.token_id
                and e.created_at > refusal.at - interval '1 hour' and e.created_at < refusal.at + interval '1 hour'
                and e.action = 'token.refused' and e.changes #>> '{code,new}' = refusal.code)
        on conflict do nothing;
  end loop;
end
$$;
--> statement-breakpoint
-- Maintenance deletes what is older than 90 days, in steps. Returns how many were deleted; fewer than `most` means that none are
-- left.
create function repdesk.delete_old_sign_in_events(most integer) returns integer
  language plpgsql volatile security definer set search_path = ''
as $$
declare
  deleted integer;
begin
  delete from repdesk.sign_in_events where ctid = any (array(
    select s.ctid from repdesk.sign_in_events s where s.created_at <= now() - interval '90 days'
     order by s.created_at limit most for update skip locked));
  get diagnostics deleted = row_count;
  return deleted;
end
$$;
--> statement-breakpoint
-- As in 0005, and it also deletes sign-in activity, and blanks where the person's refused tokens were used. For the owner alone.
create or replace function repdesk.erase_person(address text) returns table (table_name text, erased bigint)
  language plpgsql volatile set search_path = ''
as $$
declare
  wanted constant text := lower(btrim(address));
  -- As a value of its own: another person's address may end in this one.
  quoted constant text := to_jsonb(wanted)::text;
  users uuid[];
  subjects text[];
  moved bigint;
begin
  if wanted is null or wanted not like '%_@_%' then
    raise exception 'erase_person needs an e-mail address.';
  end if;
  users := array(
    select u.id from auth.users u where lower(u.email) = wanted
    union select m.user_id from repdesk.members m where lower(m.email) = wanted
      and not exists (select from auth.users u where u.id = m.user_id and u.deleted_at is null));
  subjects := array(
    select c.id from repdesk.companies t join repdesk.contacts c on c.company_id = t.id and c.email_key = wanted
    union select m.id from repdesk.members m where m.user_id = any (users));

  delete from repdesk.contacts c using repdesk.companies t where c.company_id = t.id and c.email_key = wanted;
  get diagnostics erased = row_count;
  table_name := 'contacts';
  return next;

  -- Also where a record that stays had the address once.
  update repdesk.audit_events e set changes = repdesk.blank(e.changes)
   where (e.subject_id = any (subjects)
       or (e.action = 'token.refused' and e.member_id = any (subjects))
       or lower(e.changes #>> '{email,old}') = wanted or lower(e.changes #>> '{email,new}') = wanted)
     and e.changes <> repdesk.blank(e.changes);
  get diagnostics erased = row_count;
  table_name := 'audit_events';
  return next;

  update repdesk.idempotency_keys k set headers = null, body = null
   where k.body is not null
     and (k.user_id = any (users) or k.subject_id = any (subjects) or position(quoted in lower(k.body)) > 0);
  get diagnostics erased = row_count;
  table_name := 'idempotency_keys';
  return next;

  update repdesk.api_tokens t
     set revoked_at = coalesce(t.revoked_at, now()), last_used_from = null, last_used_by = null,
         revoked_reason = case when t.revoked_at is null then 'The data of the token''s owner was erased.' else t.revoked_reason end,
         version = t.version + 1, updated_at = now()
   where t.member_id = any (subjects)
     and (t.revoked_at is null or num_nonnulls(t.last_used_from, t.last_used_by) > 0);
  get diagnostics erased = row_count;
  table_name := 'api_tokens';
  return next;

  update repdesk.members m
     set name = 'Erased member', email = '', status = 'removed', version = m.version + 1, updated_at = now()
   where m.user_id = any (users) and (m.name, m.email, m.status) is distinct from ('Erased member', '', 'removed');
  get diagnostics erased = row_count;
  -- A copied address that its member's login has since given up may be somebody else's now. That member stays.
  update repdesk.members m set email = left(coalesce(u.email, ''), 254), version = m.version + 1, updated_at = now()
    from auth.users u where u.id = m.user_id and lower(m.email) = wanted and m.user_id <> all (users);
  get diagnostics moved = row_count;
  erased := erased + moved;
  table_name := 'members';
  return next;

  delete from repdesk.sign_in_events s where s.user_id = any (users);
  get diagnostics erased = row_count;
  table_name := 'sign_in_events';
  return next;

  -- A table that keeps something about a user or an address is erased here, in the same way.
end
$$;
--> statement-breakpoint
revoke all on function repdesk.note_sign_ins(jsonb), repdesk.note_refused_tokens(jsonb),
  repdesk.delete_old_sign_in_events(integer) from public;
--> statement-breakpoint
grant execute on function repdesk.note_sign_ins(jsonb), repdesk.note_refused_tokens(jsonb),
  repdesk.delete_old_sign_in_events(integer) to repdesk_app;
