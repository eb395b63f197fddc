import { grow, type Tally } from "#lib/db/journal";
import { detached } from "#lib/format/detached";

/** A token that made a request, and where from. */
export type TokenCaller = {
  id: string;
  company_id: string;
  /** The network as /24 or /48. */
  network: string | null;
  /** The name that the client gives itself. */
  client: string | null;
};

/** One call as it is kept: the path's template, and nothing of the query or the body. */
export type TokenCall = {
  id: string;
  at: number;
  method: string;
  path: string;
  status: number;
  code: string | undefined;
  /** The permissions that it needed, separated by spaces. */
  needed: string;
};

type Outcome = "succeeded" | "failed" | "limited" | "errors";
type Day = Record<Outcome, number> & { day: number; needed: string; last: number | null };
type Client = { network: string; client: string; first: number; last: number };

const dayMs = 24 * 3_600_000;
/** What the database keeps of a token, so more needn't wait. */
const mostRequests = 100;
const mostClients = 5;
/** Requests of all tokens that wait: with more than 50 tokens, each has room for fewer. */
const mostRequestsOfAll = 5_000;

/** Counts a call of a token. Written within about a second, in one statement for all tokens. Never throws. */
export function noteCall(token: TokenCaller, call: TokenCall): void {
  grow(
    "token_usage",
    token.id,
    () => new Usage(token),
    (usage, waiting) => usage.add(token, call, Math.floor(mostRequestsOfAll / waiting)),
  );
}

/** What one token did since the last write. It holds numbers, and formats them when it is written. */
class Usage implements Tally {
  private readonly id: string;
  private readonly company_id: string;
  private first = Number.POSITIVE_INFINITY;
  private days: Day[] = [];
  private clients: Client[] = [];
  private requests: TokenCall[] = [];
  /** Where the next request goes if there are too many. */
  private oldest = 0;

  constructor({ id, company_id }: TokenCaller) {
    this.id = id;
    this.company_id = company_id;
  }

  add({ network, client }: TokenCaller, call: TokenCall, room: number): void {
    const { at, needed, status } = call;
    if (at < this.first) this.first = at;
    const day = this.dayOf(Math.floor(at / dayMs), needed);
    const outcome = outcomeOf(status);
    day[outcome] += 1;
    if (outcome === "succeeded") day.last = Math.max(day.last ?? 0, at);
    this.see(network ?? "", client ?? "", at, at);
    if (this.requests.length < Math.min(mostRequests, room)) this.requests.push(call);
    else this.requests[this.oldest++ % this.requests.length] = call;
  }

  absorb(older: this): void {
    this.first = Math.min(this.first, older.first);
    for (const { day, needed, last, ...counts } of older.days) {
      const own = this.dayOf(day, needed);
      for (const outcome of Object.keys(counts) as Outcome[]) own[outcome] += counts[outcome];
      if (last !== null) own.last = Math.max(own.last ?? 0, last);
    }
    for (const { network, client, first, last } of older.clients) this.see(network, client, first, last);
    // IDs sort by time.
    const byId = [...older.requests, ...this.requests].sort((a, b) => (a.id < b.id ? -1 : 1));
    this.requests = byId.slice(-mostRequests);
    this.oldest = 0;
  }

  toJSON(): object {
    const { id, company_id, first, days, clients, requests } = this;
    return {
      ...{ id, company_id, first: instant(first), last: instant(Math.max(...requests.map(({ at }) => at))) },
      days: days.map((day) => ({
        ...day,
        day: instant(day.day * dayMs).slice(0, 10),
        last: day.last && instant(day.last),
      })),
      clients: clients.map((client) => ({ ...client, first: instant(client.first), last: instant(client.last) })),
      requests: requests.map(({ at, needed: _, ...request }) => ({ ...request, at: instant(at) })),
    };
  }

  private dayOf(day: number, needed: string): Day {
    const found = this.days.find((known) => known.day === day && known.needed === needed);
    if (found) return found;
    const made: Day = { day, needed, last: null, succeeded: 0, failed: 0, limited: 0, errors: 0 };
    this.days.push(made);
    return made;
  }

  /** Keeps the last clients. */
  private see(network: string, client: string, first: number, last: number): void {
    const found = this.clients.find((known) => known.network === network && known.client === client);
    if (found) {
      found.first = Math.min(found.first, first);
      found.last = Math.max(found.last, last);
      return;
    }
    this.clients.push(detached({ network, client, first, last }));
    if (this.clients.length <= mostClients) return;
    this.clients.sort((a, b) => b.last - a.last);
    this.clients.length = mostClients;
  }
}

function outcomeOf(status: number): Outcome {
  if (status < 400) return "succeeded";
  if (status === 429) return "limited";
  return status < 500 ? "failed" : "errors";
}

function instant(ms: number): string {
  return new Date(ms).toISOString();
}
