-- What a deleted record leaves behind, what maintenance deletes, and the login behind a token. The statements on tables are
-- generated from lib/db/tables.
-- Locks: idempotency_keys is held while its indexes are built (about a second at 500,000 rows), then contacts and accounts for an
-- instant. In this order, since no request takes one of them while it waits for one named before.
CREATE TABLE "repdesk"."blanking_queue" (
	"company_id" text collate "C" DEFAULT nullif(current_setting('repdesk.company_id', true), '') NOT NULL,
	"subject_id" text collate "C" NOT NULL,
	"reached" timestamp (3) with time zone NOT NULL,
	CONSTRAINT "blanking_queue_key" PRIMARY KEY("company_id","subject_id")
);
--> statement-breakpoint
DROP INDEX "repdesk"."idempotency_keys_by_expiry";--> statement-breakpoint
ALTER TABLE "repdesk"."idempotency_keys" ADD COLUMN "subject_id" text collate "C";--> statement-breakpoint
CREATE INDEX "idempotency_keys_by_subject" ON "repdesk"."idempotency_keys" USING btree ("company_id","subject_id") WHERE "subject_id" is not null;--> statement-breakpoint
CREATE INDEX "idempotency_keys_by_expiry" ON "repdesk"."idempotency_keys" USING btree ("expires_at");
--> statement-breakpoint
alter table repdesk.blanking_queue enable row level security;
--> statement-breakpoint
alter table repdesk.blanking_queue force row level security;
--> statement-breakpoint
-- Nothing is granted on this table: the functions below run as their owner.
create policy tenant on repdesk.blanking_queue to repdesk_app
  using (company_id = (select nullif(current_setting('repdesk.company_id', true), '')))
  with check (company_id = (select nullif(current_setting('repdesk.company_id', true), '')));
--> statement-breakpoint
-- Expired answers are deleted by maintenance, in steps. `now()`, since a volatile clock cannot be an index condition.
-- Returns how many were deleted; fewer than `most` means that none are left.
create function repdesk.delete_expired_idempotency_keys(most integer) returns integer
  language plpgsql volatile security definer set search_path = ''
as $$
declare
  deleted integer;
begin
  delete from repdesk.idempotency_keys where ctid = any (array(
    select k.ctid from repdesk.idempotency_keys k where k.expires_at <= now()
     order by k.expires_at limit most for update skip locked));
  get diagnostics deleted = row_count;
  return deleted;
end
$$;
--> statement-breakpoint
-- Processes of the version before this one call it inside a request. A later migration drops it.
create or replace function repdesk.purge_idempotency_keys(most integer) returns void
  language sql volatile security definer set search_path = ''
as $$
  select repdesk.delete_expired_idempotency_keys(most)
$$;
--> statement-breakpoint
-- The fields that changed, without their values.
create function repdesk.blank(changes jsonb) returns jsonb
  language sql immutable strict parallel safe
  return coalesce((select jsonb_object_agg(field, null) from jsonb_object_keys(changes) as field), '{}');
--> statement-breakpoint
create function repdesk.is_deleted(company text, record text) returns boolean
  language sql stable set search_path = ''
as $$
  select not exists (select from repdesk.contacts c where c.company_id = company and c.id = record)
     and not exists (select from repdesk.accounts a where a.company_id = company and a.id = record)
$$;
--> statement-breakpoint
-- Blanks a record's audit events from `since` on, oldest first, about `most` of them. `rest` is where the others begin, or null.
create function repdesk.blank_audit(company text, record text, since timestamptz, most integer,
    out blanked integer, out rest timestamptz)
  language plpgsql volatile set search_path = ''
as $$
begin
  -- Events of the same instant stay together, so that each step gets further.
  select min(e.created_at) into rest from repdesk.audit_events e
   where e.company_id = company and e.subject_id = record and e.created_at > (
     select l.created_at from repdesk.audit_events l
      where l.company_id = company and l.subject_id = record and l.created_at >= since
      order by l.created_at offset most - 1 limit 1);
  update repdesk.audit_events e set changes = repdesk.blank(e.changes)
   where e.company_id = company and e.subject_id = record and e.created_at >= since
     and (rest is null or e.created_at < rest) and e.changes <> repdesk.blank(e.changes);
  get diagnostics blanked = row_count;
end
$$;
--> statement-breakpoint
-- Runs when a transaction that deleted an account or contact commits: clears the values in the record's audit events, and the
-- answers kept for the request that created it. It knows nothing but the row that was deleted, and nobody can call it, so it
-- reaches nothing else. Deferred: what the transaction wrote after the deletion counts too.
create function repdesk.blank_deleted_record() returns trigger
  language plpgsql volatile security definer set search_path = ''
as $$
declare
  at_once constant integer := 20000;
  rest timestamptz;
begin
  if not repdesk.is_deleted(old.company_id, old.id) then
    return null;
  end if;
  update repdesk.idempotency_keys k set headers = null, body = null
   where k.company_id = old.company_id and k.subject_id = old.id;
  select b.rest into rest from repdesk.blank_audit(old.company_id, old.id, '-infinity', at_once) b;
  if rest is not null then
    insert into repdesk.blanking_queue (company_id, subject_id, reached) values (old.company_id, old.id, rest)
      on conflict do nothing;
  end if;
  return null;
end
$$;
--> statement-breakpoint
-- Maintenance: blanks what deletions left in the queue, about `most` events. Fewer than that means that the queue is empty.
create function repdesk.blank_queued_records(most integer) returns integer
  language plpgsql volatile security definer set search_path = ''
as $$
declare
  queued repdesk.blanking_queue;
  blanked integer;
  rest timestamptz;
  done integer := 0;
begin
  for queued in select * from repdesk.blanking_queue q order by q.company_id, q.subject_id limit most for update skip locked loop
    exit when done >= most;
    blanked := 0;
    rest := null;
    if repdesk.is_deleted(queued.company_id, queued.subject_id) then
      select b.blanked, b.rest into blanked, rest
        from repdesk.blank_audit(queued.company_id, queued.subject_id, queued.reached, most - done) b;
    end if;
    if rest is null then
      delete from repdesk.blanking_queue q where q.company_id = queued.company_id and q.subject_id = queued.subject_id;
    else
      update repdesk.blanking_queue q set reached = rest
       where q.company_id = queued.company_id and q.subject_id = queued.subject_id;
    end if;
    done := done + greatest(blanked, 1);
  end loop;
  return done;
end
$$;
--> statement-breakpoint
-- Records deleted before this migration: maintenance blanks them.
insert into repdesk.blanking_queue (company_id, subject_id, reached)
  select distinct e.company_id, e.subject_id, '-infinity'::timestamptz from repdesk.audit_events e
   where e.action in ('account.deleted', 'contact.deleted') and repdesk.is_deleted(e.company_id, e.subject_id);
--> statement-breakpoint
-- As in 0003, and the member's login must exist and not be banned. One more index lookup in the same statement.
create or replace function repdesk.prove_token(presented bytea, named text, request text)
  returns table (company_id text, answer jsonb)
  language plpgsql volatile security definer set search_path = ''
as $$
declare
  token repdesk.api_tokens;
  member repdesk.members;
  company repdesk.companies;
  login text;
  refused text;
begin
  select t.* into token from repdesk.api_tokens t where t.hash = presented;
  select m.* into member from repdesk.members m where m.company_id = token.company_id and m.id = token.member_id;
  select c.* into company from repdesk.companies c where c.id = token.company_id;
  select case when u.deleted_at is not null then 'deleted' when u.banned_until > clock_timestamp() then 'banned' else 'active' end
    into login from auth.users u where u.id = member.user_id;
  login := coalesce(login, 'deleted');
  refused := case
    when token.id is null then 'token_invalid'
    when token.revoked_at is not null then 'token_revoked'
    when token.expires_at <= clock_timestamp() then 'token_expired'
    when member.status is distinct from 'active' or login <> 'active' then 'member_inactive'
    when named <> company.id and named <> company.slug then 'company_mismatch'
    when company.suspended_at is not null then 'company_suspended'
  end;
  if refused is null then
    perform repdesk.enter(company.id, member.id, token.id, member.user_id, request);
  end if;
  return query select
    case when refused is null then company.id end,
    jsonb_build_object(
      'refused', refused,
      'at', case refused when 'token_revoked' then token.revoked_at when 'token_expired' then token.expires_at end,
      'login', case when refused = 'member_inactive' and member.status = 'active' then login end,
      'user_id', member.user_id,
      'email', member.email,
      'user_name', member.name,
      'company', jsonb_build_object('id', company.id, 'slug', company.slug, 'name', company.name),
      'member', jsonb_build_object('id', member.id, 'name', member.name, 'email', member.email, 'role', member.role,
        'flags', member.flags, 'version', member.version),
      'token', jsonb_build_object('id', token.id, 'name', token.name, 'prefix', token.prefix, 'scopes', token.scopes,
        'expires_at', token.expires_at, 'last_used_at', token.last_used_at));
end
$$;
--> statement-breakpoint
-- For the owner alone: erases a person by e-mail address, in every company. Returns how many rows of each table it changed or
-- deleted; run again, it finds nothing. It reads the audit and the kept answers as a whole, so it takes seconds on a large
-- database. docs/OPERATIONS.md says what it does not reach.
create function repdesk.erase_person(address text) returns table (table_name text, erased bigint)
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

  -- A table that keeps something about a user or an address is erased here, in the same way.
end
$$;
--> statement-breakpoint
revoke all on function repdesk.delete_expired_idempotency_keys(integer), repdesk.blank(jsonb), repdesk.is_deleted(text, text),
  repdesk.blank_audit(text, text, timestamptz, integer), repdesk.blank_deleted_record(), repdesk.blank_queued_records(integer),
  repdesk.erase_person(text) from public;
--> statement-breakpoint
grant execute on function repdesk.delete_expired_idempotency_keys(integer), repdesk.blank_queued_records(integer) to repdesk_app;
--> statement-breakpoint
create constraint trigger blank_deleted_record after delete on repdesk.contacts
  deferrable initially deferred for each row execute function repdesk.blank_deleted_record();
--> statement-breakpoint
create constraint trigger blank_deleted_record after delete on repdesk.accounts
  deferrable initially deferred for each row execute function repdesk.blank_deleted_record();
