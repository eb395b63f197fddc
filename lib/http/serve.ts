import { takesIfMatch } from "#lib/contract/answers";
import type { Endpoint, InputOf, ResultOf } from "#lib/contract/endpoint";
import type { Fault } from "#lib/contract/errors";
import { type Caller, type Principal, proven, type Tx } from "#lib/db/company";
import { noteRefusal } from "#lib/http/activity";
import { type Asked, compose } from "#lib/http/answer";
import { readBody, releaseBody, requireJson } from "#lib/http/body";
import { ifMatch } from "#lib/http/etag";
import { type Exchange, logExchange, openExchange, withinDeadline } from "#lib/http/exchange";
import { finish } from "#lib/http/headers";
import { onlyOnce } from "#lib/http/idempotency";
import { admit } from "#lib/http/identify";
import { readForm, readParams, readQuery } from "#lib/http/input";
import { parseJson } from "#lib/http/json";
import { requireKind, requirePermission } from "#lib/http/permission";
import { requirePlainRequest } from "#lib/http/plain-request";
import { badFields, problem } from "#lib/http/problem";
import { count, take } from "#lib/http/rate-limit";
import { refusalOf } from "#lib/http/refusal";

/** What an endpoint does, inside one company; or for a user; or, without authentication, for anybody. */
export type Verb<E extends Endpoint> = E extends { auth: "none" }
  ? (input: InputOf<E>) => Promise<ResultOf<E>>
  : E extends { company: "required" }
    ? (tx: Tx, principal: Principal, input: InputOf<E>) => Promise<ResultOf<E>>
    : (tx: Tx, caller: Caller, input: InputOf<E>) => Promise<ResultOf<E>>;

type AnyVerb = (...parts: unknown[]) => Promise<unknown>;
type Context = { params: Promise<Record<string, string | string[]>> };
export type Served = { contract: Endpoint; handle: (request: Request, context: Context) => Promise<Response> };

/** Faults of a body that only the database can tell, such as a reference to nothing, in the fields whose form is right. */
export type Check<E extends Endpoint> = (tx: Tx, principal: Principal, input: Partial<InputOf<E>>) => Promise<Fault[]>;
type AnyCheck = (tx: Tx, caller: Caller, input: object) => Promise<Fault[]>;

/**
 * Binds a contract to its verb. The only door to a verb for what comes over HTTP. With a check, the answer to a body of a wrong form
 * lists also the faults that the verb would find.
 */
export function serve<E extends Endpoint>(contract: E, verb: Verb<E>, check?: Check<E>): Served {
  return {
    contract,
    handle: (request, context) =>
      within(request, `/api/v1${contract.path}`, async (exchange) =>
        run(exchange, contract, verb as AnyVerb, await context.params, check as AnyCheck | undefined),
      ),
  };
}

/** The error net and the deadline: whatever happens inside, one proper answer comes out, and one line in the log. */
export async function within(
  request: Request,
  template: string,
  work: (exchange: Exchange) => Promise<Response>,
): Promise<Response> {
  const exchange = openExchange(request, template);
  let response: Response;
  let unforeseen: unknown;
  try {
    response = await withinDeadline(exchange, work(exchange));
  } catch (error) {
    const refusal = refusalOf(error);
    exchange.code = refusal.code;
    if (refusal.code === "internal_error" || refusal.code === "unavailable") unforeseen = error;
    response = problem({ id: exchange.id, instance: exchange.url.pathname }, refusal);
  }
  releaseBody(exchange);
  if (exchange.standings.length === 0) exchange.standings.push(await count("address", exchange.network, exchange));
  logExchange(exchange, response.status, unforeseen);
  return finish(exchange, response);
}

/** The order is the same for every request. */
async function run(
  exchange: Exchange,
  contract: Endpoint,
  verb: AnyVerb,
  path: Record<string, unknown>,
  check: AnyCheck = async () => [],
): Promise<Response> {
  const { request, url } = exchange;
  requirePlainRequest(request, url);
  if (contract.auth === "none") {
    const allow = contract.unlimited ? count : take;
    exchange.standings.push(await allow("address", exchange.network, exchange));
    const input = readQuery(contract, url.search);
    return compose(exchange, contract, await verb(input));
  }

  const admission = await admit(exchange);
  const { credential, suspect } = admission;
  const work = async (bytes: Uint8Array | null, tx: Tx, caller: Caller): Promise<Response> => {
    await admission.succeeded(caller);
    requireKind(contract, caller);
    requirePermission(contract, caller);
    const params = readParams(contract, path);
    const query = readQuery(contract, url.search);
    const { fields, faults } = bytes === null ? { fields: {}, faults: [] } : readForm(contract, body(request, bytes));
    if (faults.length > 0) throw badFields([...faults, ...(await check(tx, caller, { ...params, ...fields }))]);
    const version = takesIfMatch(contract) ? { if_version: ifMatch(request.headers) } : {};
    const input = { ...params, ...query, ...fields, ...version };
    return onlyOnce(exchange, contract, tx, caller, bytes, async () =>
      compose(exchange, contract, await verb(tx, caller, input), query as Asked),
    );
  };
  try {
    const bytes = contract.body ? await readBody(exchange) : null;
    return await proven(
      {
        credential,
        company: request.headers.get("repdesk-company")?.trim() || null,
        need: contract.company,
        request_id: exchange.id,
        signal: exchange.deadline,
        read_only: contract.method === "GET",
        origin: { network: exchange.network, suspect },
      },
      (tx, caller) => work(bytes, tx, caller),
    );
  } catch (error) {
    noteRefusal(exchange, error);
    await admission.failed(error);
    throw error;
  }
}

function body({ headers, method }: Request, bytes: Uint8Array): unknown {
  requireJson(headers, method);
  return parseJson(bytes);
}
