-- Lists that stay fast for any filters, sort order, and search, however many records a company has. Their indexes are built at the end
-- of `npm run db:migrate`, without blocking writes.
--
-- Each letter of a text and each pair of neighbors, for searches for one or two characters: trigrams need three.
create function repdesk.letters(value text) returns text[]
  language sql immutable strict parallel safe cost 2000
  return array(select one || two from (select string_to_array(value, null) as letters) l, unnest(letters, letters[2:]) as pair(one, two)
                where two is not null) || string_to_array(value, null);
--> statement-breakpoint
-- What PostgreSQL expects of a query: its cost and its rows. For `find_records` alone, since it plans any text.
create function repdesk.expected(query text, out cost double precision, out rows double precision)
  language plpgsql volatile set search_path = ''
as $$
declare
  plan json;
begin
  execute 'explain (format json) ' || query into plan;
  cost := plan -> 0 -> 'Plan' ->> 'Total Cost';
  rows := plan -> 0 -> 'Plan' ->> 'Plan Rows';
end
$$;
--> statement-breakpoint
-- What a search asks of a record `r`, as SQL: `by_row` to check a row, `by_index` to find rows. With `with_accounts`, the record is a
-- contact, and its account's name counts, too. If many accounts or records have a word, no index helps to find it.
create function repdesk.search_condition(company text, source text, patterns text[], with_accounts boolean, out by_row text, out by_index text)
  language plpgsql stable set search_path = '' set plan_cache_mode = force_custom_plan
as $$
declare
  few_accounts constant integer := 300;
  few_records constant integer := 20000;
  words constant text[] := array(select regexp_replace(substr(p, 2, char_length(p) - 2), '\\(.)', '\1', 'g') from unnest(patterns) as p);
  are_short constant boolean := (select max(char_length(word)) < 3 from unnest(words) as word);
  accounts text[];
  by_letters text;
  are_many boolean;
  is_rare boolean;
  own text;
  others text;
begin
  for i in 1 .. cardinality(patterns) loop
    own := format('r.search_key like %L', patterns[i]);
    others := '';
    if with_accounts then
      by_letters := format('r.company_id = %L and repdesk.letters(r.search_key) @> array[%L]', company, words[i]);
      are_many := are_short and (repdesk.expected('select from repdesk.accounts r where ' || by_letters)).rows > 10 * few_accounts;
      accounts := case
        when are_many then null
        when are_short then array(
          select a.id from repdesk.accounts a
           where a.company_id = company and repdesk.letters(a.search_key) @> array[words[i]] and strpos(a.name_key, words[i]) > 0
           limit few_accounts + 1)
        else array(
          select a.id from repdesk.accounts a where a.company_id = company and a.name_key like patterns[i] limit few_accounts + 1)
        end;
      others := case
        when are_many or cardinality(accounts) > few_accounts then
          format(' or exists (select from repdesk.accounts a where a.company_id = %L and a.id = r.account_id and a.name_key like %L)', company, patterns[i])
        when cardinality(accounts) > 0 then format(' or r.account_id = any (%L)', accounts)
        else '' end;
    end if;
    by_row := concat_ws(' and ', by_row, '(' || own || others || ')');
    if are_short then
      -- LIKE with less than three characters would read the whole index.
      by_letters := format('repdesk.letters(r.search_key) @> array[%L]', words[i]);
      is_rare := (repdesk.expected(format('select from %s r where r.company_id = %L and %s', source, company, by_letters))).rows <= few_records;
      own := case when is_rare then by_letters else format('strpos(r.search_key, %L) > 0', words[i]) end;
    end if;
    by_index := concat_ws(' and ', by_index, '(' || own || others || ')');
  end loop;
end
$$;
--> statement-breakpoint
-- The same for what someone typed. A number may be a phone number or stand in a name, so it is also looked for as it was written.
create function repdesk.asked_condition(company text, noun text, source text, asked text, with_accounts boolean, out by_row text, out by_index text)
  language plpgsql stable set search_path = ''
as $$
declare
  plain constant text[] := repdesk.search_patterns(asked);
  phone constant text[] := case noun when 'contact' then repdesk.contact_patterns(asked) else plain end;
  other record;
begin
  select c.by_row, c.by_index into by_row, by_index from repdesk.search_condition(company, source, plain, with_accounts) c;
  if phone <> plain and cardinality(phone) > 0 then
    select * into other from repdesk.search_condition(company, source, phone, with_accounts);
    by_row := format('(%s or %s)', by_row, other.by_row);
    by_index := format('(%s or %s)', by_index, other.by_index);
  end if;
end
$$;
--> statement-breakpoint
-- The ids of a page of records: those that match the filters and the search, from the cursor's place on, in order, at most `most`.
-- Without `sort`, any of them.
--
-- It finds them past the row-level policies, under which PostgreSQL uses an index neither for LIKE nor for arrays, and looks at
-- nothing but the transaction's company. The caller reads the records themselves under the policies. It is stable, so it sees the
-- same rows as the statement that calls it.
--
-- Either many records match: then a page of them is soon found in the order of the list. Or few do: then all of them are found by the
-- indexes and sorted. Where PostgreSQL expects many, but the beginning of the list has no page of them, all are found and sorted, too.
-- A walk has to be clearly cheaper: the same plan, found in two ways, differs by a few percent.
create function repdesk.find_records(noun text, asked text, with_accounts boolean, filters jsonb, sort text, descending boolean,
    after_key text, after_id text, most integer) returns text[]
  language plpgsql stable security definer set search_path = '' set jit = off set max_parallel_workers_per_gather = 0
as $$
declare
  longest_walk constant integer := 10000;
  company constant text := nullif(current_setting('repdesk.company_id', true), '');
  source constant text := case noun when 'account' then 'repdesk.accounts' when 'contact' then 'repdesk.contacts' when 'note' then 'repdesk.notes' end;
  direction constant text := case when descending then 'desc' else 'asc' end;
  place text := format('r.company_id = %L', company);
  rest text := 'true';
  search record;
  condition text;
  filter record;
  by_index text;
  in_order text;
  all_of_them text;
  found text[];
begin
  if company is null or source is null then return '{}'; end if;

  -- `place` is what an index in the list's order begins with, `rest` everything else.
  for filter in select * from jsonb_to_recordset(filters) as f(field text, operator text, value text) loop
    condition := format(
      case filter.operator
        when 'eq' then 'r.%I = %L' when 'ne' then 'r.%I is distinct from %L' when 'in' then 'r.%I = any (%L)'
        when 'gt' then 'r.%I > %L' when 'gte' then 'r.%I >= %L' when 'lt' then 'r.%I < %L' when 'lte' then 'r.%I <= %L'
        when 'any' then 'r.%I && %L' when 'all' then 'r.%I @> %L' when 'none' then 'not r.%I && %L'
        when 'is_null' then case filter.value when 'true' then 'r.%I is null' else 'r.%I is not null' end
      end, filter.field, filter.value);
    if condition is null then raise exception 'An unknown filter: %', filter.operator; end if;
    if filter.field = sort or (filter.operator = 'eq' and (filter.field, sort) in (
      ('owner_id', 'created_at'), ('account_id', 'created_at'), ('account_id', 'occurred_at'), ('contact_id', 'occurred_at')))
    then place := place || ' and ' || condition;
    else rest := rest || ' and ' || condition;
    end if;
  end loop;
  if after_id is not null then
    place := place || format(' and (r.%I, r.id) %s (%L, %L)', sort, case when descending then '<' else '>' end, after_key, after_id);
  end if;
  by_index := rest;
  if asked is not null then
    select * into search from repdesk.asked_condition(company, noun, source, asked, with_accounts and noun = 'contact');
    if search.by_row is null then return '{}'; end if;
    rest := rest || ' and ' || search.by_row;
    by_index := by_index || ' and ' || search.by_index;
  end if;

  if sort is null then
    all_of_them := format('select r.id from %s r where %s and %s', source, place, by_index);
    execute case when (repdesk.expected(all_of_them)).rows > most * 10
      then format('select array(select r.id from %s r where %s and %s limit %s)', source, place, rest, most)
      else format('select array(%s)', all_of_them)
    end into found;
    return found[1:most];
  end if;

  in_order := format('order by r.%I %s, r.id %s limit ', sort, direction, direction);
  all_of_them := format('select r.id from (select r.%I, r.id from %s r where %s and %s offset 0) r %s %s', sort, source, place, by_index, in_order, most);
  if rest = 'true' or (repdesk.expected(format('select r.id from %s r where %s and %s %s %s', source, place, rest, in_order, most))).cost
    < 0.8 * (repdesk.expected(all_of_them)).cost then
    execute format('select array(select r.id from (select * from %s r where %s %s %s) r where %s %s %s)',
      source, place, in_order, longest_walk, rest, in_order, most) into found;
    if rest = 'true' or cardinality(found) = most then return found; end if;
  end if;
  execute format('select array(%s)', all_of_them) into found;
  return found;
end
$$;
--> statement-breakpoint
-- Counting an account's contacts reads only the index where vacuum has been since the last change.
alter table repdesk.contacts set (autovacuum_vacuum_insert_scale_factor = 0.02, autovacuum_vacuum_scale_factor = 0.05);
--> statement-breakpoint
revoke all on function repdesk.letters(text), repdesk.expected(text), repdesk.search_condition(text, text, text[], boolean),
  repdesk.asked_condition(text, text, text, text, boolean), repdesk.find_records(text, text, boolean, jsonb, text, boolean, text, text, integer) from public;
--> statement-breakpoint
-- `letters` because an index on it runs as whoever writes.
grant execute on function repdesk.letters(text), repdesk.find_records(text, text, boolean, jsonb, text, boolean, text, text, integer) to repdesk_app;
