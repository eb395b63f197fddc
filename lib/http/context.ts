import type { Caller } from "#lib/db/caller";
import { describeFault } from "#lib/db/faults";
import { noteCall, type TokenCaller } from "#lib/db/token-usage";
import { newId } from "#lib/format/ids";
import { coarse, networkOf, widerNetworkOf } from "#lib/http/address";
import { arrivalOf } from "#lib/http/arrival";
import { unavailable } from "#lib/http/errors";
import { targetOf } from "#lib/http/head";
import { log } from "#lib/http/log";
import type { Quota } from "#lib/http/rate-limit";
import type { Permission } from "#lib/vocabulary";

/** Every request is answered within this time, even if the database hangs. */
const deadlineMs = 10_000;

/** What every step knows about a request. The log line and the response headers are built from it. */
export type RequestContext = {
  id: string;
  kind: "request" | "page";
  method: string;
  /** The path template, such as `/api/v1/contacts/{id}`. */
  template: string;
  address: string;
  /** The network that the address is limited by, and the one that it shares a bucket with when there are too many. */
  network: string;
  widerNetwork: string;
  userAgent: string | null;
  /** The caller's own ID for the request. */
  clientId?: string | null;
  started: number;
  deadline: AbortSignal;
  /** What remains of the quotas that the request took from. */
  quotas: Quota[];
  company?: { id: string };
  /** The member, if the caller is a session. */
  member?: { id: string };
  /** `expires_at` is known once the token has authenticated; null if it never expires. */
  token?: { prefix: string; expires_at?: Date | null };
  /** The endpoint's permission. */
  permission?: Permission | null;
  /** The token that the request is counted for, with its caller if it authenticated. */
  counted?: TokenCaller & { caller?: Caller };
  code?: string;
};

/** The context of a request that our own code answers. Next renders pages. */
export type HttpContext = RequestContext & {
  request: Request;
  url: URL;
  /** The bytes of its body in memory. */
  held: number;
};

type Known = Pick<RequestContext, "kind" | "method" | "template" | "address" | "userAgent" | "clientId">;

/** Requests of the same tenth of a second share a deadline, since a timer for each costs more than all they share. */
const slotMs = 100;
let shared: { slot: number; signal: AbortSignal } | undefined;

function deadlineOf(now: number): AbortSignal {
  const slot = Math.floor(now / slotMs);
  if (shared?.slot !== slot) shared = { slot, signal: AbortSignal.timeout(deadlineMs) };
  return shared.signal;
}

export function newContext(known: Known): RequestContext {
  return {
    ...known,
    id: newId("req"),
    network: networkOf(known.address),
    widerNetwork: widerNetworkOf(known.address),
    started: performance.now(),
    deadline: deadlineOf(performance.now()),
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

/** Waits for work until the deadline, then throws `unavailable` and ignores the outcome of the work. */
export async function beforeDeadline<T>({ deadline }: Pick<RequestContext, "deadline">, work: Promise<T>): Promise<T> {
  const { promise, reject } = Promise.withResolvers<never>();
  const late = () => reject(unavailable("RepDesk could not answer in time. Repeat the request in a few seconds."));
  deadline.addEventListener("abort", late, { once: true });
  try {
    return await Promise.race([work, promise]);
  } finally {
    deadline.removeEventListener("abort", late);
  }
}

/** Logs a request, and counts it for the token that made it. The path is the template, so no values from the URL are kept. */
export function recordRequest(context: RequestContext, status: number, error?: unknown): void {
  logRequest(context, status, error);
  countCall(context, status);
}

function logRequest(context: RequestContext, status: number, error: unknown): void {
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

function countCall({ id, method, template: path, started, code, permission, counted }: RequestContext, status: number) {
  if (!counted) return;
  const at = Math.round(Date.now() - (performance.now() - started));
  const also = counted.caller?.alsoNeeded;
  const needed = also ? [permission, ...also].join(" ") : (permission ?? "");
  noteCall(counted, { id, at, method, path, status, code, needed });
}

/** Logs bytes that aren't a valid request. */
export function logBrokenRequest(line: { id: string; code: string; status: number; address: string }): void {
  const { id, address, ...rest } = line;
  log().info({ request_id: id, ...rest, network: coarse(address) ?? undefined }, "request");
}
