-- Tokens that were found where others can read them: reported ones are revoked, and ones that a request contained are marked.
ALTER TABLE "repdesk"."api_tokens" ADD COLUMN "exposed_at" timestamp (3) with time zone;
--> statement-breakpoint
grant select (exposed_at) on repdesk.api_tokens to repdesk_app;
--> statement-breakpoint
-- The token with this hash (SHA-256 of all of it) if it isn't revoked and hasn't expired. For the two functions below alone.
create function repdesk.live_token(presented bytea) returns table (company_id text, token_id text, member_id text)
  language sql stable set search_path = ''
as $$
  select t.company_id, t.id, t.member_id
    from repdesk.api_tokens t
   where t.hash = presented and t.revoked_at is null and (t.expires_at is null or t.expires_at > clock_timestamp())
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
