import { describeFault } from "#lib/db/faults";
import { newId } from "#lib/format/ids";
import { coarse, networkOf, widerNetworkOf } from "#lib/http/address";
import { arrivalOf } from "#lib/http/arrival";
import { targetOf } from "#lib/http/head";
import { log } from "#lib/http/log";
import { Refusal } from "#lib/http/problem";
import type { Standing } from "#lib/http/rate-limit";

/** Each request is answered within this time, whatever the database does. */
export const deadlineMs = 10_000;

/** One request on its way: what every step may read, and what the log line and the headers are made of. */
export type Exchange = {
  id: string;
  request: Request;
  url: URL;
  /** The path template, once the route is known. */
  template: string;
  address: string;
  /** What the address counts by in limits, and whom it shares a bucket with when there are too many. */
  network: string;
  widerNetwork: string;
  started: number;
  deadline: AbortSignal;
  /** Bytes of its body in memory. */
  held: number;
  standings: Standing[];
  company?: { id: string };
  /** Who is signed in, where a session calls. */
  member?: { id: string };
  token?: { prefix: string };
  code?: string;
};

export function openExchange(request: Request, template: string): Exchange {
  const { address } = arrivalOf(request);
  return {
    id: newId("req"),
    request,
    url: targetOf(request),
    template,
    address,
    network: networkOf(address),
    widerNetwork: widerNetworkOf(address),
    started: performance.now(),
    deadline: AbortSignal.timeout(deadlineMs),
    held: 0,
    standings: [],
  };
}

/** Waits for work, but not beyond the request's deadline: then `unavailable` is thrown, and the work's outcome is not looked at. */
export async function withinDeadline<T>(exchange: Exchange, work: Promise<T>): Promise<T> {
  const { promise, reject } = Promise.withResolvers<never>();
  const late = () => reject(unavailable("RepDesk could not answer in time. Repeat the request in a few seconds."));
  exchange.deadline.addEventListener("abort", late, { once: true });
  try {
    return await Promise.race([work, promise]);
  } finally {
    exchange.deadline.removeEventListener("abort", late);
  }
}

export function unavailable(detail: string, log?: string): Refusal {
  return new Refusal("unavailable", detail, { headers: { "Retry-After": "5" }, log });
}

/** One line a request. The path is the template, so that no value of a URL reaches the log. */
export function logExchange(exchange: Exchange, status: number, error?: unknown): void {
  const clientId = exchange.request.headers.get("x-request-id");
  const line = {
    request_id: exchange.id,
    client_request_id: clientId && /^[A-Za-z0-9_.-]{1,128}$/.test(clientId) ? clientId : undefined,
    method: exchange.request.method,
    path: exchange.template,
    status,
    ms: Math.round(performance.now() - exchange.started),
    company: exchange.company?.id,
    token: exchange.token?.prefix,
    member: exchange.member?.id,
    network: coarse(exchange.address) ?? undefined,
    code: exchange.code,
    error: error === undefined ? undefined : describeFault(error),
  };
  if (status >= 500) log().error(line, "request");
  else log().info(line, "request");
}

/** One line for what was no request to the parser. */
export function logBrokenRequest(line: { id: string; code: string; status: number; address: string }): void {
  const { id, address, ...rest } = line;
  log().info({ request_id: id, ...rest, network: coarse(address) ?? undefined }, "request");
}

type PageLine = { id: string; address: string; method: string; path: string; status: number; started: number };

/** One line a page request, whatever became of it. */
export function logPage({ id, address, started, ...line }: PageLine): void {
  const ms = Math.round(performance.now() - started);
  log().info({ request_id: id, ...line, ms, network: coarse(address) ?? undefined }, "page");
}

/** Why a page could not be made. Its digest is the request id that the person sees. */
export function logPageFault(error: unknown, page: { method: string; path: string }): void {
  const { digest } = error as { digest?: string };
  log().error(
    { request_id: digest, ...page, status: 500, code: "internal_error", error: describeFault(error) },
    "page failed",
  );
}
