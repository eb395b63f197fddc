import type { Endpoint } from "#lib/contract/endpoint";
import { asCaller, type Caller, companyHint, type Need, type Tx } from "#lib/db/company";
import type { Reserved } from "#lib/db/idempotency";
import { coarse } from "#lib/http/address";
import { type Admission, noteCaller } from "#lib/http/admission";
import { type AtOnceWork, readAtOnce } from "#lib/http/at-once";
import { releaseBody } from "#lib/http/body";
import { beforeDeadline, type HttpContext, openContext, type RequestContext, recordRequest } from "#lib/http/context";
import { isOurFault, toAppError } from "#lib/http/errors";
import { finish } from "#lib/http/headers";
import { requireKind, requirePermission } from "#lib/http/permission";
import { problem } from "#lib/http/problem";
import { count, quotaKey, take } from "#lib/http/rate-limit";

/*
 * The life of every request, in this order:
 *
 *   context → credential → limits → body → authenticate → company's quota → permission → input → idempotency key → verb and audit
 *   → encode → store the response → commit → respond → log
 *
 * The API and the sign-in endpoints use all three functions of this file; a page uses `admitted` once, and `perform` for each verb.
 */

/** Context … respond → log. Always returns one response and logs one line, even if the work fails. */
export async function handle(
  request: Request,
  template: string,
  work: (context: HttpContext) => Promise<Response>,
): Promise<Response> {
  const context = openContext(request, template);
  let response: Response;
  let fault: unknown;
  try {
    response = await beforeDeadline(context, work(context));
  } catch (error) {
    const rejection = toAppError(error);
    context.code = rejection.code;
    if (isOurFault(rejection)) fault = error;
    response = problem({ id: context.id, instance: context.url.pathname }, rejection);
  }
  releaseBody(context);
  if (context.quotas.length === 0) context.quotas.push(await count("address", context.network, context));
  recordRequest(context, response.status, fault);
  return finish(context, response);
}

/** The caller, in the transaction of the request. `reserved`: the outcome of the entry's `reserve`; undefined if it wasn't called. */
export type Call = { tx: Tx; caller: Caller; reserved?: Promise<Reserved | null | undefined> };

/** How a request gets in. */
export type Entry<T> = {
  /** Reads the credential from the headers alone, and takes from its quota or from its network's. */
  admit(): Promise<Admission>;
  readBody?: (() => Promise<Uint8Array>) | undefined;
  /** The company that the caller names, by ID or slug. */
  company?: string | null;
  need?: Need;
  read_only?: boolean;
  /** Reserves the idempotency key, together with authentication if the caller is known. What it means is decided after the input. */
  reserve?: ((tx: Tx, bytes: Uint8Array | null) => Promise<Reserved | null>) | undefined;
  /** If one statement is enough, there is no transaction. Returns null if it isn't. */
  atOnce?: (() => AtOnceWork<T> | null) | undefined;
  /** Takes from the company's quota, or only counts the request. */
  charge?: typeof take;
};

/**
 * Credential → limits → body → authenticate → company's quota → … → commit. Holds no connection while the body arrives or after the
 * work. An endpoint without authentication gets no call and no transaction.
 */
export async function admitted<T>(
  context: RequestContext,
  { admit, readBody, company = null, need = "none", read_only = false, reserve, atOnce, charge = take }: Entry<T>,
  work: (call: Call | null, bytes: Uint8Array | null) => Promise<T>,
): Promise<T> {
  const { credential, suspect, settle } = await admit();
  try {
    const bytes = readBody ? await readBody() : null;
    if (credential === null) return await work(null, bytes);
    const { id: request_id, deadline: signal, address, network } = context;
    const known = companyHint({ credential, company }) !== undefined;
    const origin = { address, network, prefix: coarse(context.address), suspect };
    const request = { credential, company, need, request_id, signal, read_only, origin };
    const enter = (caller: Caller) => settle().then(() => noteCaller(context, caller));
    const answer = atOnce && (await readAtOnce(context, request, atOnce, enter));
    if (answer) return answer;
    const inTransaction = async (tx: Tx, caller: Caller, reserved: Promise<Reserved | null | undefined>) => {
      await enter(caller);
      if (caller.company) context.quotas.push(await charge("company", quotaKey(caller.company.id, request), context));
      return await work({ tx, caller, reserved }, bytes);
    };
    return await asCaller(request, inTransaction, async (tx) => (known ? reserve?.(tx, bytes) : undefined));
  } catch (error) {
    await settle(error);
    throw error;
  }
}

export type Steps<Input, Result, Answer> = {
  readInput(): Promise<Input> | Input;
  verb(input: Input): Promise<Result>;
  encode(result: Result, input: Input): Answer;
  /** Runs the rest once per idempotency key, and stores the response. */
  once?: (rest: () => Promise<Answer>) => Promise<Answer>;
};

/** Permission → input → idempotency key → verb and audit → encode → store the response. */
export async function perform<Input, Result, Answer>(
  contract: Pick<Endpoint, "auth" | "permission">,
  caller: Caller | undefined,
  { readInput, verb, encode, once = (rest) => rest() }: Steps<Input, Result, Answer>,
): Promise<Answer> {
  if (caller) {
    requireKind(contract, caller);
    requirePermission(contract, caller);
  }
  const input = await readInput();
  return once(async () => encode(await verb(input), input));
}
