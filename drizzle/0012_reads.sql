-- One row: the planner would expect 1,000, and a read that is joined to it would look that many times as expensive.
-- Their own lookups are of single rows, so any plan holds, whatever the session prefers.
alter function repdesk.prove_token(bytea, text, text) rows 1 set plan_cache_mode = auto;
--> statement-breakpoint
alter function repdesk.prove_session(uuid, uuid, text, text, text) rows 1 set plan_cache_mode = auto;
