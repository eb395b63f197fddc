import type { IncomingMessage } from "node:http";

/**
 * What Node's server knows about a request but headers can't be trusted with: the client's address and the query as it was sent.
 * Behind Next, it travels in headers that overwrite the caller's own. The front passes it beside the request.
 */
type Arrival = { address: string; query: string };

const addressHeader = "x-repdesk-address";
const queryHeader = "x-repdesk-query";

const arrivals = new WeakMap<Request, Arrival & { incoming: IncomingMessage }>();

/** Writes into the headers that Next passes on. */
export function markArrival(incoming: Pick<IncomingMessage, "headers">, arrival: Partial<Arrival>): void {
  if (arrival.address !== undefined) incoming.headers[addressHeader] = arrival.address;
  if (arrival.query !== undefined) incoming.headers[queryHeader] = arrival.query;
}

/** Binds a request that doesn't go through Next to its origin. */
export function bindArrival(request: Request, incoming: IncomingMessage): void {
  const { [addressHeader]: address, [queryHeader]: query } = incoming.headers;
  arrivals.set(request, { address: String(address), query: String(query ?? ""), incoming });
}

export function isBehindNext(request: Request): boolean {
  return !arrivals.has(request);
}

/** The body as it arrives: from Node, or from the stream that Next makes of it. */
export function bodyOf(request: Request): AsyncIterable<Uint8Array> | null {
  // The connection has to stay for the response, even if the body isn't read to its end.
  return arrivals.get(request)?.incoming.iterator({ destroyOnReturn: false }) ?? request.body;
}

export function arrivalOf(request: Request): Arrival {
  return (
    arrivals.get(request) ?? { address: addressIn(request.headers), query: request.headers.get(queryHeader) ?? "" }
  );
}

/** The client's address of a request that came through Next. */
export function addressIn(headers: Headers): string {
  return headers.get(addressHeader) ?? "unknown";
}
