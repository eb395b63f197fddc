import { acceptPatch } from "#lib/http/body";
import { corsHeaders } from "#lib/http/cors";
import { Refusal } from "#lib/http/problem";
import { type Served, within } from "#lib/http/serve";

type Handler = (request: Request, context: { params: Promise<Record<string, string | string[]>> }) => Promise<Response>;
export const methods = ["GET", "HEAD", "OPTIONS", "POST", "PUT", "PATCH", "DELETE"] as const;
export type Method = (typeof methods)[number];

/** The handlers of one path, as a route file exports them. Each knows which methods the path allows. */
export type Route = Record<Method, Handler & { allow: string }>;

/** The handlers of one path: each method that is served, HEAD and OPTIONS besides, and 405 with `Allow` for all others. */
export function resource(...served: Served[]): Route {
  const byMethod = new Map(served.map((entry) => [entry.contract.method as string, entry]));
  const get = byMethod.get("GET");
  const allow = [
    ...(get ? ["GET", "HEAD"] : []),
    ...[...byMethod.keys()].filter((method) => method !== "GET"),
    "OPTIONS",
  ].join(", ");
  const template = `/api/v1${served[0]?.contract.path ?? ""}`;

  const refuse: Handler = (request) => refuseMethod(request, template, allow);
  const options: Handler = (request) =>
    within(request, template, async () => {
      const patch: Record<string, string> = byMethod.has("PATCH") ? { "Accept-Patch": acceptPatch } : {};
      return new Response(null, { status: 204, headers: { Allow: allow, ...patch } });
    });

  return table(allow, (method) => {
    if (method === "OPTIONS") return options;
    if (method === "HEAD")
      return get ? async (request, context) => withoutBody(await get.handle(request, context)) : refuse;
    return byMethod.get(method)?.handle ?? refuse;
  });
}

/** The answer for any path below `/api` that is no endpoint, whatever the method. */
export function nowhere(): Route {
  return table(
    "GET",
    () => (request) =>
      within(request, "/api/*", async () => {
        throw new Refusal(
          "route_not_found",
          "There is no such endpoint. Paths are lower case, below /api/v1, without a trailing slash.",
        );
      }),
  );
}

/** 405 for a method that the path does not take. */
export function refuseMethod(request: Request, template: string, allow: string): Promise<Response> {
  return within(request, template, async () => {
    throw new Refusal("method_not_allowed", `${request.method} is not allowed here. Allowed: ${allow}.`, {
      headers: { Allow: allow },
    });
  });
}

/** HEAD: the same answer without its body (RFC 9110, 9.3.2). */
function withoutBody(response: Response): Response {
  return new Response(null, { status: response.status, headers: response.headers });
}

function table(allow: string, handlerOf: (method: Method) => Handler): Route {
  const readable =
    (handler: Handler): Handler =>
    async (request, context) =>
      withCors(request, await handler(request, context), allow);
  return Object.fromEntries(
    methods.map((method) => [method, Object.assign(readable(handlerOf(method)), { allow })]),
  ) as Route;
}

function withCors(request: Request, response: Response, allowed: string): Response {
  for (const [name, value] of Object.entries(corsHeaders(request, allowed))) response.headers.set(name, value);
  return response;
}
