import type { z } from "zod";
import { setCookies } from "#lib/auth/cookie";
import { deviceCookie } from "#lib/auth/device";
import { credentialOf } from "#lib/auth/request";
import type { Outcome } from "#lib/auth/sessions";
import { signInAnswer } from "#lib/contract/session";
import { AppError, isAppError } from "#lib/errors";
import { noteActivity } from "#lib/http/activity";
import type { Admission } from "#lib/http/admission";
import { readBody, requireJson } from "#lib/http/body";
import type { HttpContext } from "#lib/http/context";
import { requireNoTokensInBody } from "#lib/http/exposed-tokens";
import { readFields } from "#lib/http/input";
import { parseJson } from "#lib/http/json";
import { byMethod, type Method, reject, rejectMethod } from "#lib/http/methods";
import { requireSameOrigin } from "#lib/http/origin";
import { admitted, handle, perform } from "#lib/http/pipeline";
import { requirePlainRequest } from "#lib/http/plain-request";
import { refreshLimit } from "#lib/http/refresh-limit";
import { type Tries, triesAt } from "#lib/http/sign-in-limit";

type Plan<Input> = {
  /** Its name in limits and logs: `sign-in` is `/auth/sign-in`. */
  name: string;
  /** Omitted if the request has only the cookie. */
  input?: z.ZodType<Input>;
  /** Whether `all` tries count toward the limits, or only `failed` ones. Ending a session has a higher limit. */
  limits: "all" | "failed" | "ending";
  /** Requires a session, and is also limited by person. */
  session?: boolean;
  work(headers: Headers, input: Input, limitRefresh: (session: string) => Promise<void>): Promise<Outcome>;
};

type Handler = (request: Request) => Promise<Response>;

const passwords = ["password", "current_password"];

/** Anyone may call a sign-in endpoint. It needs no company and no transaction. */
const contract = { auth: "none", permission: null } as const;

/** A sign-in endpoint: a JSON POST, only from our own pages, limited by network and by email address. */
export function signInEndpoint<Input = undefined>(plan: Plan<Input>): Record<Method, Handler> {
  const template = `/auth/${plan.name}`;
  const post: Handler = (request) => handle(request, template, (context) => run(context, plan));
  return byMethod((method) => (method === "POST" ? post : (request) => rejectMethod(request, template, "POST")));
}

/** The response for every other path below `/auth`. */
export function noSignInEndpoint(): Record<Method, Handler> {
  const error = new AppError("route_not_found", "There is no such endpoint. Sign in at /sign-in.");
  return byMethod(() => (request) => reject(request, "/auth/*", error));
}

/** Redirects a link to a sign-in endpoint to the page that uses it. */
export function redirectToPage(name: string, page: string): Handler {
  return (request) =>
    handle(request, `/auth/${name}`, async ({ url }) => {
      return new Response(null, { status: 303, headers: { Location: page + url.search } });
    });
}

async function run<Input>(context: HttpContext, plan: Plan<Input>): Promise<Response> {
  const { request, url } = context;
  requirePlainRequest(request, url);
  const tries = triesAt(plan.name, context, plan.limits === "ending" ? "sign_out_network" : "sign_in_network");
  const entry = { admit: () => admit(request.headers, tries, plan.session), readBody: () => readBody(context) };
  return admitted(context, entry, (_call, bytes) =>
    perform(contract, undefined, {
      readInput: () => readInput(request, plan.input, bytes) as Input,
      verb: async (input) => {
        if (hasEmail(input)) await tries.takePerson({ email: input.email });
        const outcome = await attempt(tries, () => plan.work(request.headers, input, refreshLimit(context)));
        noteActivity(context, outcome.activity);
        if (plan.limits === "failed" && !outcome.error) await tries.giveBack();
        return outcome;
      },
      encode: (outcome) => respond(request, outcome),
    }),
  );
}

async function admit(headers: Headers, tries: Tries, needsSession = false): Promise<Admission> {
  requireSameOrigin(headers);
  await tries.takeNetwork();
  if (needsSession) await tries.takePerson({ user_id: await personOf(headers) });
  return { credential: null, settle: async () => {} };
}

/** Uses the cookie alone, as the work does. Otherwise, tries against one person could be charged to another. */
async function personOf(headers: Headers): Promise<string> {
  const presented = await credentialOf(new Headers({ cookie: headers.get("cookie") ?? "" }));
  if (presented.kind !== "session") throw new AppError("unauthenticated", "Sign in first.");
  return presented.user_id;
}

/** Gives the try back if the work failed for a reason other than the person's input. */
async function attempt(tries: Tries, work: () => Promise<Outcome>): Promise<Outcome> {
  const settle = async (error: unknown) => {
    if (!isAppError(error, "unauthenticated", "validation_failed")) await tries.giveBack();
  };
  try {
    const outcome = await work();
    if (outcome.error) await settle(outcome.error);
    return outcome;
  } catch (error) {
    await settle(error);
    throw error;
  }
}

/** Throws the error of the outcome, if there is one, with its cookies. */
function respond({ headers }: Request, { state, cookies, email, error }: Outcome): Response {
  if (error) {
    const sent = new Headers(error.extra.headers);
    setCookies(sent, cookies);
    throw new AppError(error.code, error.detail, { ...error.extra, headers: sent });
  }
  const response = Response.json(signInAnswer.encode({ state }));
  setCookies(response.headers, email ? [...cookies, deviceCookie(headers, email)] : cookies);
  return response;
}

/** The fields of the body; empty if the plan has no input. */
function readInput({ headers }: Request, schema: z.ZodType | undefined, bytes: Uint8Array | null): unknown {
  if (schema === undefined && !bytes?.byteLength) return undefined;
  requireJson(headers);
  const body = parseJson(bytes ?? new Uint8Array());
  if (bytes) requireNoTokensInBody(bytes, body, passwords);
  return schema === undefined ? undefined : readFields({ body: schema }, body);
}

function hasEmail(input: unknown): input is { email: string } {
  return typeof input === "object" && input !== null && "email" in input && typeof input.email === "string";
}
