import type { Token } from "#components/tokens/cells";
import { type Client, Unreachable } from "#lib/contract/client";
import { listCompanies } from "#lib/contract/companies";
import type { AnswerOf } from "#lib/contract/endpoint";
import { listTokens } from "#lib/contract/tokens";

type Company = AnswerOf<typeof listCompanies>["data"][number];

/** An active token, and its company. */
export interface LiveToken {
  token: Token;
  company: { slug: string; name: string };
}

/** The result of a search for a person's active tokens. */
export interface Found {
  tokens: readonly LiveToken[];
  /** Why some couldn't be loaded, and in which companies; null for all of them. */
  missed: { error: unknown; companies: readonly string[] | null } | null;
}

/** The number of concurrent requests, so that a person with 200 companies doesn't flood the server. */
export const atOnce = 4;

/** Runs `work` for each item, at most `atOnce` at a time. Results are in the order of the items. */
export async function eachOf<Item, Result>(
  items: readonly Item[],
  work: (item: Item) => Promise<Result>,
): Promise<PromiseSettledResult<Result>[]> {
  const results: PromiseSettledResult<Result>[] = [];
  const queue = items.entries();
  const worker = async () => {
    for (const [index, item] of queue) [results[index]] = await Promise.allSettled([work(item)]);
  };
  await Promise.all(Array.from({ length: atOnce }, worker));
  return results;
}

/**
 * Finds the signed-in person's active tokens in all their companies. Never throws: what couldn't be loaded is in `missed`.
 * Skips suspended companies: no token works there, and the API rejects requests for them.
 */
export async function findLiveTokens(api: Client, signal: AbortSignal): Promise<Found> {
  const missed = (error: unknown, companies: readonly string[] | null) => ({
    error: signal.aborted ? new Unreachable(error) : error,
    companies,
  });
  let companies: Company[];
  try {
    const { data } = await api.call(listCompanies, {}, { signal });
    companies = data.filter(({ suspended_at }) => suspended_at === null);
  } catch (error) {
    return { tokens: [], missed: missed(error, null) };
  }
  const results = await eachOf(companies, (company) => tokensOf(api, company, signal));
  const failed = results.flatMap((result, index) =>
    result.status === "rejected" ? [{ reason: result.reason, name: companies[index]?.name ?? "" }] : [],
  );
  return {
    tokens: results.flatMap((result) => (result.status === "fulfilled" ? result.value : [])),
    missed: failed[0]
      ? missed(
          failed[0].reason,
          failed.map(({ name }) => name),
        )
      : null,
  };
}

async function tokensOf(api: Client, { slug, name }: Company, signal: AbortSignal): Promise<LiveToken[]> {
  const found: LiveToken[] = [];
  const live = { "filter[status]": "active", limit: "200" };
  for await (const { data } of api.pages(listTokens, live, { company: slug, signal }))
    found.push(...data.map((token) => ({ token, company: { slug, name } })));
  return found;
}
