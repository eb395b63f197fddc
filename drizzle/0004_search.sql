-- Search. Under row-level security no trigram index is used: LIKE is not leakproof, so the policy would be applied first, to
-- every row. So these two find the ids past the policies, and themselves look at nothing but the transaction's company;
-- the rows are then read under the policies.
create index accounts_search on repdesk.accounts using gin (company_id extensions.text_ops, search_key extensions.gin_trgm_ops);
--> statement-breakpoint
create index contacts_search on repdesk.contacts using gin (company_id extensions.text_ops, search_key extensions.gin_trgm_ops);
--> statement-breakpoint
-- The words of a search as LIKE patterns. Each must be found, in any order. At most 10 count.
create function repdesk.search_patterns(asked text) returns text[]
  language sql immutable strict parallel safe set search_path = ''
as $$
  select coalesce(array_agg('%' || regexp_replace(word, '([\\%_])', '\\\1', 'g') || '%'), '{}')
    from (select distinct word from regexp_split_to_table(repdesk.normalise(asked), '\s+') as word where word <> '' limit 10) words
$$;
--> statement-breakpoint
create function repdesk.search_accounts(asked text) returns setof text
  language plpgsql stable security definer set search_path = ''
as $$
declare
  company constant text := nullif(current_setting('repdesk.company_id', true), '');
  patterns constant text[] := repdesk.search_patterns(asked);
begin
  if company is null or cardinality(patterns) = 0 then return; end if;
  return query select a.id from repdesk.accounts a where a.company_id = company and a.search_key like all (patterns);
end
$$;
--> statement-breakpoint
-- A contact is found where each word stands in what is its own or in its account's name.
create function repdesk.search_contacts(asked text) returns setof text
  language plpgsql stable security definer set search_path = ''
as $$
declare
  company constant text := nullif(current_setting('repdesk.company_id', true), '');
  patterns constant text[] := repdesk.search_patterns(asked);
begin
  if company is null or cardinality(patterns) = 0 then return; end if;
  return query
    select found.id
      from (
        select p.pattern, c.id
          from unnest(patterns) as p(pattern)
          join repdesk.contacts c on c.company_id = company and c.search_key like p.pattern
        union
        select p.pattern, c.id
          from unnest(patterns) as p(pattern)
          join repdesk.accounts a on a.company_id = company and a.name_key like p.pattern and a.search_key like p.pattern
          join repdesk.contacts c on c.company_id = company and c.account_id = a.id
      ) found
     group by found.id
    having count(*) = cardinality(patterns);
end
$$;
--> statement-breakpoint
revoke all on function repdesk.search_patterns(text), repdesk.search_accounts(text), repdesk.search_contacts(text) from public;
--> statement-breakpoint
grant execute on function repdesk.search_accounts(text), repdesk.search_contacts(text) to repdesk_app;
