import { takesIfMatch } from "#lib/contract/answers";
import type { Endpoint, InputOf, ResultOf } from "#lib/contract/endpoint";
import type { Fault } from "#lib/contract/errors";
import type { Rendered } from "#lib/contract/rendered";
import type { AtOnce, Caller, Found, Principal, Tx } from "#lib/db/company";
import { AppError } from "#lib/errors";
import { admitAnyone, admitCaller } from "#lib/http/admission";
import { readBody, requireJson } from "#lib/http/body";
import type { HttpContext } from "#lib/http/context";
import { ifMatch } from "#lib/http/etag";
import { notingExposed, requireNoTokensInBody } from "#lib/http/exposed-tokens";
import { inProgress, onlyOnce, reserving } from "#lib/http/idempotency";
import { readForm, readParams, readQuery } from "#lib/http/input";
import { parseJson } from "#lib/http/json";
import { admitted, type Call, handle, perform } from "#lib/http/pipeline";
import { requirePlainRequest } from "#lib/http/plain-request";
import { badFields } from "#lib/http/problem";
import { respond, type Wanted } from "#lib/http/response";

/** What an endpoint does: in one company, for a user, or, without authentication, for anyone. */
export type Verb<E extends Endpoint> = E extends { auth: "none" }
  ? (input: InputOf<E>, request_id: string) => Promise<ResultOf<E>>
  : E extends { company: "required" }
    ? (tx: Tx, principal: Principal, input: InputOf<E>) => Promise<ResultOf<E>>
    : (tx: Tx, caller: Caller, input: InputOf<E>) => Promise<ResultOf<E>>;

/** Faults that only the database can find, such as a dangling reference, in the fields that are otherwise valid. */
export type Check<E extends Endpoint> = (tx: Tx, principal: Principal, input: Partial<InputOf<E>>) => Promise<Fault[]>;

/** The same as the verb in one statement; null for input that takes more. */
export type ByOneStatement<E extends Endpoint> = (input: InputOf<E>) => AtOnce<ResultOf<E> | Rendered> | null;

type AnyVerb = (...parts: unknown[]) => Promise<unknown>;
type AnyCheck = (tx: Tx, caller: Caller, input: object) => Promise<Fault[]>;
type Params = Record<string, string | string[]>;
type AnyStatement = (input: object) => AtOnce<unknown> | null;
type Route = { contract: Endpoint; verb: AnyVerb; check: AnyCheck; atOnce: AnyStatement | undefined };

export type Served = {
  contract: Endpoint;
  handle: (request: Request, context: { params: Promise<Params> }) => Promise<Response>;
};

/** What an endpoint may have besides its verb. With a check, the response to an invalid body also lists the faults that the verb would find. */
type Also<E extends Endpoint> = { check?: Check<E>; atOnce?: ByOneStatement<E> };

/** Binds a contract to its verb. */
export function serve<E extends Endpoint>(contract: E, verb: Verb<E>, { check, atOnce }: Also<E> = {}): Served {
  const route: Route = {
    contract,
    verb: verb as AnyVerb,
    check: (check ?? (async () => [])) as AnyCheck,
    atOnce: atOnce as AnyStatement | undefined,
  };
  return {
    contract,
    handle: (request, { params }) =>
      handle(request, `/api/v1${contract.path}`, async (context) => run(context, route, await params)),
  };
}

async function run(context: HttpContext, route: Route, params: Params): Promise<Response> {
  const { contract, verb } = route;
  const { request, url } = context;
  context.permission = contract.permission;
  requirePlainRequest(request, url);
  const entry = {
    admit: () => (contract.auth === "none" ? admitAnyone(context, contract) : admitCaller(context)),
    readBody: contract.body && (() => readBody(context)),
    company: request.headers.get("repdesk-company")?.trim() || null,
    need: contract.company,
    read_only: contract.method === "GET",
    reserve: reserving(context, contract),
    atOnce: route.atOnce && (() => statementFor(context, route, params)),
  };
  const work = (call: Call | null, bytes: Uint8Array | null) =>
    perform(contract, call?.caller, {
      readInput: () => readInput(context, route, params, call, bytes),
      verb: ({ input }) => (call ? verb(call.tx, call.caller, input) : verb(input, context.id)),
      encode: (result, { wanted }) => respond(context, contract, result, wanted),
      once: call ? (rest) => onlyOnce(context, contract, call, bytes, rest) : undefined,
    });
  return admitted(context, entry, (call, bytes) =>
    // Strangers can't cause a lookup.
    call ? notingExposed(context.id, () => work(call, bytes)) : work(call, bytes),
  );
}

/** The request's only statement, if one is enough. Null for an invalid query, which the usual way reports. */
function statementFor(context: HttpContext, { contract, atOnce }: Route, path: Params) {
  try {
    const asked = askedIn(contract, path, context.url);
    const statement = atOnce?.(asked.input);
    if (!statement) return null;
    const work = (found: Found, caller: Caller) =>
      perform(contract, caller, {
        readInput: () => asked,
        verb: async () => statement.finish(found, caller),
        encode: (result, { wanted }) => respond(context, contract, result, wanted),
      });
    return { read: statement.read, work };
  } catch (error) {
    if (error instanceof AppError) return null;
    throw error;
  }
}

/** Path and query as one flat input, and what the query selects. */
function askedIn(contract: Endpoint, path: Params, url: URL): { input: object; wanted: Wanted } {
  const params = readParams(contract, path);
  const query = readQuery(contract, url.search);
  return { input: { ...params, ...query }, wanted: query as Wanted };
}

/** Path, query, body, and If-Match as one flat input, and what the query selects. */
async function readInput(
  { request, url }: HttpContext,
  { contract, check }: Route,
  path: Params,
  call: Call | null,
  bytes: Uint8Array | null,
): Promise<{ input: object; wanted: Wanted }> {
  const { input, wanted } = askedIn(contract, path, url);
  const { fields, faults } =
    bytes === null ? { fields: {}, faults: [] } : readForm(contract, json(request, bytes, contract));
  if (faults.length > 0) {
    // After a failed statement, the check can't ask the database.
    if ((await call?.reserved) === null) throw inProgress();
    const others = call ? await check(call.tx, call.caller, { ...input, ...fields }) : [];
    throw badFields([...faults, ...others]);
  }
  const version = takesIfMatch(contract) ? { if_version: ifMatch(request.headers) } : {};
  return { input: { ...input, ...fields, ...version }, wanted };
}

function json({ headers, method }: Request, bytes: Uint8Array, { takesTokens }: Endpoint): unknown {
  requireJson(headers, method);
  const body = parseJson(bytes);
  if (!takesTokens) requireNoTokensInBody(bytes, body);
  return body;
}
