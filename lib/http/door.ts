import type { z } from "zod";
import { type SessionCookie, setCookies } from "#lib/auth/cookie";
import { deviceCookie } from "#lib/auth/device";
import { AuthRefusal, AuthUnavailable, type RefusalReason } from "#lib/auth/errors";
import { credentialOf } from "#lib/auth/request";
import type { Outcome } from "#lib/auth/sessions";
import type { ErrorCode } from "#lib/contract/errors";
import { doorAnswer } from "#lib/contract/session";
import { noteActivity } from "#lib/http/activity";
import { readBody, requireJson } from "#lib/http/body";
import { type Exchange, unavailable } from "#lib/http/exchange";
import { readFields } from "#lib/http/input";
import { parseJson } from "#lib/http/json";
import { requireSameOrigin } from "#lib/http/origin";
import { requirePlainRequest } from "#lib/http/plain-request";
import { problem, Refusal } from "#lib/http/problem";
import { refreshLimit } from "#lib/http/refresh-limit";
import { type Method, methods } from "#lib/http/resource";
import { within } from "#lib/http/serve";
import { type Tries, triesAt } from "#lib/http/sign-in-limit";

type Door<S extends z.ZodType | undefined> = {
  /** Names it in limits and logs: `sign-in` is `/auth/sign-in`. */
  name: string;
  /** Omitted where nothing is sent but the cookie. */
  input?: S;
  /** `all` tries use up the limits, or only `failed` ones. Ending a session has a wider limit. */
  limits: "all" | "failed" | "ending";
  /** Only for people who are signed in, and limited by person too. */
  session?: boolean;
  work: (
    headers: Headers,
    input: S extends z.ZodType ? z.output<S> : undefined,
    limitRefresh: (session: string) => Promise<void>,
  ) => Promise<Outcome>;
};

type Handler = (request: Request) => Promise<Response>;

/** One of the app's own doors to the sign-in service: JSON POST, from our own pages only, limited by network and by e-mail. */
export function door<S extends z.ZodType | undefined = undefined>(plan: Door<S>): Record<Method, Handler> {
  const template = `/auth/${plan.name}`;
  const refuse: Handler = (request) =>
    within(request, template, async () => {
      throw new Refusal("method_not_allowed", `${request.method} is not allowed here. Allowed: POST.`, {
        headers: { Allow: "POST" },
      });
    });
  const post: Handler = (request) => within(request, template, (exchange) => pass(exchange, plan));
  return Object.fromEntries(methods.map((method) => [method, method === "POST" ? post : refuse])) as Record<
    Method,
    Handler
  >;
}

/** The answer for every other path below `/auth`: JSON, as from the doors. */
export function noDoor(): Record<Method, Handler> {
  const handler: Handler = (request) =>
    within(request, "/auth/*", async () => {
      throw new Refusal("route_not_found", "Nothing is here. People sign in at /sign-in.");
    });
  return Object.fromEntries(methods.map((method) => [method, handler])) as Record<Method, Handler>;
}

/** Leads a link that points at a door to the page that uses it. */
export function leadTo(name: string, page: string): Handler {
  return (request) =>
    within(
      request,
      `/auth/${name}`,
      async ({ url }) => new Response(null, { status: 303, headers: { Location: page + url.search } }),
    );
}

async function pass<S extends z.ZodType | undefined>(exchange: Exchange, plan: Door<S>): Promise<Response> {
  const { request, url } = exchange;
  requirePlainRequest(request, url);
  requireSameOrigin(request.headers);
  const tries = triesAt(plan.name, exchange, plan.limits === "ending" ? "sign_out_network" : "sign_in_network");
  await tries.takeNetwork();
  if (plan.session) await tries.takePerson({ user_id: await personOf(request.headers) });
  const input = await readInput(exchange, plan.input);
  if (hasEmail(input)) await tries.takePerson({ email: input.email });
  try {
    const { state, cookies, email, activity } = await plan.work(
      request.headers,
      input as Parameters<Door<S>["work"]>[1],
      refreshLimit(exchange),
    );
    noteActivity(exchange, activity);
    if (plan.limits === "failed") await tries.giveBack();
    const device = email ? [deviceCookie(request.headers, email)] : [];
    return withCookies(Response.json(doorAnswer.encode({ state })), [...cookies, ...device]);
  } catch (error) {
    return await failed(exchange, tries, error);
  }
}

/** The answer to a try that came to nothing. Only one that the sign-in service rejected counts. */
async function failed(exchange: Exchange, tries: Tries, error: unknown): Promise<Response> {
  const isRejected = error instanceof AuthRefusal && ["wrong_credentials", "bad_field"].includes(error.reason);
  if (!isRejected) await tries.giveBack();
  if (error instanceof AuthUnavailable) throw unavailable(error.detail, `${error.message}: ${String(error.cause)}`);
  if (!(error instanceof AuthRefusal)) throw error;
  noteActivity(exchange, error.activity);
  const refusal = refusalOf(error);
  exchange.code = refusal.code;
  return withCookies(problem({ id: exchange.id, instance: exchange.url.pathname }, refusal), error.cookies);
}

async function personOf(headers: Headers): Promise<string> {
  // As the door itself does, by the cookie alone: otherwise the tries at one person could be charged to another.
  const presented = await credentialOf(new Headers({ cookie: headers.get("cookie") ?? "" }));
  if (presented.kind !== "session") throw new Refusal("unauthenticated", "Sign in first.");
  return presented.user_id;
}

async function readInput(exchange: Exchange, schema: z.ZodType | undefined): Promise<unknown> {
  const bytes = await readBody(exchange);
  if (schema === undefined && bytes.byteLength === 0) return undefined;
  requireJson(exchange.request.headers);
  const body = parseJson(bytes);
  return schema === undefined ? undefined : readFields({ body: schema }, body);
}

function hasEmail(input: unknown): input is { email: string } {
  return typeof input === "object" && input !== null && "email" in input && typeof input.email === "string";
}

function withCookies(response: Response, cookies: readonly SessionCookie[]): Response {
  setCookies(response.headers, cookies);
  return response;
}

const codes: Record<RefusalReason, ErrorCode> = {
  wrong_credentials: "unauthenticated",
  bad_field: "validation_failed",
  too_many: "rate_limited",
  session_over: "session_invalid",
  half_done: "unavailable",
};

function refusalOf({ reason, detail, field }: AuthRefusal): Refusal {
  const fault = { pointer: `#/${field}`, code: "invalid_format", detail } as const;
  return new Refusal(codes[reason], detail, {
    ...(field && { errors: [fault] }),
    ...(reason === "too_many" && { headers: { "Retry-After": "60" } }),
  });
}
