import { subscribe } from "node:diagnostics_channel";
import type { IncomingMessage, ServerResponse } from "node:http";
import { describeFault } from "#lib/db/faults";
import { processWide } from "#lib/format/process-wide";
import { addressIn } from "#lib/http/arrival";
import { beforeDeadline, newContext, type RequestContext, recordRequest } from "#lib/http/context";
import { toAppError } from "#lib/http/errors";
import { log } from "#lib/http/log";
import { reservedSlugs } from "#lib/vocabulary";

/** The contexts of running page requests. Next renders pages, so no function of ours spans such a request. */
const running = processWide("http.page-requests", () => new Map<string, RequestContext>());

/** Carries a page's request ID from Node's server to the proxy and the page. Overwrites the caller's own header. */
const idHeader = "x-repdesk-page";

/** Opens a context for every page request, and logs it when the response has been sent. Called once, when the server starts. */
export function watchPages(): void {
  subscribe("http.server.request.start", (message) => {
    const { request, response } = message as { request: IncomingMessage; response: ServerResponse };
    const path = (request.url ?? "").split("?")[0] as string;
    if (!isPage(path)) return;
    const address = String(request.headers["x-repdesk-address"]);
    const context = contextFor(request.method ?? "", templateOf(path), address);
    request.headers[idHeader] = context.id;
    running.set(context.id, context);
    response.once("close", () => {
      running.delete(context.id);
      recordRequest(context, response.headersSent ? response.statusCode : 499);
    });
  });
}

/** The context of a page, by its headers. A page whose request is over gets a new one. */
export function contextOfPage(headers: Headers): RequestContext {
  return running.get(headers.get(idHeader) ?? "") ?? contextFor("GET", "", addressIn(headers));
}

/** Logs why a page failed. The digest is the request ID that the person sees. */
export function logPageFault(error: unknown, page: { method: string; path: string }): void {
  const { digest } = error as { digest?: string };
  const fault = { request_id: digest, ...page, status: 500, code: "internal_error", error: describeFault(error) };
  log().error(fault, "page failed");
}

/** How long a public page waits for what it can do without. */
const patienceMs = 2_000;

/** Waits for what a public page can do without, but not for long. If it doesn't come, logs why and returns null. */
export async function orNothing<T>(context: RequestContext, work: Promise<T>): Promise<T | null> {
  try {
    return await beforeDeadline({ deadline: AbortSignal.timeout(patienceMs) }, work);
  } catch (error) {
    const { id: request_id, method, template: path } = context;
    const { code } = toAppError(error);
    log().error({ request_id, method, path, code, error: describeFault(error) }, "page shown as to a stranger");
    return null;
  }
}

function contextFor(method: string, template: string, address: string): RequestContext {
  return newContext({ kind: "page", method, template, address, userAgent: null });
}

/** The same paths as the matcher in `proxy.ts`. */
function isPage(path: string): boolean {
  return !/^\/(?:api|auth)(?:\/|$)|^\/_next\/static\/|^\/(?:favicon\.ico|icon\.svg|apple-icon\.png|robots\.txt|sitemap\.xml)$/.test(
    path,
  );
}

const words = new Set([...reservedSlugs, "api-tokens", "api-errors", "api-token-public-api", "sign-ins"]);

/** A path without names and IDs: `/[company]/contacts/[id]`. */
function templateOf(path: string): string {
  const parts = path.split("/").slice(1, 8);
  return `/${parts.map((part, index) => (words.has(part) || part === "" ? part : index === 0 ? "[company]" : "[id]")).join("/")}`;
}
