-- Search finds what people mean. Keys of records written before are renewed in steps at the end of `npm run db:migrate`.
--
-- Text as names are sorted by and search compares it: without case, accents, and what a script leaves to the writer (vowel points,
-- tatweel, nukta); without quotation marks and characters that show nothing; letters that are written in more than one way are one,
-- and so are digits; dashes and punctuation between words are spaces.
-- Built-in functions alone, so it is truly immutable: a dictionary of the extension `unaccent` could change under an index.
create or replace function repdesk.normalise(value text) returns text
  language sql immutable strict parallel safe
  return btrim(regexp_replace(replace(replace(replace(replace(replace(translate(lower(regexp_replace(
    normalize(translate(value, '´', ''''), nfkd),
    -- Marks that may be left out.
    '[\u0300-\u036f\u0483-\u0487\u0591-\u05bd\u05bf\u05c1\u05c2\u05c4\u05c5\u05c7\u0610-\u061a\u0640\u064b-\u065f\u0670\u06d6-\u06dc\u06df-\u06e4\u06e7\u06e8\u06ea-\u06ed\u093c\u09bc\u0a3c\u0abc\u0b3c'
    -- Characters that show nothing.
    || '\u00ad\u061c\u115f\u1160\u17b4\u17b5\u180b-\u180f\u200b-\u200f\u202a-\u202e\u2060-\u206f\ufe00-\ufe0f\ufeff\U000e0000-\U000e0fff'
    -- Apostrophes, quotation marks and the Catalan middle dot.
    || '''"`\u00ab\u00b7\u00bb\u02b9-\u02bf\u02c8\u055a\u05f3\u05f4\u2018-\u201f\u2032\u2033\u2035\u2036\u2039\u203a\ua78c]',
    '', 'g')),
    'øđðłıħŧŋəςґٱىةیکہھァアィイゥウェエォオカキクケコサシスセソタチッツテトナニヌネノハヒフヘホマミムメモャヤュユョヨラリルレロヮワヰヱヲンヵヶ٠١٢٣٤٥٦٧٨٩۰۱۲۳۴۵۶۷۸۹०१२३४५६७८९০১২৩৪৫৬৭৮৯๐๑๒๓๔๕๖๗๘๙',
    'oddlihtneσгايهيكههぁあぃいぅうぇえぉおかきくけこさしすせそたちっつてとなにぬねのはひふへほまみむめもゃやゅゆょよらりるれろゎわゐゑをんゕゖ01234567890123456789012345678901234567890123456789'),
    'ß', 'ss'), 'æ', 'ae'), 'œ', 'oe'), 'þ', 'th'), 'եվ', 'եւ'),
    '[\s,;:!?\u055d\u060c\u061b\u061f\u3001\u3002\u30fb\u058a\u05be\u1680\u2010-\u2015\u2028\u2029\u2043\u2212\u30a0-]+', ' ', 'g'));
--> statement-breakpoint
-- The digits of a phone number, without the zero that is dialed only inside the country and without the 00 before a country's code.
create function repdesk.phone_digits(phone text) returns text
  language sql immutable strict parallel safe
  return regexp_replace(regexp_replace(replace(repdesk.normalise(phone), '(0)', ''), '[^0-9]', '', 'g'), '^00', '');
--> statement-breakpoint
-- What search compares of a contact. Names of scripts that write no space are there without one too, in both orders.
create function repdesk.contact_search_key(first_name text, last_name text, email text, phone text) returns text
  language sql immutable parallel safe
  return repdesk.normalise(
    coalesce(first_name || ' ', '') || coalesce(last_name || ' ', '')
    || case when first_name || last_name ~ '[\u0e00-\u0eff\u1000-\u11ff\u1780-\u17ff\u2e80-\ua4cf\uac00-\ud7ff\uf900-\ufaff\U00020000-\U0003ffff]'
            then first_name || last_name || ' ' || last_name || first_name || ' ' else '' end
    || coalesce(email || ' ', '') || coalesce(phone || ' ' || repdesk.phone_digits(phone), ''));
--> statement-breakpoint
-- The words of a search for contacts as LIKE patterns, the longest first. A phone number is one word, compared digits to digits.
create function repdesk.contact_patterns(asked text) returns text[]
  language sql immutable strict parallel safe
  return (
    select coalesce(array_agg('%' || regexp_replace(word, '([\\%_])', '\\\1', 'g') || '%' order by char_length(word) desc, word), '{}')
      from (
        select repdesk.phone_digits(number[1]) as word
          from regexp_matches(repdesk.normalise(asked), '(?:^| )([+(]*[0-9][0-9 ().+/]*[0-9])(?= |$)', 'g') as number
         where char_length(regexp_replace(number[1], '[^0-9]', '', 'g')) >= 7
        union
        select word
          from regexp_split_to_table(
            regexp_replace(repdesk.normalise(asked), '(?:^| )[+(]*[0-9](?:[ ().+/]*[0-9]){6,}(?= |$)', ' ', 'g'), '\s+') as word) words
     where word <> '');
--> statement-breakpoint
-- Whether each pattern is in a record's own text or in what else counts as its. Nothing matches no patterns. Not in SQL, which the
-- planner would look into: knowing nothing, it takes a third of all rows for matches, walks the list in its order, and soon has a page.
create or replace function repdesk.is_match(own text, other text, patterns text[]) returns boolean
  language plpgsql immutable parallel safe
as $$
begin
  return cardinality(patterns) > 0 and own || ' ' || coalesce(other, '') like all (patterns);
end
$$;
--> statement-breakpoint
-- The ids of a company's contacts that match all patterns, by their own text or with their account's name. For `search_contacts`
-- alone, as its owner. A plan is made for the very patterns.
create function repdesk.contacts_like(company text, patterns text[], with_accounts boolean, most integer) returns setof text
  language plpgsql stable set search_path = '' set plan_cache_mode = force_custom_plan
as $$
begin
  return query
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
    limit most;
end
$$;
--> statement-breakpoint
-- As before. A number may be a phone number or stand in a name, so it is also looked for as it was written.
create or replace function repdesk.search_contacts(asked text, most integer, with_accounts boolean) returns text[]
  language plpgsql stable security definer set search_path = ''
as $$
declare
  company constant text := nullif(current_setting('repdesk.company_id', true), '');
  patterns constant text[] := repdesk.contact_patterns(asked);
  plain constant text[] := repdesk.search_patterns(asked);
  found text[];
begin
  if company is null or cardinality(plain) = 0 then return '{}'; end if;
  found := array(select repdesk.contacts_like(company, plain, with_accounts, most + 1));
  if patterns <> plain and cardinality(patterns) > 0 then
    found := array(select distinct id from unnest(found || array(select repdesk.contacts_like(company, patterns, with_accounts, most + 1))) as id);
  end if;
  return case when cardinality(found) <= most then found end;
end
$$;
--> statement-breakpoint
revoke all on function repdesk.phone_digits(text), repdesk.contact_search_key(text, text, text, text), repdesk.contact_patterns(text) from public;
--> statement-breakpoint
grant execute on function repdesk.phone_digits(text), repdesk.contact_search_key(text, text, text, text), repdesk.contact_patterns(text) to repdesk_app;
--> statement-breakpoint
-- A generated column can't get another expression without a rewrite of the whole table under a lock. A trigger can.
ALTER TABLE "repdesk"."contacts" ALTER COLUMN "search_key" DROP EXPRESSION;
--> statement-breakpoint
ALTER TABLE "repdesk"."contacts" ALTER COLUMN "search_key" SET DEFAULT '';
--> statement-breakpoint
create function repdesk.set_search_key() returns trigger
  language plpgsql set search_path = ''
as $$
begin
  new.search_key := repdesk.contact_search_key(new.first_name, new.last_name, new.email, new.phone);
  return new;
end
$$;
--> statement-breakpoint
revoke all on function repdesk.set_search_key() from public;
--> statement-breakpoint
create trigger contacts_search_key before insert or update of first_name, last_name, email, phone, search_key on repdesk.contacts
  for each row execute function repdesk.set_search_key();
