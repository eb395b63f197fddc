import { AppError } from "#lib/errors";
import { acceptPatch } from "#lib/http/body";
import { corsHeaders } from "#lib/http/cors";
import { byMethod, type Method, reject, rejectMethod } from "#lib/http/methods";
import { handle } from "#lib/http/pipeline";
import type { Served } from "#lib/http/serve";

type Handler = Served["handle"];

/** The handlers of one path, as a route file exports them. Each has the list of methods that the path allows. */
export type Route = Record<Method, Handler & { allow: string }>;

/** The handlers of one path: the given methods, HEAD, OPTIONS, and 405 with `Allow` for all others. */
export function resource(...served: Served[]): Route {
  const handlers = new Map(served.map((entry) => [entry.contract.method as string, entry.handle]));
  const get = handlers.get("GET");
  const others = [...handlers.keys()].filter((method) => method !== "GET");
  const allow = [...(get ? ["GET", "HEAD"] : []), ...others, "OPTIONS"].join(", ");
  const template = `/api/v1${served[0]?.contract.path ?? ""}`;

  const rejectOthers: Handler = (request) => rejectMethod(request, template, allow);
  const options: Handler = (request) =>
    handle(request, template, async () => {
      const patch: Record<string, string> = handlers.has("PATCH") ? { "Accept-Patch": acceptPatch } : {};
      return new Response(null, { status: 204, headers: { Allow: allow, ...patch } });
    });
  const head: Handler | undefined = get && (async (request, context) => withoutBody(await get(request, context)));

  return route(allow, (method) => {
    if (method === "OPTIONS") return options;
    return (method === "HEAD" ? head : handlers.get(method)) ?? rejectOthers;
  });
}

/** The handlers for every path below `/api` that isn't an endpoint. */
export function nowhere(): Route {
  const detail = "There is no such endpoint. Paths are lower case, below /api/v1, without a trailing slash.";
  return route("GET", () => (request) => reject(request, "/api/*", new AppError("route_not_found", detail)));
}

/** HEAD: the same response without its body (RFC 9110, 9.3.2). */
function withoutBody(response: Response): Response {
  return new Response(null, { status: response.status, headers: response.headers });
}

function route(allow: string, handlerOf: (method: Method) => Handler): Route {
  return byMethod((method) => {
    const handler = handlerOf(method);
    const readable: Handler = async (request, context) => withCors(request, await handler(request, context), allow);
    return Object.assign(readable, { allow });
  });
}

function withCors(request: Request, response: Response, allowed: string): Response {
  for (const [name, value] of Object.entries(corsHeaders(request, allowed))) response.headers.set(name, value);
  return response;
}
