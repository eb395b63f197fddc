-- The key of an e-mail address names its domain by the A-label, which SQL cannot make: the app writes the key from now on.
-- `npm run db:migrate` then renews the keys of addresses that are not all ASCII.
ALTER TABLE "repdesk"."contacts" ALTER COLUMN "email_key" DROP EXPRESSION;
--> statement-breakpoint
-- The key of an address in ASCII is what it has been, whoever writes. Any other is the writer's to give; where it is missing, as
-- from a process of an older version, the address in lower case stands in for it until the next `db:migrate`.
create function repdesk.set_email_key() returns trigger
  language plpgsql set search_path = ''
as $$
begin
  if new.email is null or new.email ~ '^[ -~]*$' then new.email_key := lower(new.email);
  else new.email_key := coalesce(new.email_key, lower(new.email));
  end if;
  return new;
end
$$;
--> statement-breakpoint
revoke all on function repdesk.set_email_key() from public;
--> statement-breakpoint
create trigger contacts_email_key before insert or update of email, email_key on repdesk.contacts
  for each row execute function repdesk.set_email_key();
--> statement-breakpoint
-- As in 0006, and it knows each spelling that contacts have of the address: `x@münchen.example` is `x@xn--mnchen-3ya.example`.
create or replace function repdesk.erase_person(address text) returns table (table_name text, erased bigint)
  language plpgsql volatile set search_path = ''
as $$
declare
  wanted text[] := array[lower(btrim(address))];
  -- As values of their own: another person's address may end in one of these.
  quoted text[];
  users uuid[];
  subjects text[];
  moved bigint;
begin
  if wanted[1] is null or wanted[1] not like '%_@_%' then
    raise exception 'erase_person needs an e-mail address.';
  end if;
  wanted := wanted || array(
    select distinct spelling
      from repdesk.contacts c cross join lateral unnest(array[lower(c.email), c.email_key]) as spelling
     where c.email_key = wanted[1] or lower(c.email) = wanted[1]
        or c.email_key in (select o.email_key from repdesk.contacts o where lower(o.email) = wanted[1]));
  quoted := array(select to_jsonb(spelling)::text from unnest(wanted) as spelling);
  users := array(
    select u.id from auth.users u where lower(u.email) = any (wanted)
    union select m.user_id from repdesk.members m where lower(m.email) = any (wanted)
      and not exists (select from auth.users u where u.id = m.user_id and u.deleted_at is null));
  subjects := array(
    select c.id from repdesk.companies t join repdesk.contacts c on c.company_id = t.id and c.email_key = any (wanted)
    union select m.id from repdesk.members m where m.user_id = any (users));

  delete from repdesk.contacts c using repdesk.companies t where c.company_id = t.id and c.email_key = any (wanted);
  get diagnostics erased = row_count;
  table_name := 'contacts';
  return next;

  -- Also where a record that stays had the address once.
  update repdesk.audit_events e set changes = repdesk.blank(e.changes)
   where (e.subject_id = any (subjects)
       or (e.action = 'token.refused' and e.member_id = any (subjects))
       or lower(e.changes #>> '{email,old}') = any (wanted) or lower(e.changes #>> '{email,new}') = any (wanted))
     and e.changes <> repdesk.blank(e.changes);
  get diagnostics erased = row_count;
  table_name := 'audit_events';
  return next;

  update repdesk.idempotency_keys k set headers = null, body = null
   where k.body is not null
     and (k.user_id = any (users) or k.subject_id = any (subjects)
       or exists (select from unnest(quoted) as spelling where position(spelling in lower(k.body)) > 0));
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
    from auth.users u where u.id = m.user_id and lower(m.email) = any (wanted) and m.user_id <> all (users);
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
