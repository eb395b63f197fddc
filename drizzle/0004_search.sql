-- Search. Under row-level security no trigram index is used: LIKE is not leakproof, so the policy would be applied first, to
-- every row. So these two find the ids past the policies, and themselves look at nothing but the transaction's company;
-- the rows are then read under the policies.
create index accounts_search on repdesk.accounts using gin (company_id extensions.text_ops, search_key extensions.gin_trgm_ops);
--> statement-breakpoint
create index contacts_search on repdesk.contacts using gin (company_id extensions.text_ops, search_key extensions.gin_trgm_ops);
--> statement-breakpoint
-- The words of a search as LIKE patterns, the longest, which is likely the rarest, first. Each must be found, in any order.
create function repdesk.search_patterns(asked text) returns text[]
  language sql immutable strict parallel safe
  return (
    select coalesce(array_agg('%' || regexp_replace(word, '([\\%_])', '\\\1', 'g') || '%' order by char_length(word) desc, word), '{}')
      from (select distinct word from regexp_split_to_table(repdesk.normalise(asked), '\s+') as word where word <> '') words);
--> statement-breakpoint
-- Whether each pattern stands in a record's own text or in what else counts as its. Not in SQL, which the planner would look
-- into: knowing nothing, it takes a third of all rows for matches, walks the list in its order, and soon has a page.
create function repdesk.is_match(own text, other text, patterns text[]) returns boolean
  language plpgsql immutable parallel safe
as $$
begin
  return own || ' ' || coalesce(other, '') like all (patterns);
end
$$;
--> statement-breakpoint
-- The ids of what is found, or null where it is more than `most`: then it is quicker to walk the list in its own order and
-- look at each row with `is_match`, since what is searched for is everywhere. A plan is made for the very patterns.
create function repdesk.search_accounts(asked text, most integer) returns text[]
  language plpgsql stable security definer set search_path = '' set plan_cache_mode = force_custom_plan
as $$
declare
  company constant text := nullif(current_setting('repdesk.company_id', true), '');
  patterns constant text[] := repdesk.search_patterns(asked);
  found text[];
begin
  if company is null or cardinality(patterns) = 0 then return '{}'; end if;
  found := array(
    select a.id from repdesk.accounts a
     where a.company_id = company and a.search_key like patterns[1] and a.search_key like all (patterns)
     limit most + 1);
  return case when cardinality(found) <= most then found end;
end
$$;
--> statement-breakpoint
-- A contact is found where each word stands in what is its own or, where the caller may read accounts, in its account's name.
create function repdesk.search_contacts(asked text, most integer, with_accounts boolean) returns text[]
  language plpgsql stable security definer set search_path = '' set plan_cache_mode = force_custom_plan
as $$
declare
  company constant text := nullif(current_setting('repdesk.company_id', true), '');
  patterns constant text[] := repdesk.search_patterns(asked);
  found text[];
begin
  if company is null or cardinality(patterns) = 0 then return '{}'; end if;
  found := array(
    select c.id
      from repdesk.contacts c
      left join repdesk.accounts a on with_accounts and a.company_id = c.company_id and a.id = c.account_id
     where c.company_id = company and c.search_key like patterns[1]
       and c.search_key || ' ' || coalesce(a.name_key, '') like all (patterns)
    union all
    select c.id
      from repdesk.accounts a join repdesk.contacts c on c.company_id = a.company_id and c.account_id = a.id
     where with_accounts and a.company_id = company and a.search_key like patterns[1] and a.name_key like patterns[1]
       and c.search_key not like patterns[1] and c.search_key || ' ' || a.name_key like all (patterns)
    limit most + 1);
  return case when cardinality(found) <= most then found end;
end
$$;
--> statement-breakpoint
revoke all on function repdesk.search_patterns(text), repdesk.is_match(text, text, text[]),
  repdesk.search_accounts(text, integer), repdesk.search_contacts(text, integer, boolean) from public;
--> statement-breakpoint
grant execute on function repdesk.search_patterns(text), repdesk.is_match(text, text, text[]),
  repdesk.search_accounts(text, integer), repdesk.search_contacts(text, integer, boolean) to repdesk_app;
