CREATE TABLE "repdesk"."token_secrets" (
	"company_id" text collate "C" DEFAULT nullif(current_setting('repdesk.company_id', true), '') NOT NULL,
	"token_id" text collate "C" NOT NULL,
	"number" integer NOT NULL,
	"hash" "bytea" NOT NULL,
	"overlap_hours" integer DEFAULT 0 NOT NULL,
	"is_own" boolean DEFAULT false NOT NULL,
	"lapses_at" timestamp (3) with time zone,
	"first_used_at" timestamp (3) with time zone,
	"last_used_at" timestamp (3) with time zone,
	"last_used_from" text,
	"ended_at" timestamp (3) with time zone,
	"ended_reason" text,
	"refused_at" timestamp (3) with time zone,
	"refused_from" text,
	"created_at" timestamp (3) with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "token_secrets_key" PRIMARY KEY("company_id","token_id","number"),
	CONSTRAINT "token_secrets_hash" UNIQUE("hash"),
	CONSTRAINT "token_secrets_hash_length" CHECK (octet_length("hash") = 32),
	CONSTRAINT "token_secrets_overlap" CHECK ("overlap_hours" between 0 and 168),
	CONSTRAINT "token_secrets_ended" CHECK (("ended_at" is null) = ("ended_reason" is null)),
	CONSTRAINT "token_secrets_reason_known" CHECK ("ended_reason" in ('replaced', 'canceled', 'exposed')),
	CONSTRAINT "token_secrets_last_used_from_length" CHECK (char_length("last_used_from") between 1 and 50),
	CONSTRAINT "token_secrets_refused_from_length" CHECK (char_length("refused_from") between 1 and 50)
);
--> statement-breakpoint
ALTER TABLE "repdesk"."api_tokens" DROP CONSTRAINT "api_tokens_scopes_known";--> statement-breakpoint
ALTER TABLE "repdesk"."api_tokens" ADD COLUMN "lifetime" integer;--> statement-breakpoint
ALTER TABLE "repdesk"."api_tokens" ADD COLUMN "attended_at" timestamp (3) with time zone DEFAULT now() NOT NULL;--> statement-breakpoint
ALTER TABLE "repdesk"."api_tokens" ADD COLUMN "allowed_addresses" text[] DEFAULT '{}' NOT NULL;--> statement-breakpoint
ALTER TABLE "repdesk"."api_tokens" ADD COLUMN "suspended_at" timestamp (3) with time zone;--> statement-breakpoint
ALTER TABLE "repdesk"."api_tokens" ADD COLUMN "suspended_by_member_id" text collate "C";--> statement-breakpoint
ALTER TABLE "repdesk"."api_tokens" ADD COLUMN "suspended_reason" text;--> statement-breakpoint
ALTER TABLE "repdesk"."api_tokens" ADD COLUMN "exposed_at" timestamp (3) with time zone;--> statement-breakpoint
ALTER TABLE "repdesk"."token_secrets" ADD CONSTRAINT "token_secrets_token" FOREIGN KEY ("company_id","token_id") REFERENCES "repdesk"."api_tokens"("company_id","id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "repdesk"."api_tokens" ADD CONSTRAINT "api_tokens_suspended_by" FOREIGN KEY ("company_id","suspended_by_member_id") REFERENCES "repdesk"."members"("company_id","id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "repdesk"."api_tokens" ADD CONSTRAINT "api_tokens_suspended_reason_length" CHECK (char_length("suspended_reason") between 1 and 200);--> statement-breakpoint
ALTER TABLE "repdesk"."api_tokens" ADD CONSTRAINT "api_tokens_addresses_few" CHECK (cardinality("allowed_addresses") <= 20);--> statement-breakpoint
ALTER TABLE "repdesk"."api_tokens" ADD CONSTRAINT "api_tokens_scopes_known" CHECK ("scopes" <@ array['accounts:read', 'accounts:write', 'contacts:read', 'contacts:write', 'notes:read', 'notes:write', 'members:read', 'tokens:rotate']::text[]);--> statement-breakpoint
update repdesk.api_tokens t set attended_at = t.created_at, lifetime = extract(epoch from t.expires_at - t.created_at)::integer;
--> statement-breakpoint
insert into repdesk.token_secrets (company_id, token_id, number, hash, last_used_at, last_used_from, created_at)
  select t.company_id, t.id, 1, t.hash, t.last_used_at, t.last_used_from, t.created_at from repdesk.api_tokens t;
--> statement-breakpoint
-- Not in the app's code, so that a process of the previous version creates tokens that work.
create function repdesk.complete_token() returns trigger
  language plpgsql volatile set search_path = ''
as $$
begin
  new.lifetime := coalesce(new.lifetime, extract(epoch from new.expires_at - new.created_at)::integer);
  return new;
end
$$;
--> statement-breakpoint
create trigger complete_token before insert on repdesk.api_tokens for each row execute function repdesk.complete_token();
--> statement-breakpoint
create function repdesk.add_first_secret() returns trigger
  language plpgsql volatile security definer set search_path = ''
as $$
begin
  insert into repdesk.token_secrets (company_id, token_id, number, hash, created_at)
  values (new.company_id, new.id, 1, new.hash, new.created_at);
  return null;
end
$$;
--> statement-breakpoint
create trigger add_first_secret after insert on repdesk.api_tokens for each row execute function repdesk.add_first_secret();
--> statement-breakpoint
alter table repdesk.token_secrets enable row level security;
--> statement-breakpoint
alter table repdesk.token_secrets force row level security;
--> statement-breakpoint
create policy tenant on repdesk.token_secrets to repdesk_app
  using (company_id = (select nullif(current_setting('repdesk.company_id', true), '')))
  with check (company_id = (select nullif(current_setting('repdesk.company_id', true), '')));
--> statement-breakpoint
-- Only `prove_token` looks at hashes.
grant select (company_id, token_id, number, overlap_hours, is_own, lapses_at, first_used_at, last_used_at, last_used_from,
    ended_at, ended_reason, refused_at, refused_from, created_at),
  insert,
  update (lapses_at, ended_at, ended_reason)
  on repdesk.token_secrets to repdesk_app;
--> statement-breakpoint
grant select (lifetime, attended_at, allowed_addresses, suspended_at, suspended_by_member_id, suspended_reason),
  update (scopes, expires_at, lifetime, attended_at, allowed_addresses, suspended_at, suspended_by_member_id, suspended_reason)
  on repdesk.api_tokens to repdesk_app;
--> statement-breakpoint
-- As in 0005 and 0012, and a secret that was replaced, canceled, or not used in time doesn't authenticate, nor does a suspended token.
create or replace function repdesk.prove_token(presented bytea, named text, request text)
  returns table (company_id text, answer jsonb)
  language plpgsql volatile security definer rows 1 set search_path = '' set plan_cache_mode = auto
as $$
declare
  secret repdesk.token_secrets;
  token repdesk.api_tokens;
  member repdesk.members;
  company repdesk.companies;
  login text;
  refused text;
begin
  select s.* into secret from repdesk.token_secrets s where s.hash = presented;
  select t.* into token from repdesk.api_tokens t where t.company_id = secret.company_id and t.id = secret.token_id;
  select m.* into member from repdesk.members m where m.company_id = token.company_id and m.id = token.member_id;
  select c.* into company from repdesk.companies c where c.id = token.company_id;
  select case when u.deleted_at is not null then 'deleted' when u.banned_until > clock_timestamp() then 'banned' else 'active' end
    into login from auth.users u where u.id = member.user_id;
  login := coalesce(login, 'deleted');
  if secret.ended_at is null and secret.first_used_at is null and secret.lapses_at <= clock_timestamp() then
    secret.ended_at := secret.lapses_at;
    secret.ended_reason := 'lapsed';
  end if;
  refused := case
    when token.id is null then 'token_invalid'
    when token.revoked_at is not null then 'token_revoked'
    when secret.ended_at <= clock_timestamp() then 'token_rotated'
    when token.expires_at <= clock_timestamp() then 'token_expired'
    when token.suspended_at is not null then 'token_suspended'
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
      'at', case refused when 'token_revoked' then token.revoked_at when 'token_expired' then token.expires_at
        when 'token_suspended' then token.suspended_at when 'token_rotated' then secret.ended_at end,
      'why', case refused when 'token_suspended' then token.suspended_reason when 'token_rotated' then secret.ended_reason
        when 'token_revoked' then token.revoked_reason end,
      'login', case when refused = 'member_inactive' and member.status = 'active' then login end,
      'user_id', member.user_id,
      'email', member.email,
      'user_name', member.name,
      'company', jsonb_build_object('id', company.id, 'slug', company.slug, 'name', company.name),
      'member', jsonb_build_object('id', member.id, 'name', member.name, 'email', member.email, 'role', member.role,
        'flags', member.flags, 'version', member.version),
      'token', jsonb_build_object('id', token.id, 'name', token.name, 'prefix', token.prefix, 'scopes', token.scopes,
        'expires_at', token.expires_at, 'allowed_addresses', token.allowed_addresses,
        'secret', secret.number, 'is_first_use', secret.number > 1 and secret.first_used_at is null,
        'last_used_at', secret.last_used_at));
end
$$;
--> statement-breakpoint
-- Notes uses of tokens: `[{id, company_id, at, from, by, secret, event, request_id}]`. At most one a minute and secret is written, except the first
-- use of a new one: it renews the token, and the other secrets end after the overlap. `event` is the id of that audit entry.
-- A process of the previous version names no secret.
create or replace function repdesk.note_token_uses(uses jsonb) returns void
  language plpgsql volatile security definer set search_path = ''
as $$
declare
  used record;
  token repdesk.api_tokens;
  secret repdesk.token_secrets;
  renewed timestamptz;
begin
  for used in
    -- PL/pgSQL has a keyword "by".
    select u.*, u."by" as client from jsonb_to_recordset(uses)
      as u(id text, company_id text, at timestamptz, "from" text, "by" text, secret integer, event text, request_id text)
     order by u.company_id, u.id, u.secret
  loop
    select t.* into token from repdesk.api_tokens t
     where t.company_id = used.company_id and t.id = used.id for no key update;
    continue when token.id is null;
    update repdesk.api_tokens t
       set last_used_at = used.at, last_used_from = left(used."from", 50), last_used_by = left(used.client, 200)
     where t.company_id = token.company_id and t.id = token.id
       and (t.last_used_at is null or t.last_used_at <= used.at - interval '1 minute');
    select s.* into secret from repdesk.token_secrets s
     where s.company_id = token.company_id and s.token_id = token.id and s.number = coalesce(used.secret, 1);
    update repdesk.token_secrets s
       set first_used_at = coalesce(s.first_used_at, used.at), last_used_at = used.at, last_used_from = left(used."from", 50)
     where s.company_id = token.company_id and s.token_id = token.id and s.number = secret.number
       and (s.first_used_at is null or s.last_used_at is null or s.last_used_at <= used.at - interval '1 minute');
    continue when secret.number = 1 or secret.first_used_at is not null or secret.ended_at is not null;

    update repdesk.token_secrets s
       set ended_at = used.at + make_interval(hours => secret.overlap_hours), ended_reason = 'replaced'
     where s.company_id = token.company_id and s.token_id = token.id and s.number < secret.number and s.ended_at is null;
    renewed := used.at + make_interval(secs => token.lifetime);
    if secret.is_own then
      renewed := greatest(token.expires_at, least(renewed, token.attended_at + interval '365 days'));
    end if;
    renewed := case when token.expires_at is not null then coalesce(renewed, token.expires_at) end;
    update repdesk.api_tokens t set expires_at = renewed, exposed_at = null, version = t.version + 1, updated_at = clock_timestamp()
     where t.company_id = token.company_id and t.id = token.id;
    insert into repdesk.audit_events (id, company_id, created_at, member_id, token_id, request_id, action, subject_id, changes)
    values (used.event, token.company_id, used.at, token.member_id, token.id, used.request_id, 'token.new_secret_used', token.id,
      jsonb_build_object('expires_at', jsonb_build_object(
        'old', to_char(token.expires_at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"'),
        'new', to_char(renewed at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"'))))
    on conflict do nothing;
  end loop;
end
$$;
--> statement-breakpoint
-- As in 0006, and it notes the use of a secret after its end.
create or replace function repdesk.note_refused_tokens(refusals jsonb) returns void
  language plpgsql volatile security definer set search_path = ''
as $$
declare
  refusal record;
begin
  for refusal in
    select r.*, t.member_id
      from jsonb_to_recordset(refusals)
        as r(id text, company_id text, token_id text, code text, at timestamptz, network text, request_id text, secret integer)
      join repdesk.api_tokens t on t.company_id = r.company_id and t.id = r.token_id
     order by r.token_id, r.at
  loop
    perform pg_advisory_xact_lock(hashtextextended('repdesk.note_refused_tokens:' || refusal.token_id, 0));
    update repdesk.token_secrets s set refused_at = refusal.at, refused_from = left(refusal.network, 50)
     where refusal.code = 'token_rotated'
       and s.company_id = refusal.company_id and s.token_id = refusal.token_id and s.number = refusal.secret
       and (s.refused_at is null or s.refused_at <= refusal.at - interval '1 minute');
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
revoke all on function repdesk.complete_token(), repdesk.add_first_secret() from public;
--> statement-breakpoint
-- Tokens that were found where others can read them: reported ones are revoked, and ones that a request contained are marked.
grant select (exposed_at), update (exposed_at) on repdesk.api_tokens to repdesk_app;
--> statement-breakpoint
-- The token that has this secret (SHA-256 of all of it), if neither has ended. For the two functions below alone.
create function repdesk.live_token(presented bytea) returns table (company_id text, token_id text, member_id text)
  language sql stable set search_path = ''
as $$
  select t.company_id, t.id, t.member_id
    from repdesk.token_secrets s
    join repdesk.api_tokens t on t.company_id = s.company_id and t.id = s.token_id
   where s.hash = presented and (s.ended_at is null or s.ended_at > clock_timestamp())
     and (s.first_used_at is not null or s.lapses_at is null or s.lapses_at > clock_timestamp())
     and t.revoked_at is null and (t.expires_at is null or t.expires_at > clock_timestamp())
$$;
--> statement-breakpoint
-- Revokes leaked tokens: `[{id, hash, at, request_id, source}]`, with the hash in hexadecimal and the ID of the audit entry. Anyone who
-- has a token may have it revoked, so the entry names its owner and the token itself, as for `DELETE /api/v1/auth/token`. In the order
-- of the tokens, so that two such writers never wait for each other.
create function repdesk.revoke_leaked_tokens(reports jsonb) returns void
  language plpgsql volatile security definer set search_path = ''
as $$
declare
  leak record;
begin
  for leak in
    select r.*, t.*
      from jsonb_to_recordset(reports) as r(id text, hash text, at timestamptz, request_id text, source text)
     cross join lateral repdesk.live_token(decode(r.hash, 'hex')) t
     order by t.company_id, t.token_id
  loop
    update repdesk.api_tokens t
       set revoked_at = clock_timestamp(), revoked_reason = 'leaked', version = t.version + 1, updated_at = clock_timestamp()
     where t.company_id = leak.company_id and t.id = leak.token_id and t.revoked_at is null;
    continue when not found;
    insert into repdesk.audit_events (id, company_id, created_at, member_id, token_id, request_id, action, subject_id, changes)
    values (leak.id, leak.company_id, leak.at, leak.member_id, leak.token_id, leak.request_id, 'token.revoked', leak.token_id,
            jsonb_build_object(
              'revoked', jsonb_build_object('old', false, 'new', true),
              'revoked_reason', jsonb_build_object('old', null, 'new', 'leaked'))
            || case when leak.source is null then '{}'
                    else jsonb_build_object('source', jsonb_build_object('old', null, 'new', left(leak.source, 200))) end);
  end loop;
end
$$;
--> statement-breakpoint
-- Marks tokens that a request contained in its URL or body: `[{id, hash, at, request_id}]`, as above. Once per token. The version stays:
-- its owner may be about to revoke the one that they see.
create function repdesk.note_exposed_tokens(exposures jsonb) returns void
  language plpgsql volatile security definer set search_path = ''
as $$
declare
  exposure record;
begin
  for exposure in
    select e.*, t.*
      from jsonb_to_recordset(exposures) as e(id text, hash text, at timestamptz, request_id text)
     cross join lateral repdesk.live_token(decode(e.hash, 'hex')) t
     order by t.company_id, t.token_id
  loop
    update repdesk.api_tokens t set exposed_at = exposure.at
     where t.company_id = exposure.company_id and t.id = exposure.token_id and t.exposed_at is null;
    continue when not found;
    insert into repdesk.audit_events (id, company_id, created_at, member_id, token_id, request_id, action, subject_id, changes)
    values (exposure.id, exposure.company_id, exposure.at, exposure.member_id, exposure.token_id, exposure.request_id,
            'token.exposed', exposure.token_id,
            jsonb_build_object('exposed_at', jsonb_build_object('old', null, 'new', exposure.at)));
  end loop;
end
$$;
--> statement-breakpoint
revoke all on function repdesk.live_token(bytea), repdesk.revoke_leaked_tokens(jsonb), repdesk.note_exposed_tokens(jsonb) from public;
--> statement-breakpoint
grant execute on function repdesk.revoke_leaked_tokens(jsonb), repdesk.note_exposed_tokens(jsonb) to repdesk_app;
