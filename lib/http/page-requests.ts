import { subscribe } from "node:diagnostics_channel";
import type { IncomingMessage, ServerResponse } from "node:http";
import { describeFault } from "#lib/db/faults";
import { processWide } from "#lib/format/process-wide";
import { addressIn } from "#lib/http/arrival";
import { logRequest, newContext, type RequestContext } from "#lib/http/context";
import { log } from "#lib/http/log";
import { reservedSlugs } from "#lib/vocabulary";

/** Page requests: Next renders them, so no function of ours spans one. Their contexts wait here while they are being answered. */
const running = processWide("http.page-requests", () => new Map<string, RequestContext>());

/** The header that carries a page's request id from Node's server to the proxy and the page. A caller's own is overwritten. */
const idHeader = "x-repdesk-page";

/** Opens a context for every page request, and logs it when its response has been sent. Called once, when the server starts. */
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
      logRequest(context, response.headersSent ? response.statusCode : 499);
    });
  });
}

/** The context of a page by its headers. A page that nobody waits for any more gets one of its own. */
export function contextOfPage(headers: Headers): RequestContext {
  return running.get(headers.get(idHeader) ?? "") ?? contextFor("GET", "", addressIn(headers));
}

/** Logs why a page failed. Its digest is the request id that the person sees. */
export function logPageFault(error: unknown, page: { method: string; path: string }): void {
  const { digest } = error as { digest?: string };
  const fault = { request_id: digest, ...page, status: 500, code: "internal_error", error: describeFault(error) };
  log().error(fault, "page failed");
}

function contextFor(method: string, template: string, address: string): RequestContext {
  return newContext({ kind: "page", method, template, address, userAgent: null });
}

/** The same paths as the matcher in `proxy.ts`. */
function isPage(path: string): boolean {
  return !/^\/(?:api|auth)(?:\/|$)|^\/_next\/static\/|^\/(?:favicon\.ico|icon\.svg|apple-icon\.png)$/.test(path);
}

const words = new Set([...reservedSlugs, "api-tokens", "api-errors", "api-token-public-api", "sign-ins"]);

/** A path without what people put into it: `/[company]/contacts/[id]`. */
function templateOf(path: string): string {
  const parts = path.split("/").slice(1, 8);
  return `/${parts.map((part, index) => (words.has(part) || part === "" ? part : index === 0 ? "[company]" : "[id]")).join("/")}`;
}
