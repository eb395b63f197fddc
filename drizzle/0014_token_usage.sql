CREATE TABLE "repdesk"."token_clients" (
	"company_id" text collate "C" DEFAULT nullif(current_setting('repdesk.company_id', true), '') NOT NULL,
	"token_id" text collate "C" NOT NULL,
	"network" text collate "C" DEFAULT '' NOT NULL,
	"client" text collate "C" DEFAULT '' NOT NULL,
	"first_seen_at" timestamp (3) with time zone NOT NULL,
	"last_seen_at" timestamp (3) with time zone NOT NULL,
	CONSTRAINT "token_clients_key" PRIMARY KEY("company_id","token_id","network","client"),
	CONSTRAINT "token_clients_network_length" CHECK (char_length("network") between 0 and 50),
	CONSTRAINT "token_clients_client_length" CHECK (char_length("client") between 0 and 50)
);
--> statement-breakpoint
CREATE TABLE "repdesk"."token_days" (
	"company_id" text collate "C" DEFAULT nullif(current_setting('repdesk.company_id', true), '') NOT NULL,
	"token_id" text collate "C" NOT NULL,
	"day" date NOT NULL,
	"needed" text collate "C" NOT NULL,
	"succeeded" integer DEFAULT 0 NOT NULL,
	"failed" integer DEFAULT 0 NOT NULL,
	"limited" integer DEFAULT 0 NOT NULL,
	"errors" integer DEFAULT 0 NOT NULL,
	"last_success_at" timestamp (3) with time zone,
	CONSTRAINT "token_days_key" PRIMARY KEY("company_id","token_id","day","needed"),
	CONSTRAINT "token_days_needed_length" CHECK (char_length("needed") between 0 and 200)
);
--> statement-breakpoint
CREATE TABLE "repdesk"."token_requests" (
	"company_id" text collate "C" DEFAULT nullif(current_setting('repdesk.company_id', true), '') NOT NULL,
	"token_id" text collate "C" NOT NULL,
	"total" bigint NOT NULL,
	"at" timestamp (3) with time zone NOT NULL,
	"requests" jsonb NOT NULL,
	CONSTRAINT "token_requests_key" PRIMARY KEY("company_id","token_id","total"),
	CONSTRAINT "token_requests_bounded" CHECK (jsonb_array_length("requests") between 1 and 100)
);
--> statement-breakpoint
ALTER TABLE "repdesk"."api_tokens" ADD COLUMN "first_used_at" timestamp (3) with time zone;--> statement-breakpoint
ALTER TABLE "repdesk"."token_clients" ADD CONSTRAINT "token_clients_token" FOREIGN KEY ("company_id","token_id") REFERENCES "repdesk"."api_tokens"("company_id","id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "repdesk"."token_days" ADD CONSTRAINT "token_days_token" FOREIGN KEY ("company_id","token_id") REFERENCES "repdesk"."api_tokens"("company_id","id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "token_clients_by_age" ON "repdesk"."token_clients" USING btree ("last_seen_at");--> statement-breakpoint
CREATE INDEX "token_days_by_age" ON "repdesk"."token_days" USING btree ("day");--> statement-breakpoint
CREATE INDEX "token_requests_by_age" ON "repdesk"."token_requests" USING btree ("at");
--> statement-breakpoint
-- A token's usage in the last 90 days. Only the functions below write it. Of tokens that were used before, only the last use is known.
update repdesk.api_tokens set first_used_at = last_used_at where last_used_at is not null;
--> statement-breakpoint
grant select (first_used_at) on repdesk.api_tokens to repdesk_app;
--> statement-breakpoint
alter table repdesk.token_days enable row level security;
--> statement-breakpoint
alter table repdesk.token_days force row level security;
--> statement-breakpoint
create policy tenant on repdesk.token_days to repdesk_app
  using (company_id = (select nullif(current_setting('repdesk.company_id', true), '')))
  with check (company_id = (select nullif(current_setting('repdesk.company_id', true), '')));
--> statement-breakpoint
alter table repdesk.token_requests enable row level security;
--> statement-breakpoint
alter table repdesk.token_requests force row level security;
--> statement-breakpoint
create policy tenant on repdesk.token_requests to repdesk_app
  using (company_id = (select nullif(current_setting('repdesk.company_id', true), '')))
  with check (company_id = (select nullif(current_setting('repdesk.company_id', true), '')));
--> statement-breakpoint
alter table repdesk.token_clients enable row level security;
--> statement-breakpoint
alter table repdesk.token_clients force row level security;
--> statement-breakpoint
create policy tenant on repdesk.token_clients to repdesk_app
  using (company_id = (select nullif(current_setting('repdesk.company_id', true), '')))
  with check (company_id = (select nullif(current_setting('repdesk.company_id', true), '')));
--> statement-breakpoint
grant select on repdesk.token_days, repdesk.token_requests, repdesk.token_clients to repdesk_app;
--> statement-breakpoint
-- Notes what tokens did, one entry for each: `[{id, company_id, first, last, days: [{day, needed, succeeded, failed, limited, errors,
-- last}], clients: [{network, client, first, last}], requests: [{id, at, method, path, status, code}]}]`, with up to 100 requests. Keeps
-- rows with the last 100 requests, and the last five clients of a token. A client's last use is written at most once a minute, as the
-- token's own is.
create function repdesk.note_token_usage(entries jsonb) returns void
  language plpgsql volatile security definer set search_path = ''
as $$
begin
  -- One writer at a time, so that the limits hold and writers of the same tokens can't block each other.
  perform pg_advisory_xact_lock(hashtextextended('repdesk.note_token_usage', 0));

  insert into repdesk.token_days as d (company_id, token_id, day, needed, succeeded, failed, limited, errors, last_success_at)
  select t.company_id, t.id, n.day, left(n.needed, 200), n.succeeded, n.failed, n.limited, n.errors, n.last
    from jsonb_to_recordset(entries) as e(id text, company_id text, days jsonb)
    join repdesk.api_tokens t on t.company_id = e.company_id and t.id = e.id
   cross join jsonb_to_recordset(e.days)
      as n(day date, needed text, succeeded integer, failed integer, limited integer, errors integer, last timestamptz)
      on conflict on constraint token_days_key do update
     set succeeded = d.succeeded + excluded.succeeded, failed = d.failed + excluded.failed,
         limited = d.limited + excluded.limited, errors = d.errors + excluded.errors,
         last_success_at = greatest(d.last_success_at, excluded.last_success_at);

  with added as (
    insert into repdesk.token_requests (company_id, token_id, total, at, requests)
    select t.company_id, t.id, coalesce(newest.total, 0) + jsonb_array_length(e.requests), e.last, e.requests
      from jsonb_to_recordset(entries) as e(id text, company_id text, last timestamptz, requests jsonb)
      join repdesk.api_tokens t on t.company_id = e.company_id and t.id = e.id
      left join lateral (
           select k.total from repdesk.token_requests k where k.company_id = t.company_id and k.token_id = t.id
            order by k.total desc limit 1) newest on true
    returning company_id, token_id, total)
  delete from repdesk.token_requests r using added a
   where r.company_id = a.company_id and r.token_id = a.token_id and r.total <= a.total - 100;

  insert into repdesk.token_clients as c (company_id, token_id, network, client, first_seen_at, last_seen_at)
  select t.company_id, t.id, left(n.network, 50), left(n.client, 50), n.first, n.last
    from jsonb_to_recordset(entries) as e(id text, company_id text, clients jsonb)
    join repdesk.api_tokens t on t.company_id = e.company_id and t.id = e.id
   cross join jsonb_to_recordset(e.clients) as n(network text, client text, first timestamptz, last timestamptz)
      on conflict on constraint token_clients_key do update
     set first_seen_at = least(c.first_seen_at, excluded.first_seen_at),
         last_seen_at = greatest(c.last_seen_at, excluded.last_seen_at)
   where excluded.last_seen_at >= c.last_seen_at + interval '1 minute' or excluded.first_seen_at < c.first_seen_at;
  delete from repdesk.token_clients c
   using jsonb_to_recordset(entries) as e(id text, company_id text)
   where c.company_id = e.company_id and c.token_id = e.id
     and 5 <= (select count(*) from repdesk.token_clients newer
                where newer.company_id = c.company_id and newer.token_id = c.token_id
                  and (newer.last_seen_at, newer.network, newer.client) > (c.last_seen_at, c.network, c.client));

  -- Last, because it locks rows that others write.
  update repdesk.api_tokens t set first_used_at = e.first
    from jsonb_to_recordset(entries) as e(id text, company_id text, first timestamptz)
   where t.company_id = e.company_id and t.id = e.id and e.first < coalesce(t.first_used_at, 'infinity');
end
$$;
--> statement-breakpoint
-- Maintenance deletes what is older than 90 days, in steps. Returns how many rows were deleted; fewer than `most` means that none are
-- left.
create function repdesk.delete_old_token_usage(most integer) returns integer
  language plpgsql volatile security definer set search_path = ''
as $$
declare
  deleted integer;
  total integer;
begin
  delete from repdesk.token_requests where ctid = any (array(
    select r.ctid from repdesk.token_requests r where r.at <= now() - interval '90 days'
     order by r.at limit most for update skip locked));
  get diagnostics total = row_count;
  delete from repdesk.token_days where ctid = any (array(
    select d.ctid from repdesk.token_days d where d.day <= (now() at time zone 'UTC')::date - 90
     order by d.day limit most - total for update skip locked));
  get diagnostics deleted = row_count;
  total := total + deleted;
  delete from repdesk.token_clients where ctid = any (array(
    select c.ctid from repdesk.token_clients c where c.last_seen_at <= now() - interval '90 days'
     order by c.last_seen_at limit most - total for update skip locked));
  get diagnostics deleted = row_count;
  return total + deleted;
end
$$;
--> statement-breakpoint
-- `erase_person` leaves a member with this name and no address: where their tokens were used from goes, too.
create function repdesk.erase_token_networks() returns trigger
  language plpgsql volatile set search_path = ''
as $$
begin
  delete from repdesk.token_clients c using repdesk.api_tokens t
   where t.company_id = new.company_id and t.member_id = new.id
     and c.company_id = t.company_id and c.token_id = t.id;
  update repdesk.token_secrets s set last_used_from = null, refused_from = null from repdesk.api_tokens t
   where t.company_id = new.company_id and t.member_id = new.id
     and s.company_id = t.company_id and s.token_id = t.id;
  return null;
end
$$;
--> statement-breakpoint
create trigger erase_token_networks after update on repdesk.members
  for each row when (new.name = 'Erased member' and new.email = '' and new.status = 'removed')
  execute function repdesk.erase_token_networks();
--> statement-breakpoint
revoke all on function repdesk.note_token_usage(jsonb), repdesk.delete_old_token_usage(integer),
  repdesk.erase_token_networks() from public;
--> statement-breakpoint
grant execute on function repdesk.note_token_usage(jsonb), repdesk.delete_old_token_usage(integer) to repdesk_app;
