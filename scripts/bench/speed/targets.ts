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
const rendering =
  "Next renders every element of the page twice: as HTML, and as the data from which React takes over in the browser. It would need fewer elements and components in each row.";

/** Requests of RepDesk for the CPU time of one request of the bare handler. */
export const againstBare: readonly Target[] = [
  bare(
    "list",
    "bare-list",
    1.3,
    `${authenticated} It also passes the list on from the database to the client. It would need less work around the statement: the request context, headers, and promises.`,
  ),
  bare(
    "one",
    "bare",
    1.8,
    `${authenticated} It would need less work around the statement: the request context, headers, and promises.`,
  ),
  bare(
    "me",
    "bare",
    2.2,
    `${authenticated} It would need less work around the statement: the request context, headers, and promises.`,
  ),
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
    "A creation reserves the idempotency key, inserts the contact and its audit entry, and stores the response, all in one transaction, and it validates a body. The bare handler that it is compared with reads none. It would need fewer statements.",
  ),
  bare(
    "unknown",
    "bare",
    2,
    "An unknown token is looked up like a valid one, since nothing caches who may do what, and the attempt is noted. It would need a response with less work in JavaScript.",
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
      "Most of it is the log line: it is built, searched for secrets, and written while requests wait. It would need fewer writes, each of several lines, at the risk of losing the last lines in a crash.",
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
