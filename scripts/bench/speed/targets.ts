import { figuresOf, type Results, ratioOf } from "./figures.ts";
import { type RowName, rows } from "./rows.ts";

/** What RepDesk is meant to reach. `reason`: why it falls short, and what reaching it would need; shown only if it does. */
export type Target = {
  title: string;
  unit: keyof typeof units;
  measure: (results: Results) => number | null;
  atLeast?: number;
  atMost?: number;
  reason: string;
};

const units = {
  percent: (value: number) => `${Math.round(value * 100)}%`,
  share: (value: number) => `${(value * 100).toFixed(1)}%`,
  times: (value: number) => `${value.toFixed(1)} ×`,
  ms: (value: number) => `${value.toFixed(1)} ms`,
  count: (value: number) => String(value),
};

const bare = (row: RowName, of: RowName, atLeast: number, reason: string): Target => ({
  title: rows[row].title,
  unit: "percent",
  measure: (results) => ratioOf(results, row, of),
  atLeast,
  reason,
});
const page = (row: RowName, atMost: number, reason: string): Target => ({
  title: rows[row].title,
  unit: "ms",
  measure: (results) => figuresOf(results, row)?.cpu ?? null,
  atMost,
  reason,
});

const authenticated =
  "The bare handler talks to nobody. RepDesk authenticates each request in the database, takes from the quotas of the token and the company, and writes a log line.";
const sockets =
  "Two writes to sockets, one to the database and one to the client, are 40 % of what remains; the rest is spread over many small parts: the request context, quotas, headers, the log line. It would need cheaper socket writes, such as a database on the same machine behind a Unix socket, or requests that share a statement.";
const rendering =
  "A bare page of Next that is rendered for each request takes about 3 ms, and these pages without their rows 8 to 9 ms: the shell, the session, the queries, React's HTML and its data, and gzip. It would need fewer elements and shorter class names in the shell and in each row.";

/** Requests of RepDesk for the CPU time of one request of the bare handler. */
export const againstBare: readonly Target[] = [
  bare(
    "list",
    "bare-list",
    1.3,
    `${authenticated} It also passes 15 KB on from the database to the client. ${sockets}`,
  ),
  bare("one", "bare", 1.8, `${authenticated} ${sockets}`),
  bare("me", "bare", 2.2, `${authenticated} ${sockets}`),
  bare(
    "cookie",
    "bare-list",
    1.2,
    "As for the list with a token. In addition, the session cookie is parsed for each request. It would need the same.",
  ),
  bare(
    "create",
    "bare",
    0.8,
    "A creation is six statements in three round trips: it begins and authenticates, reserves the idempotency key, inserts the contact and its audit entry, stores the response, and commits. The bare handler that it is compared with reads no body. It would need a function in the database that does it in one statement.",
  ),
  bare(
    "unknown",
    "bare",
    2,
    `An unknown token is looked up like a valid one, since nothing caches who may do what. ${sockets}`,
  ),
  bare(
    "next",
    "bare-list",
    0.5,
    "Next's own part alone costs as much as the bare handler, so half would be left for everything else. `npm start` answers the API before Next for this reason.",
  ),
];

export const againstPeer: readonly Target[] = [
  {
    title: "`/me`, against better-auth's verification of an API key",
    unit: "times",
    measure: (results) => ratioOf(results, "me", "peer-verify"),
    atLeast: 6,
    reason:
      "RepDesk takes from quotas and writes a log line for each request, and better-auth, as configured here, does neither. It would need less work around the statement.",
  },
  {
    title: "List of 25 contacts, against the same list with better-auth",
    unit: "times",
    measure: (results) => ratioOf(results, "list", "peer-list"),
    atLeast: 6,
    reason:
      "Both read the list from the database and send it, which leaves less to save than for a request without a list. It would need less work around the statement.",
  },
];

export const pages: readonly Target[] = [
  page("contacts-page", 8, rendering),
  page("tokens-page", 8, rendering),
  {
    title: "Page of API tokens, against the API's list of them",
    unit: "times",
    measure: (results) => {
      const ratio = ratioOf(results, "tokens-page", "tokens");
      return ratio === null ? null : 1 / ratio;
    },
    atMost: 5,
    reason: rendering,
  },
];

export const inside: readonly Target[] = [
  {
    title: "Log, rate limits, and last use together, as a share of a list's CPU time",
    unit: "share",
    measure: ({ shares }) => (shares ? Object.values(shares).reduce((sum, share) => sum + share) : null),
    atMost: 0.04,
    reason:
      "Most of it is the log line: it is built and searched for secrets while requests wait. It would need a line that is made of parts known to hold no secret.",
  },
  {
    title: "Round trips to the database for a list",
    unit: "count",
    measure: ({ trips }) => trips?.list ?? null,
    atMost: 1,
    reason:
      "The transaction, the authentication, and the list are separate statements. It would need one statement for all of them.",
  },
  {
    title: "Round trips to the database for a creation with an idempotency key",
    unit: "count",
    measure: ({ trips }) => trips?.create ?? null,
    atMost: 3,
    reason:
      "The idempotency key, the contact, its audit entry, and the stored response are separate statements. It would need one statement for several of them.",
  },
];

/** A target with what was measured; null if it wasn't. */
export type Outcome = { title: string; measured: string; needed: string; isReached: boolean; reason: string };

export function outcomeOf({ title, unit, measure, atLeast, atMost, reason }: Target, results: Results): Outcome | null {
  const value = measure(results);
  if (value === null) return null;
  const isReached = value >= (atLeast ?? Number.NEGATIVE_INFINITY) && value <= (atMost ?? Number.POSITIVE_INFINITY);
  const needed = atLeast === undefined ? `≤ ${units[unit](atMost ?? 0)}` : `≥ ${units[unit](atLeast)}`;
  return { title, measured: units[unit](value), needed, isReached, reason };
}

export function outcomesOf(targets: readonly Target[], results: Results): Outcome[] {
  return targets.flatMap((target) => outcomeOf(target, results) ?? []);
}
