-- The schema, and what its tables' checks and generated columns are written with.
-- Not `public`: Supabase's own REST plane serves that one and never sees this one.
create schema if not exists repdesk;
--> statement-breakpoint
create schema if not exists extensions;
--> statement-breakpoint
create extension if not exists pg_trgm with schema extensions;
--> statement-breakpoint
create extension if not exists btree_gin with schema extensions;
--> statement-breakpoint
-- The functions of later migrations are nobody's to call until they are granted.
alter default privileges revoke execute on functions from public;
--> statement-breakpoint
-- Text without case and accents: what names are sorted by and what search compares.
-- Built in alone, so that it is truly immutable: a dictionary of the extension `unaccent` could change under an index.
create function repdesk.normalise(value text) returns text
  language sql immutable strict parallel safe
  return replace(replace(replace(
    translate(lower(regexp_replace(normalize(value, nfkd), '[\u0300-\u036f]', '', 'g')), 'øđłıħŧ', 'odliht'),
    'ß', 'ss'), 'æ', 'ae'), 'œ', 'oe');
--> statement-breakpoint
-- The contract's rule for tags. A check constraint may hold no subquery, so it calls this.
create function repdesk.are_tags(tags text[]) returns boolean
  language sql immutable parallel safe
  return cardinality(tags) <= 50
    and not exists (select from unnest(tags) as tag where tag is null or char_length(tag) not between 1 and 50);
--> statement-breakpoint
revoke all on function repdesk.normalise(text), repdesk.are_tags(text[]) from public;
--> statement-breakpoint
-- Checks and generated columns run as whoever writes.
grant execute on function repdesk.normalise(text), repdesk.are_tags(text[]) to repdesk_app;
