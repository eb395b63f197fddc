import { describeFault } from "#lib/db/faults";
import { newId } from "#lib/format/ids";
import { coarse, networkOf, widerNetworkOf } from "#lib/http/address";
import { arrivalOf } from "#lib/http/arrival";
import { unavailable } from "#lib/http/errors";
import { targetOf } from "#lib/http/head";
import { log } from "#lib/http/log";
import type { Quota } from "#lib/http/rate-limit";

/** Each request is answered within this time, whatever the database does. */
const deadlineMs = 10_000;

/** What every step knows of a request. The log line and the response headers are made from it. */
export type RequestContext = {
  id: string;
  kind: "request" | "page";
  method: string;
  /** The path template, such as `/api/v1/contacts/{id}`. */
  template: string;
  address: string;
  /** What the address counts by in limits, and whom it shares a bucket with when there are too many. */
  network: string;
  widerNetwork: string;
  userAgent: string | null;
  /** The caller's own id for the request. */
  clientId?: string | null;
  started: number;
  deadline: AbortSignal;
  /** What is left of the quotas that the request took from. */
  quotas: Quota[];
  company?: { id: string };
  /** Who is signed in, if a session calls. */
  member?: { id: string };
  token?: { prefix: string };
  code?: string;
};

/** The context of a request that is answered by a function of ours. Next renders pages. */
export type HttpContext = RequestContext & {
  request: Request;
  url: URL;
  /** Bytes of its body in memory. */
  held: number;
};

type Known = Pick<RequestContext, "kind" | "method" | "template" | "address" | "userAgent" | "clientId">;

export function newContext(known: Known): RequestContext {
  return {
    ...known,
    id: newId("req"),
    network: networkOf(known.address),
    widerNetwork: widerNetworkOf(known.address),
    started: performance.now(),
    deadline: AbortSignal.timeout(deadlineMs),
    quotas: [],
  };
}

export function openContext(request: Request, template: string): HttpContext {
  const { method, headers } = request;
  const userAgent = headers.get("user-agent");
  const clientId = headers.get("x-request-id");
  const { address } = arrivalOf(request);
  const context = newContext({ kind: "request", method, template, address, userAgent, clientId });
  return { ...context, request, url: targetOf(request), held: 0 };
}

/** Waits for work, but not beyond the deadline: then throws `unavailable` and ignores how the work ends. */
export async function beforeDeadline<T>({ deadline }: RequestContext, work: Promise<T>): Promise<T> {
  const { promise, reject } = Promise.withResolvers<never>();
  const late = () => reject(unavailable("RepDesk could not answer in time. Repeat the request in a few seconds."));
  deadline.addEventListener("abort", late, { once: true });
  try {
    return await Promise.race([work, promise]);
  } finally {
    deadline.removeEventListener("abort", late);
  }
}

/** Writes one line for a request. The path is the template, so no value of a URL reaches the log. */
export function logRequest(context: RequestContext, status: number, error?: unknown): void {
  const { id, kind, clientId, method, template, started, company, token, member, address, code } = context;
  const line = {
    request_id: id,
    client_request_id: clientId && /^[A-Za-z0-9_.-]{1,128}$/.test(clientId) ? clientId : undefined,
    method,
    path: template,
    status,
    ms: Math.round(performance.now() - started),
    company: company?.id,
    token: token?.prefix,
    member: member?.id,
    network: coarse(address) ?? undefined,
    code,
    error: error === undefined ? undefined : describeFault(error),
  };
  if (status >= 500) log().error(line, kind);
  else log().info(line, kind);
}

/** Writes one line for bytes that are not a request. */
export function logBrokenRequest(line: { id: string; code: string; status: number; address: string }): void {
  const { id, address, ...rest } = line;
  log().info({ request_id: id, ...rest, network: coarse(address) ?? undefined }, "request");
}
