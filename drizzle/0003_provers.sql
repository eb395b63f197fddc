-- The few questions asked before a company is known. These functions step round row-level security: they run as their owner,
-- which has BYPASSRLS, with no search path, for `repdesk_app` alone, and each filters by what it was given.
--
-- A prover answers one row. Proven: the company's id (to join with in the same statement) and who calls; the transaction's
-- settings are then made, for this transaction only. Refused: no company, the reason under `refused`, and no setting.
create function repdesk.enter(company text, member text, token text, usr uuid, request text) returns void
  language plpgsql volatile set search_path = ''
as $$
begin
  perform set_config('repdesk.company_id', coalesce(company, ''), true);
  perform set_config('repdesk.member_id', coalesce(member, ''), true);
  perform set_config('repdesk.token_id', coalesce(token, ''), true);
  perform set_config('repdesk.user_id', coalesce(usr::text, ''), true);
  perform set_config('repdesk.request_id', coalesce(request, ''), true);
end
$$;
--> statement-breakpoint
-- `presented` is SHA-256 of the whole token, so that the truth about a token goes only to who holds all of it.
-- `named` is the company that the request names, by id or slug, or null.
create function repdesk.prove_token(presented bytea, named text, request text)
  returns table (company_id text, answer jsonb)
  language plpgsql volatile security definer set search_path = ''
as $$
declare
  token repdesk.api_tokens;
  member repdesk.members;
  company repdesk.companies;
  refused text;
begin
  select t.* into token from repdesk.api_tokens t where t.hash = presented;
  select m.* into member from repdesk.members m where m.company_id = token.company_id and m.id = token.member_id;
  select c.* into company from repdesk.companies c where c.id = token.company_id;
  refused := case
    when token.id is null then 'token_invalid'
    when token.revoked_at is not null then 'token_revoked'
    when token.expires_at <= clock_timestamp() then 'token_expired'
    when member.status is distinct from 'active' then 'member_inactive'
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
-- A session's JWT was verified by its signature; here its row must still stand: signing out removes it.
-- `need` is 'required', 'optional' (without a company where none is named and there is not exactly one) or 'none'.
-- A company that is not there and one that the user is no member of are refused alike.
create function repdesk.prove_session(claimed_user uuid, claimed_session uuid, named text, need text, request text)
  returns table (company_id text, answer jsonb)
  language plpgsql volatile security definer set search_path = ''
as $$
declare
  email text;
  about jsonb;
  member repdesk.members;
  company repdesk.companies;
  choice jsonb;
  refused text;
begin
  -- Supabase's TypeScript implementation keeps the user's data as text inside of jsonb.
  select u.email, case when u.raw_user_meta_data #>> '{}' is json object then (u.raw_user_meta_data #>> '{}')::jsonb end
    into email, about
    from auth.sessions s join auth.users u on u.id = s.user_id
   where s.id = claimed_session and s.user_id = claimed_user
     and (s.not_after is null or s.not_after > clock_timestamp())
     and u.deleted_at is null and (u.banned_until is null or u.banned_until <= clock_timestamp());
  if not found then
    return query select null::text, jsonb_build_object('refused', 'session_invalid');
    return;
  end if;

  if need <> 'none' and named is not null then
    select c.* into company from repdesk.companies c where c.id = named or c.slug = named;
    select m.* into member from repdesk.members m where m.company_id = company.id and m.user_id = claimed_user;
    refused := case
      when member.id is null or member.status = 'removed' then 'not_a_member'
      when member.status <> 'active' then 'member_inactive'
    end;
  elsif need <> 'none' then
    select jsonb_agg(jsonb_build_object('id', c.id, 'slug', c.slug, 'name', c.name) order by c.name, c.id) into choice
      from repdesk.members m join repdesk.companies c on c.id = m.company_id
     where m.user_id = claimed_user and m.status = 'active';
    if jsonb_array_length(choice) = 1 then
      select c.* into company from repdesk.companies c where c.id = choice -> 0 ->> 'id';
      select m.* into member from repdesk.members m where m.company_id = company.id and m.user_id = claimed_user;
    elsif need = 'required' then
      refused := case
        when choice is not null then 'company_required'
        when exists (select from repdesk.members m where m.user_id = claimed_user and m.status = 'deactivated')
          then 'member_inactive'
        else 'not_a_member'
      end;
    end if;
  end if;
  if refused is null and company.suspended_at is not null then
    refused := 'company_suspended';
  end if;

  if refused is null then
    perform repdesk.enter(company.id, member.id, null, claimed_user, request);
  end if;
  return query select
    case when refused is null then company.id end,
    jsonb_build_object(
      'refused', refused,
      'companies', case refused when 'company_required' then choice end,
      'user_id', claimed_user,
      'email', coalesce(email, ''),
      'user_name', coalesce(nullif(btrim(about ->> 'name'), ''), nullif(btrim(about ->> 'full_name'), ''), nullif(split_part(email, '@', 1), '')),
      'company', case when company.id is not null and refused is distinct from 'not_a_member' then
        jsonb_build_object('id', company.id, 'slug', company.slug, 'name', company.name) end,
      'member', case when member.id is not null and refused is null then
        jsonb_build_object('id', member.id, 'name', member.name, 'email', member.email, 'role', member.role,
          'flags', member.flags, 'version', member.version) end);
end
$$;
--> statement-breakpoint
-- The companies that a user is an active member of, suspended ones too: their page says so.
create function repdesk.my_companies(asked uuid)
  returns table (id text, slug text, name text, role text, suspended_at timestamptz, created_at timestamptz)
  language sql stable security definer set search_path = ''
as $$
  select c.id, c.slug, c.name, m.role, c.suspended_at, c.created_at
    from repdesk.members m join repdesk.companies c on c.id = m.company_id
   where m.user_id = asked and m.status = 'active'
   order by repdesk.normalise(c.name), c.id
$$;
--> statement-breakpoint
-- How many companies a user has made. Makers of one user pass one at a time, so that the limit holds.
create function repdesk.companies_made_by(asked uuid) returns integer
  language plpgsql volatile security definer set search_path = ''
as $$
begin
  perform pg_advisory_xact_lock(hashtextextended('repdesk.companies_made_by:' || asked, 0));
  return (select count(*) from repdesk.companies c where c.created_by_user_id = asked);
end
$$;
--> statement-breakpoint
-- Notes uses of tokens: `[{id, company_id, at, from, by}]`. At most one a minute and token is written, whoever else notes it.
create function repdesk.note_token_uses(uses jsonb) returns void
  language sql volatile security definer set search_path = ''
as $$
  update repdesk.api_tokens t
     set last_used_at = u.at, last_used_from = left(u."from", 50), last_used_by = left(u.by, 200)
    from jsonb_to_recordset(uses) as u(id text, company_id text, at timestamptz, "from" text, by text)
   where t.company_id = u.company_id and t.id = u.id
     and (t.last_used_at is null or t.last_used_at <= u.at - interval '1 minute')
$$;
--> statement-breakpoint
-- Deletes answers kept for repeated requests whose time is over, anybody's, up to so many: their owners may never come back.
create function repdesk.purge_idempotency_keys(most integer) returns void
  language sql volatile security definer set search_path = ''
as $$
  delete from repdesk.idempotency_keys where ctid = any (array(
    select k.ctid from repdesk.idempotency_keys k where k.expires_at <= clock_timestamp() limit most for update skip locked))
$$;
--> statement-breakpoint
revoke all on function repdesk.enter(text, text, text, uuid, text), repdesk.prove_token(bytea, text, text),
  repdesk.prove_session(uuid, uuid, text, text, text), repdesk.my_companies(uuid), repdesk.companies_made_by(uuid),
  repdesk.note_token_uses(jsonb), repdesk.purge_idempotency_keys(integer) from public;
--> statement-breakpoint
grant execute on function repdesk.prove_token(bytea, text, text), repdesk.prove_session(uuid, uuid, text, text, text),
  repdesk.my_companies(uuid), repdesk.companies_made_by(uuid), repdesk.note_token_uses(jsonb),
  repdesk.purge_idempotency_keys(integer) to repdesk_app;
