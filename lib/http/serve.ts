import { takesIfMatch } from "#lib/contract/answers";
import type { Endpoint, InputOf, ResultOf } from "#lib/contract/endpoint";
import type { Fault } from "#lib/contract/errors";
import type { Caller, Principal, Tx } from "#lib/db/company";
import { admitAnyone, admitCaller } from "#lib/http/admission";
import { readBody, requireJson } from "#lib/http/body";
import type { HttpContext } from "#lib/http/context";
import { ifMatch } from "#lib/http/etag";
import { onlyOnce } from "#lib/http/idempotency";
import { readForm, readParams, readQuery } from "#lib/http/input";
import { parseJson } from "#lib/http/json";
import { admitted, type Call, handle, perform } from "#lib/http/pipeline";
import { requirePlainRequest } from "#lib/http/plain-request";
import { badFields } from "#lib/http/problem";
import { count, take } from "#lib/http/rate-limit";
import { respond, type Wanted } from "#lib/http/response";

/** What an endpoint does: in one company, for a user, or, without authentication, for anyone. */
export type Verb<E extends Endpoint> = E extends { auth: "none" }
  ? (input: InputOf<E>) => Promise<ResultOf<E>>
  : E extends { company: "required" }
    ? (tx: Tx, principal: Principal, input: InputOf<E>) => Promise<ResultOf<E>>
    : (tx: Tx, caller: Caller, input: InputOf<E>) => Promise<ResultOf<E>>;

/** Faults that only the database can find, such as a dangling reference, in the fields that are otherwise valid. */
export type Check<E extends Endpoint> = (tx: Tx, principal: Principal, input: Partial<InputOf<E>>) => Promise<Fault[]>;

type AnyVerb = (...parts: unknown[]) => Promise<unknown>;
type AnyCheck = (tx: Tx, caller: Caller, input: object) => Promise<Fault[]>;
type Params = Record<string, string | string[]>;
type Route = { contract: Endpoint; verb: AnyVerb; check: AnyCheck };

export type Served = {
  contract: Endpoint;
  handle: (request: Request, context: { params: Promise<Params> }) => Promise<Response>;
};

/**
 * Binds a contract to its verb. With a check, the response to an invalid body also lists the faults that the verb would find.
 */
export function serve<E extends Endpoint>(contract: E, verb: Verb<E>, check?: Check<E>): Served {
  const route = { contract, verb: verb as AnyVerb, check: (check ?? (async () => [])) as AnyCheck };
  return {
    contract,
    handle: (request, { params }) =>
      handle(request, `/api/v1${contract.path}`, async (context) => run(context, route, await params)),
  };
}

async function run(context: HttpContext, route: Route, params: Params): Promise<Response> {
  const { contract, verb } = route;
  const { request, url } = context;
  requirePlainRequest(request, url);
  const entry = {
    admit: () =>
      contract.auth === "none" ? admitAnyone(context, contract.unlimited ? count : take) : admitCaller(context),
    readBody: contract.body && (() => readBody(context)),
    company: request.headers.get("repdesk-company")?.trim() || null,
    need: contract.company,
    read_only: contract.method === "GET",
  };
  return admitted(context, entry, (call, bytes) =>
    perform(contract, call?.caller, {
      readInput: () => readInput(context, route, params, call, bytes),
      verb: ({ input }) => (call ? verb(call.tx, call.caller, input) : verb(input)),
      encode: (result, { wanted }) => respond(context, contract, result, wanted),
      once: call ? (rest) => onlyOnce(context, contract, call, bytes, rest) : undefined,
    }),
  );
}

/** Path, query, body, and If-Match as one flat input, and what the query selects. */
async function readInput(
  { request, url }: HttpContext,
  { contract, check }: Route,
  path: Params,
  call: Call | null,
  bytes: Uint8Array | null,
): Promise<{ input: object; wanted: Wanted }> {
  const params = readParams(contract, path);
  const query = readQuery(contract, url.search);
  const { fields, faults } = bytes === null ? { fields: {}, faults: [] } : readForm(contract, json(request, bytes));
  if (faults.length > 0) {
    const others = call ? await check(call.tx, call.caller, { ...params, ...fields }) : [];
    throw badFields([...faults, ...others]);
  }
  const version = takesIfMatch(contract) ? { if_version: ifMatch(request.headers) } : {};
  return { input: { ...params, ...query, ...fields, ...version }, wanted: query as Wanted };
}

function json({ headers, method }: Request, bytes: Uint8Array): unknown {
  requireJson(headers, method);
  return parseJson(bytes);
}
