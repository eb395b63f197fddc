import type { IncomingMessage, RequestListener, Server, ServerResponse } from "node:http";
import { getRequestListener } from "@hono/node-server";
import { RESPONSE_ALREADY_SENT } from "@hono/node-server/utils/response";
import type { ErrorCode } from "#lib/contract/errors";
import { AppError } from "#lib/errors";
import { bindArrival } from "#lib/http/arrival";
import { answerBrokenRequests } from "#lib/http/broken-request";
import { compressed } from "#lib/http/compression";
import { type Method, methods, reject, rejectMethod } from "#lib/http/methods";
import { handle } from "#lib/http/pipeline";
import { nowhere, type Route } from "#lib/http/resource";
import { sendText } from "#lib/http/text-response";

/** The API's route files by their paths, as Next writes them: `/api/v1/contacts/[id]`. */
export type Routes = Readonly<Record<string, Route>>;

type Answer = (request: Request) => Promise<Response>;
type Found = { route: Route; params: Record<string, string>; template: string };

/**
 * Makes a server answer the API itself and pass everything else to `next`. Also answers, on any path, malformed requests to which Next
 * would respond with 500 or not at all.
 */
export function attachFront(server: Server, routes: Routes, next: RequestListener): void {
  const find = finder(routes);
  server.on("request", (incoming, outgoing) => {
    const answer = answerTo(incoming, find);
    if (answer) send(answer, incoming, outgoing);
    else next(incoming, outgoing);
  });
  server.on("checkExpectation", (incoming, outgoing) => {
    incoming.url = "/";
    send(
      rejecting("expectation_failed", "The Expect header accepts only 100-continue. Remove it."),
      incoming,
      outgoing,
    );
  });
  answerBrokenRequests(server);
}

function send(answer: Answer, incoming: IncomingMessage, outgoing: ServerResponse): void {
  // The caller chooses the Host header. Nothing here depends on it, since links are built from APP_URL.
  incoming.headers.host = "localhost";
  const listener = getRequestListener(
    async (request) => {
      bindArrival(request, incoming);
      const response = await compressed(request, await answer(request));
      return sendText(response, outgoing) ? RESPONSE_ALREADY_SENT : response;
    },
    // Next must keep the classes that it started with.
    { overrideGlobalObjects: false },
  );
  void listener(incoming, outgoing);
}

/** How to answer a request; undefined if Next does. Normalizes the path of the URL as in the URL Standard. */
function answerTo(incoming: IncomingMessage, find: (path: string) => Found): Answer | undefined {
  const target = readTarget(incoming.url ?? "");
  if (incoming.headers.host === undefined && incoming.httpVersion === "1.1") {
    incoming.url = "/";
    return rejecting("malformed_request", "The request has no Host header. HTTP/1.1 requires one.");
  }
  if (target === null) {
    const isServerWide = incoming.url === "*" && incoming.method === "OPTIONS";
    incoming.url = "/";
    return isServerWide
      ? serverOptions
      : rejecting("malformed_request", "The request target must be a path that begins with a slash, or an http URL.");
  }
  const { sent, path, query } = target;
  incoming.url = path + query;
  const [first, second] = path.split("/").filter(Boolean).map(decoded);
  if (first?.toLowerCase() === "api") return answerOfApi(incoming, find, target);
  if (first === "_next" && second === "data") return (request) => elsewhere.GET(request, noParams);
  if (!isMethod(incoming.method)) return (request) => rejectMethod(request, "/*", "GET, HEAD");
  // A path that can't be decoded is escaped, so that people see the page for what isn't found.
  incoming.url = (decoded(sent) === null ? sent.replaceAll("%", "%25") : sent) + query;
  return undefined;
}

type Target = { sent: string; path: string; query: string };

/** Splits a request target in origin-form or absolute-form (RFC 9112, 3.2); null for other forms. */
function readTarget(url: string): Target | null {
  const [origin = ""] = /^https?:\/\/[^/?#]*/i.exec(url) ?? [];
  const rest = url.slice(origin.length);
  if (!rest.startsWith("/") && origin === "") return null;
  const sent = rest.split(/[?#]/, 1)[0] || "/";
  return { sent, path: new URL(`http://localhost${sent}`).pathname, query: /\?[^#]*/.exec(rest)?.[0] ?? "" };
}

function answerOfApi(
  { method }: IncomingMessage,
  find: (path: string) => Found,
  { sent, path, query }: Target,
): Answer {
  if (decoded(path) === null) {
    return rejecting(
      "malformed_request",
      "The path has a percent sign that is not part of a UTF-8 character. Write a percent sign itself as %25.",
    );
  }
  const plain = sent.replace(/[\\/]+/g, "/").replace(/\/$/, "");
  if (plain !== sent) return redirect(plain + query);
  const { route, params, template } = find(path);
  if (!isMethod(method)) return (request) => rejectMethod(request, template, route.GET.allow);
  return (request) => route[method](request, { params: Promise.resolve(params) });
}

const elsewhere = nowhere();
const noParams = { params: Promise.resolve({}) };

/** Follows Next's rules: segments are compared as sent, fixed ones win over parameters, and parameters are decoded. */
function finder(routes: Routes): (path: string) => Found {
  const patterns = Object.entries(routes)
    .map(([path, route]) => ({ route, parts: path.split("/"), template: path.replace(/\[(\w+)\]/g, "{$1}") }))
    .sort((one, other) => one.template.split("{").length - other.template.split("{").length);
  return (path) => {
    const parts = path.split("/");
    const found = patterns.find(
      (pattern) =>
        pattern.parts.length === parts.length &&
        pattern.parts.every((part, index) => part === parts[index] || part.startsWith("[")),
    );
    if (!found) return { route: elsewhere, params: {}, template: "/api/*" };
    const params = found.parts.flatMap((part, index) =>
      part.startsWith("[") ? [[part.slice(1, -1), decodeURIComponent(parts[index] as string)]] : [],
    );
    return { ...found, params: Object.fromEntries(params) };
  };
}

function isMethod(method: string | undefined): method is Method {
  return (methods as readonly (string | undefined)[]).includes(method);
}

/** Null if it has bytes that aren't UTF-8. */
function decoded(text: string): string | null {
  try {
    return decodeURIComponent(text);
  } catch {
    return null;
  }
}

function rejecting(code: ErrorCode, detail: string): Answer {
  return (request) => reject(request, "*", new AppError(code, detail));
}

function redirect(location: string): Answer {
  return (request) =>
    handle(request, "/api/*", async () => new Response(location, { status: 308, headers: { Location: location } }));
}

const serverOptions: Answer = (request) =>
  handle(request, "*", async () => new Response(null, { status: 204, headers: { Allow: methods.join(", ") } }));
