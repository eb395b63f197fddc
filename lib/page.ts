import { headers } from "next/headers";
import { notFound, redirect, unstable_rethrow } from "next/navigation";
import { cache } from "react";
import { z } from "zod";
import { pathOfPage } from "#lib/auth/page";
import type { AnswerOf, Endpoint, RequestOf } from "#lib/contract/endpoint";
import { listQuery } from "#lib/contract/list";
import type { Caller, Tx } from "#lib/db/company";
import { describeFault } from "#lib/db/faults";
import { env } from "#lib/env";
import { AppError, isAppError } from "#lib/errors";
import { signInPath } from "#lib/format/path";
import { contextOfPage, orNothing } from "#lib/http/page-requests";
import { type Call, perform } from "#lib/http/pipeline";
import type { Verb } from "#lib/http/serve";
import { type Visit, visitor } from "#lib/visit";

type Input = Record<string, unknown>;
type AnyVerb = (tx: Tx, caller: Caller, input: Input) => Promise<unknown>;

/** Calls a verb as an API client would: with its endpoint's input, and the result encoded by the contract. */
export type Ask = <E extends Endpoint>(
  contract: E,
  verb: Verb<E>,
  ...input: object extends RequestOf<E> ? [RequestOf<E>?] : [RequestOf<E>]
) => Promise<AnswerOf<E>>;

/** The page failed. The digest is the request's id: the error page shows it, and it is in the log. */
export class PageFault extends Error {
  readonly digest: string;

  constructor(digest: string, cause: unknown) {
    super(`the page failed: ${describeFault(cause)}`);
    this.name = "PageFault";
    this.digest = digest;
  }
}

/** The company exists and the person is a member, but nobody can work in it now. */
export class CompanySuspended extends Error {}

/** One per request and company: the layout, the metadata, and the page share it. */
const visitTo = cache((company: string | null): Visit => visitor(company));

/**
 * Loads what a page or layout shows of a company, or of the person if `company` is null. All loads of a request share one
 * authentication and one transaction: load everything in one call, from the start.
 * Redirects to sign-in if nobody is signed in, and to the page without its query if the query is invalid. Shows the not-found page
 * if something doesn't exist. Throws `search_too_broad`, CompanySuspended, and PageFault for everything else.
 */
export async function page<T>(company: string | null, load: (ask: Ask) => Promise<T>): Promise<T> {
  try {
    return await visitTo(company).join((call) => load(askIn(call)));
  } catch (error) {
    return await reject(error);
  }
}

/**
 * Loads what a public page shows only to people who are signed in; null for others. The page doesn't depend on it: if the load fails
 * or takes too long, that is logged, and the page is what a stranger sees.
 */
export async function ifSignedIn<T>(load: (ask: Ask) => Promise<T>): Promise<T | null> {
  const loaded = visitTo(null)
    .join((call) => load(askIn(call)))
    .catch((error) => {
      if (isAppError(error, "unauthenticated", "session_invalid")) return null;
      throw error;
    });
  return await orNothing(contextOfPage(await headers()), loaded);
}

/** For a list whose load failed: an empty one with what to tell the person, if the search is too broad. Throws any other error. */
export function emptyIfTooBroad(error: unknown) {
  if (!isAppError(error, "search_too_broad")) throw error;
  return { data: [], pagination: { next_cursor: null, problem: error.detail }, included: undefined };
}

/** The whole URL of a page of ours. */
export function absoluteUrl(path: string): string {
  return env().APP_URL + path;
}

/** Turns an error into what the page shows. */
async function reject(error: unknown): Promise<never> {
  // Next's own errors, such as a redirect in a load.
  unstable_rethrow(error);
  if (isAppError(error, "unauthenticated", "session_invalid")) redirect(signInPath(await pathOfPage()));
  if (isAppError(error, "company_suspended")) throw new CompanySuspended(error.detail);
  if (isAppError(error, "cursor_invalid", "invalid_parameter")) return await withoutQuery();
  if (isAppError(error, "search_too_broad")) throw error;
  if (isAppError(error, "not_found", "not_a_member", "member_inactive", "forbidden_role")) notFound();
  throw new PageFault(contextOfPage(await headers()).id, error);
}

async function withoutQuery(): Promise<never> {
  const path = await pathOfPage();
  if (!path.includes("?")) notFound();
  redirect(path.replace(/\?.*/, ""));
}

function askIn({ tx, caller }: Call): Ask {
  const ask = (contract: Endpoint, verb: AnyVerb, input: Input = {}) =>
    perform(contract, caller, {
      readInput: () => readInput(contract, input),
      verb: (read) => verb(tx, caller, read),
      encode: (result) => (contract.output ? z.encode(contract.output, result) : null),
    });
  return ask as Ask;
}

function readInput({ params, query, list }: Endpoint, input: Input): Input {
  const read = params?.safeParse(part(params, input));
  if (read && !read.success) throw new AppError("not_found", "The path has a malformed id.");
  const asked = query?.safeParse(part(query, input));
  if (asked && !asked.success) throw new AppError("invalid_parameter", "The query is malformed.");
  return { ...read?.data, ...asked?.data, ...(list && asked ? listQuery(list, asked.data) : {}) };
}

function part(schema: z.ZodObject, input: Input): Input {
  return Object.fromEntries(
    Object.entries(input).filter(([name, value]) => Object.hasOwn(schema.shape, name) && value !== undefined),
  );
}
