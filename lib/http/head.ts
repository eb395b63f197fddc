import { subscribe } from "node:diagnostics_channel";
import type { IncomingMessage } from "node:http";
import { arrivalOf, markArrival } from "#lib/http/arrival";

/** More query parameters and cookies than any of our requests has. */
const mostParts = 100;
/** Longer than the name of any browser. */
const longestClientName = 512;

/**
 * Limits each request's head before Next sees it. Next's time grows with the square of the number of query parameters and cookies, and
 * of the length of `User-Agent`: seconds, for what fits into one request. Called once, when the server starts.
 */
export function boundHeads(): void {
  subscribe("http.server.request.start", (message) => boundHead((message as { request: IncomingMessage }).request));
}

export function boundHead(request: Pick<IncomingMessage, "url" | "headers">): void {
  const { url = "", headers } = request;
  const start = url.indexOf("?");
  const query = start === -1 ? "" : url.slice(start);
  markArrival(request, { query });
  // Pages ignore such a query. The API reads it from the header and reports what is wrong.
  if (hasMore(query, "&")) request.url = url.slice(0, start);
  if (headers.cookie && hasMore(headers.cookie, ";")) headers.cookie = ownCookies(headers.cookie);
  if (headers["user-agent"]) headers["user-agent"] = headers["user-agent"].slice(0, longestClientName);
}

function hasMore(text: string, separator: string): boolean {
  return text.split(separator, mostParts + 1).length > mostParts;
}

/** The names of our cookies contain `repdesk-`. Other cookies belong to other programs on the same host. */
function ownCookies(cookie: string): string {
  const own = cookie.split(";").filter((part) => /^\s*(?:__Host-)?repdesk-/.test(part));
  return own.slice(0, mostParts).join(";");
}

/**
 * The requested URL with its query as it was sent. Next rewrites the query and drops parameters named `__proto__`, like a route
 * parameter, or like Next's own (`nxtP…`).
 */
export function targetOf(request: Request): URL {
  const url = new URL(request.url);
  url.search = arrivalOf(request).query;
  return url;
}
