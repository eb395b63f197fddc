"use client";

import { useState } from "react";
import { problemOf } from "#components/forms/problem";
import { eachOf, type Found, findLiveTokens, type LiveToken } from "#components/tokens/live-tokens";
import { type Client, Unreachable } from "#lib/contract/client";
import { revokeToken } from "#lib/contract/tokens";

/** The result of revoking a token: null if it is revoked, otherwise why it isn't. */
type Result = string | null;

/** The search for active tokens is part of changing a password, so it must not take long. */
const patienceMs = 5_000;

export function lookForTokens(api: Client): Promise<Found> {
  return findLiveTokens(api, AbortSignal.timeout(patienceMs));
}

/** The state of a review: the tokens, which are selected, and the results of revoking them. */
export function useReview(api: Client, first: Found, onNothing: () => void) {
  const [rows, setRows] = useState(first.tokens);
  const [missed, setMissed] = useState(first.missed);
  const [chosen, setChosen] = useState<ReadonlySet<string>>(new Set());
  const [results, setResults] = useState<ReadonlyMap<string, Result>>(new Map());
  const live = rows.filter(({ token }) => results.get(token.id) !== null);
  const picked = live.filter(({ token }) => chosen.has(token.id));
  const next = picked.length > 0 ? picked : live;

  function choose(id: string, isChosen: boolean) {
    const others = [...chosen].filter((other) => other !== id);
    setChosen(new Set(isChosen ? [...others, id] : others));
  }

  /** Revokes the selected tokens, or all if none is selected. Tokens that fail stay selected. */
  async function revoke(): Promise<void> {
    const settled = await eachOf(next, ({ token, company }) =>
      api.call(revokeToken, { id: token.id }, { company: company.slug }),
    );
    const fresh = next.map(({ token }, index) => [token.id, resultOf(settled[index])] as const);
    setResults(new Map([...results, ...fresh]));
    setChosen(new Set(fresh.flatMap(([id, result]) => (result === null ? [] : [id]))));
  }

  /** Tries again to load what was missing. Returns whether everything is loaded now. */
  async function lookAgain(): Promise<boolean> {
    const found = await lookForTokens(api);
    const all = union(rows, found.tokens);
    setRows(all);
    setMissed(found.missed);
    if (all.length === 0 && found.missed === null) onNothing();
    return found.missed === null;
  }

  return { rows, missed, live, next, isAll: next.length === live.length, chosen, results, choose, revoke, lookAgain };
}

export type Review = ReturnType<typeof useReview>;

function resultOf(settled: PromiseSettledResult<unknown> | undefined): Result {
  if (settled?.status === "fulfilled") return null;
  // The token may or may not be revoked. Revoking again is safe.
  if (settled?.reason instanceof Unreachable) return "Couldn't reach RepDesk. This token may still work. Try again.";
  return problemOf(settled?.reason, false).text;
}

function union(before: readonly LiveToken[], after: readonly LiveToken[]): LiveToken[] {
  return [...new Map([...before, ...after].map((row) => [row.token.id, row])).values()];
}
