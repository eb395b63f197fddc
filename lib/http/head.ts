import { subscribe } from "node:diagnostics_channel";
import type { IncomingMessage } from "node:http";
import { arrivalOf, markArrival } from "#lib/http/arrival";

/** More query parameters, and more cookies, than any request of ours has. */
const mostParts = 100;
/** Longer than the name of any browser. */
const longestClientName = 512;

/**
 * Bounds each request's head before Next sees it. Next takes time by the square of the number of query parameters and cookies and of
 * the length of `User-Agent`: seconds, for what fits into a request. Called once, when the server starts.
 */
export function boundHeads(): void {
  subscribe("http.server.request.start", (message) => boundHead((message as { request: IncomingMessage }).request));
}

export function boundHead(request: Pick<IncomingMessage, "url" | "headers">): void {
  const { url = "", headers } = request;
  const start = url.indexOf("?");
  const query = start === -1 ? "" : url.slice(start);
  markArrival(request, { query });
  // A page does without such a query. The API reads it from the header and says what is wrong with it.
  if (hasMore(query, "&")) request.url = url.slice(0, start);
  if (headers.cookie && hasMore(headers.cookie, ";")) headers.cookie = ownCookies(headers.cookie);
  if (headers["user-agent"]) headers["user-agent"] = headers["user-agent"].slice(0, longestClientName);
}

function hasMore(text: string, separator: string): boolean {
  return text.split(separator, mostParts + 1).length > mostParts;
}

/** The names of all our cookies have `repdesk-` in them; the others are of other programs on the same host. */
function ownCookies(cookie: string): string {
  const own = cookie.split(";").filter((part) => /^\s*(?:__Host-)?repdesk-/.test(part));
  return own.slice(0, mostParts).join(";");
}

/**
 * The URL that was asked for, with its query as it was sent. Next writes the query anew, without parameters that are named
 * `__proto__`, like a parameter of the route, or like Next's own (`nxtP…`).
 */
export function targetOf(request: Request): URL {
  const url = new URL(request.url);
  url.search = arrivalOf(request).query;
  return url;
}
