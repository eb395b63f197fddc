import { credentialOf, type Presented } from "#lib/auth/request";
import type { Endpoint } from "#lib/contract/endpoint";
import { type Caller, type Credential, companyHint, tokenHint } from "#lib/db/company";
import { noteUse } from "#lib/db/token-use";
import { AppError, isAppError } from "#lib/errors";
import { coarse } from "#lib/http/address";
import type { HttpContext, RequestContext } from "#lib/http/context";
import { requireSameOrigin } from "#lib/http/origin";
import { count, drawFrom, giveBack, take, tooMany } from "#lib/http/rate-limit";

type Identified = Exclude<Presented, { kind: "none" }>;

/** A request whose credential may be looked up: its headers are valid, and its quota isn't used up. */
export type Admission = {
  /** Null for an endpoint that anyone may call. */
  credential: Credential | null;
  /** Many unknown tokens from this network failed recently. */
  suspect?: boolean;
  /** Call this when it is known whether the credential authenticates, with the error if it doesn't. */
  settle(error?: unknown): Promise<void>;
};

/** Takes from a quota of the network, for an endpoint without authentication. An unlimited one is only counted. */
export async function admitAnyone(context: RequestContext, { unlimited, quota }: Endpoint): Promise<Admission> {
  const charge = unlimited ? count : take;
  context.quotas.push(await charge(quota ?? "address", context.network, context));
  return { credential: null, settle: async () => {} };
}

/**
 * Reads the credential from the headers alone and takes from its quota, with no query.
 * Throws `unauthenticated`, `token_invalid`, `session_invalid`, `csrf_failed` or `rate_limited`.
 */
export async function admitCaller(context: HttpContext): Promise<Admission> {
  const presented = await identify(context);
  const isToken = presented.kind === "token";
  const credential: Credential = isToken
    ? { kind: "token", hash: presented.hash }
    : { kind: "session", user_id: presented.user_id, session_id: presented.session_id };
  const failure = isToken ? await takeFailure(context, credential) : { suspect: false, taken: false };
  const key = isToken ? presented.hash.toString("latin1") : presented.session_id;
  const quota = await take("credential", key, context).catch((error) => {
    const hint = tokenHint(credential);
    if (hint) context.counted = { ...hint, ...clientOf(context) };
    throw error;
  });
  context.quotas.push(quota);
  return {
    credential,
    suspect: failure.suspect,
    async settle(error) {
      const isRejected = isAppError(error, "token_invalid", "token_expired", "token_revoked", "token_rotated");
      if (isRejected || !failure.taken) return;
      failure.taken = false;
      await giveBack("failure", context.network, context);
    },
  };
}

/** Reads the credential, and verifies the signature of a session. */
async function identify(context: HttpContext): Promise<Identified> {
  const { headers, method } = context.request;
  let presented: Presented;
  try {
    presented = await credentialOf(headers);
  } catch (error) {
    if (!(error instanceof AppError)) throw error;
    context.quotas.push(await take("address", context.network, context));
    if (error.code === "token_invalid") await take("failure", context.network, context);
    throw error;
  }
  if (presented.kind === "none") {
    context.quotas.push(await take("address", context.network, context));
    throw new AppError("unauthenticated", "Send Authorization: Bearer with an API token, or sign in.");
  }
  if (presented.kind === "token") context.token = { prefix: presented.prefix };
  if (presented.kind === "session" && presented.via === "cookie" && !["GET", "HEAD"].includes(method)) {
    requireSameOrigin(headers);
  }
  return presented;
}

/**
 * Counts a token that hasn't authenticated here recently as a failure until it does. When a network has used up its failures, a few of
 * its unknown tokens are still looked up each second, so that one broken cron job doesn't lock out an office.
 */
async function takeFailure(
  context: RequestContext,
  credential: Credential,
): Promise<{ suspect: boolean; taken: boolean }> {
  if (companyHint({ credential, company: null })) return { suspect: false, taken: false };
  const failure = await drawFrom("failure", context.network, context);
  if (failure.allowed) return { suspect: false, taken: true };
  const lookup = await drawFrom("lookup", context.network, context);
  if (!lookup.allowed) throw tooMany("failure", { ...failure, retryMs: lookup.retryMs });
  return { suspect: true, taken: false };
}

/** The network and the name of the client, as they are kept with a token. */
function clientOf({ address, userAgent }: RequestContext): { network: string | null; client: string | null } {
  return { network: coarse(address), client: userAgent?.match(/^[\w.-]{1,50}/)?.[0] ?? null };
}

/** Notes the caller, for the log and for the token's last use and usage. */
export function noteCaller(context: RequestContext, caller: Caller): void {
  const { company, token, member } = caller;
  if (!company) return;
  context.company = { id: company.id };
  if (!token && member) context.member = { id: member.id };
  if (!token) return;
  context.token = { prefix: token.prefix, expires_at: token.expires_at };
  const { network, client } = clientOf(context);
  context.counted = { id: token.id, company_id: company.id, network, client, caller };
  noteUse({ ...token, company_id: company.id }, { at: new Date(), from: network, client, request_id: context.id });
}
