import { notFound, redirect } from "next/navigation";
import { z } from "zod";
import { pageId, pathOfPage, sessionOfPage } from "#lib/auth/page";
import type { AnswerOf, Endpoint, InputOf, RequestOf, ResultOf } from "#lib/contract/endpoint";
import { listQuery } from "#lib/contract/list";
import { type Caller, type Principal, proven, Refused, type Tx } from "#lib/db/company";
import { describeFault } from "#lib/db/faults";
import { DomainError } from "#lib/domain/errors";
import { signInPath } from "#lib/format/path";
import { notePage } from "#lib/http/page-requests";

/** What an endpoint does, as a page asks for it: the same function that `serve` is given. */
type Verb<E extends Endpoint> = E extends { company: "required" }
  ? (tx: Tx, principal: Principal, input: InputOf<E>) => Promise<ResultOf<E>>
  : (tx: Tx, caller: Caller, input: InputOf<E>) => Promise<ResultOf<E>>;

type AnyVerb = (tx: Tx, caller: Caller, input: unknown) => Promise<unknown>;
type Asked<E> = { company?: string } & (object extends RequestOf<E>
  ? { input?: RequestOf<E> }
  : { input: RequestOf<E> });

/** Each page is answered within this time, whatever the database does. */
const deadlineMs = 10_000;

/** The page could not be made. The error page shows the digest, and the log has it: the request's id. */
export class PageFault extends Error {
  readonly digest: string;

  constructor(digest: string, cause: unknown) {
    super(`a page could not be made: ${describeFault(cause)}`);
    this.name = "PageFault";
    this.digest = digest;
  }
}

/** The company is there, and the person a member, but nobody can work in it now. */
export class CompanySuspended extends Error {}

/**
 * A page's door to a verb: session, company transaction, permission, verb, and the answer as the contract's output says, as a client
 * would receive it. Nobody signed in leads to sign-in and back; a company one is no member of, and a record that is not there,
 * to the page that says so. Throws CompanySuspended, and PageFault for all else.
 */
export async function page<E extends Endpoint>(contract: E, verb: Verb<E>, asked: Asked<E>): Promise<AnswerOf<E>> {
  const { company, input } = asked as { company?: string; input?: Record<string, unknown> };
  const outcome = await visit({ company, need: contract.company }, (tx, caller) =>
    answer(contract, verb as AnyVerb, tx, caller, input),
  );
  if (outcome === "signed_out") redirect(signInPath(await pathOfPage()));
  if (outcome === "not_found") notFound();
  if (outcome === "bad_query") return withoutQuery();
  return outcome.answer as AnswerOf<E>;
}

/** A query that makes no sense, such as another list's cursor, leads to the page without it. */
async function withoutQuery(): Promise<never> {
  const path = await pathOfPage();
  if (!path.includes("?")) notFound();
  redirect(path.replace(/\?.*/, ""));
}

/** Whether somebody is signed in, by the database's word, not the cookie's. */
export async function isSignedIn(): Promise<boolean> {
  return (await visit({ need: "none" }, async () => ({ answer: null }))) !== "signed_out";
}

type Outcome = { answer: unknown } | "signed_out" | "not_found" | "bad_query";
type Visit = { company?: string | undefined; need: Endpoint["company"] };

async function visit({ company, need }: Visit, work: (tx: Tx, caller: Caller) => Promise<Outcome>): Promise<Outcome> {
  const request_id = await pageId();
  try {
    const session = await sessionOfPage();
    if (session === null) return "signed_out";
    const { user_id, session_id } = session;
    const credential = { kind: "session", user_id, session_id } as const;
    const signal = AbortSignal.timeout(deadlineMs);
    const origin = { network: "" };
    return await proven(
      { credential, company: company ?? null, need, request_id, signal, read_only: true, origin },
      (tx, caller) => {
        const { member, company } = caller;
        notePage(request_id, { ...(member && { member: member.id }), ...(company && { company: company.id }) });
        return work(tx, caller);
      },
    );
  } catch (error) {
    if (error instanceof Refused) return refused(error);
    if (error instanceof DomainError && error.code === "not_found") return "not_found";
    if (error instanceof DomainError && error.code === "cursor_invalid") return "bad_query";
    throw new PageFault(request_id, error);
  }
}

function refused({ code, detail }: Refused): Outcome {
  if (code === "session_invalid") return "signed_out";
  if (code === "company_suspended") throw new CompanySuspended(detail);
  return "not_found";
}

/** The order of `serve`: permission, input, verb, output. */
async function answer(
  contract: Endpoint,
  verb: AnyVerb,
  tx: Tx,
  caller: Caller,
  input: Record<string, unknown> = {},
): Promise<Outcome> {
  if (contract.permission !== null && !caller.permissions.includes(contract.permission)) return "not_found";
  const params = contract.params?.safeParse(part(contract.params, input));
  if (params && !params.success) return "not_found";
  const query = contract.query?.safeParse(part(contract.query, input));
  if (query && !query.success) return "bad_query";
  const listed = contract.list && query ? listQuery(contract.list, query.data) : {};
  const result = await verb(tx, caller, { ...params?.data, ...query?.data, ...listed });
  return { answer: contract.output ? z.encode(contract.output, result) : null };
}

function part(schema: z.ZodObject, input: Record<string, unknown>): Record<string, unknown> {
  return Object.fromEntries(
    Object.entries(input).filter(([name, value]) => Object.hasOwn(schema.shape, name) && value !== undefined),
  );
}
