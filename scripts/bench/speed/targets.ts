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

const authentication =
  "Every request authenticates in the database, takes from three rate limits, and writes a log line, which the bare handler does not.";
const react =
  "Rendering the page's React tree takes most of the time: twice, once as components and once as HTML. It would need fewer elements for each row, or a table that is sent as data and drawn in the browser.";

/** Requests of RepDesk for the CPU time of one request of the bare handler. */
export const againstBare: readonly Target[] = [
  bare(
    "list",
    "bare-list",
    1.3,
    `${authentication} Then 25 records become objects, are checked against the schema, and become JSON. It would need a list that PostgreSQL returns as finished JSON in the statement that authenticates.`,
  ),
  bare("one", "bare", 1.8, `${authentication} It would need one statement that authenticates and returns the record.`),
  bare(
    "me",
    "bare",
    2.2,
    `${authentication} It would need fewer objects for each request: context, headers, promises.`,
  ),
  bare(
    "cookie",
    "bare-list",
    1.2,
    "As for the list with a token. On top of that, the session cookie is decoded and its signature verified.",
  ),
  bare(
    "create",
    "bare",
    0.8,
    "Creating a contact reserves the idempotency key, inserts the contact and its audit entry, and stores the response, in one transaction. It would need one statement for all of it: each more is a round trip and an encoding of its own.",
  ),
  bare(
    "unknown",
    "bare",
    2,
    "An unknown token is looked up like a valid one, since nothing caches who may do what, and the attempt is noted. It would need a response that is built without the classes that other responses are built from.",
  ),
  bare(
    "next",
    "bare-list",
    0.5,
    "Next's own part is the whole cost of the bare handler, so the rest of the request would have to cost no more than that. `npm start` answers the API before Next for this reason.",
  ),
];

export const againstPeer: readonly Target[] = [
  {
    title: "`/me`, against better-auth's verification of an API key",
    unit: "times",
    measure: (results) => ratioOf(results, "me", "peer-verify"),
    atLeast: 6,
    reason:
      "RepDesk also takes from rate limits, authorizes in the database, and writes a log line, which better-auth does not as configured here.",
  },
  {
    title: "List of 25 contacts, against the same list with better-auth",
    unit: "times",
    measure: (results) => ratioOf(results, "list", "peer-list"),
    atLeast: 6,
    reason:
      "The list itself costs RepDesk more than better-auth's plain query: row-level security, cursors, and a response that is checked against its schema.",
  },
];

export const pages: readonly Target[] = [
  page("contacts-page", 8, react),
  page("tokens-page", 8, react),
  {
    title: "Page of API tokens, against the API's list of them",
    unit: "times",
    measure: (results) => {
      const ratio = ratioOf(results, "tokens-page", "tokens");
      return ratio === null ? null : 1 / ratio;
    },
    atMost: 5,
    reason: react,
  },
];

export const inside: readonly Target[] = [
  {
    title: "Log, rate limits, and last use together, as a share of a list's CPU time",
    unit: "share",
    measure: ({ shares }) => (shares ? Object.values(shares).reduce((sum, share) => sum + share) : null),
    atMost: 0.04,
    reason:
      "The log line is built and redacted in the process that answers. It would need a line that is written from parts that are known to hold no secret.",
  },
  {
    title: "Round trips to the database for a list",
    unit: "count",
    measure: ({ trips }) => trips?.list ?? null,
    atMost: 1,
    reason:
      "The transaction, its authentication, and the list are separate statements. It would need one statement for all of them.",
  },
  {
    title: "Round trips to the database for a creation with an idempotency key",
    unit: "count",
    measure: ({ trips }) => trips?.create ?? null,
    atMost: 3,
    reason: "The key, the contact, its audit entry, and the stored response are separate statements.",
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
