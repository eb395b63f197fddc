import { subscribe } from "node:diagnostics_channel";
import type { IncomingMessage, ServerResponse } from "node:http";
import { newId } from "#lib/format/ids";
import { logPage } from "#lib/http/exchange";
import { reservedSlugs } from "#lib/vocabulary";

/** Page requests that are being answered: what their log lines are made of. Next renders pages, so no function of ours spans one. */
type PageRequest = { id: string; started: number; member?: string; company?: string; code?: string };

/** The header that carries a page's request id from Node's server to the proxy and the page. A caller's own is overwritten. */
export const pageIdHeader = "x-repdesk-page";

/** One per process: Next bundles pages, routes and instrumentation separately. A request leaves when its response closes. */
const shared = globalThis as { [key: symbol]: unknown };
const place = Symbol.for("repdesk.http.page-requests");
shared[place] ??= new Map();
const running = shared[place] as Map<string, PageRequest>;

/** Adds to the log line of a page that is being made, while it is. */
export function notePage(id: string, more: Omit<Partial<PageRequest>, "id" | "started">): void {
  const page = running.get(id);
  if (page) Object.assign(page, more);
}

/** Gives every page request an id, and logs a line when its answer has gone out. Called once, when the server starts. */
export function watchPages(): void {
  subscribe("http.server.request.start", (message) => {
    const { request, response } = message as { request: IncomingMessage; response: ServerResponse };
    const path = (request.url ?? "").split("?")[0] as string;
    if (!isPage(path)) return;
    const page: PageRequest = { id: newId("req"), started: performance.now() };
    request.headers[pageIdHeader] = page.id;
    const address = String(request.headers["x-repdesk-address"]);
    running.set(page.id, page);
    response.once("close", () => {
      running.delete(page.id);
      const { id, started, ...noted } = page;
      const status = response.headersSent ? response.statusCode : 499;
      logPage({ id, address, method: request.method ?? "", path: templateOf(path), status, started, ...noted });
    });
  });
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
