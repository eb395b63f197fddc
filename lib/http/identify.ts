import { AuthError, credentialOf, type Presented } from "#lib/auth/request";
import { type Caller, type Credential, companyHint, Refused } from "#lib/db/company";
import { noteUse } from "#lib/db/token-use";
import { coarse } from "#lib/http/address";
import type { Exchange } from "#lib/http/exchange";
import { requireSameOrigin } from "#lib/http/origin";
import { Refusal } from "#lib/http/problem";
import { drawFrom, giveBack, take, tooMany } from "#lib/http/rate-limit";

type Identified = Exclude<Presented, { kind: "none" }>;

/** A credential that may be looked up. Settle it once: `succeeded`, or `failed` with the error that came of it. */
export type Admission = {
  credential: Credential;
  /** Many unknown tokens from this network failed lately. */
  suspect: boolean;
  succeeded(caller: Caller): Promise<void>;
  failed(error: unknown): Promise<void>;
};

/**
 * Reads the credential from the headers alone and takes from its quota, with no query.
 * Throws AuthError, `unauthenticated`, `csrf_failed` or `rate_limited`.
 */
export async function admit(exchange: Exchange): Promise<Admission> {
  const presented = await identify(exchange);
  const isToken = presented.kind === "token";
  const credential: Credential = isToken
    ? { kind: "token", hash: presented.hash }
    : { kind: "session", user_id: presented.user_id, session_id: presented.session_id };
  const failure = isToken ? await takeFailure(exchange, credential) : { suspect: false, taken: false };
  const key = isToken ? presented.hash.toString("latin1") : presented.session_id;
  exchange.standings.push(await take("credential", key, exchange));
  const settle = async () => {
    if (failure.taken) await giveBack("failure", exchange.network, exchange);
    failure.taken = false;
  };
  return {
    credential,
    suspect: failure.suspect,
    async succeeded(caller) {
      await settle();
      await enter(exchange, caller);
    },
    async failed(error) {
      if (!(error instanceof Refused && error.code.startsWith("token_"))) await settle();
    },
  };
}

/** The credential, by its form and, for a session, its signature. */
async function identify(exchange: Exchange): Promise<Identified> {
  const { request } = exchange;
  let presented: Presented;
  try {
    presented = await credentialOf(request.headers);
  } catch (error) {
    if (!(error instanceof AuthError)) throw error;
    exchange.standings.push(await take("address", exchange.network, exchange));
    if (error.code === "token_invalid") await take("failure", exchange.network, exchange);
    throw error;
  }
  if (presented.kind === "none") {
    exchange.standings.push(await take("address", exchange.network, exchange));
    throw new Refusal("unauthenticated", "Send Authorization: Bearer with an API token, or sign in.");
  }
  if (presented.kind === "token") exchange.token = { prefix: presented.prefix };
  if (presented.kind === "session" && presented.via === "cookie" && !["GET", "HEAD"].includes(request.method)) {
    requireSameOrigin(request.headers);
  }
  return presented;
}

/**
 * Counts a token that did not authenticate here lately as a failure until it does. When the network's failures are used up, its
 * unknown tokens are still looked up, a few a second: one broken cron job must not lock out an office.
 */
async function takeFailure(exchange: Exchange, credential: Credential): Promise<{ suspect: boolean; taken: boolean }> {
  if (companyHint({ credential, company: null })) return { suspect: false, taken: false };
  const failure = await drawFrom("failure", exchange.network, exchange);
  if (failure.allowed) return { suspect: false, taken: true };
  const lookup = await drawFrom("lookup", exchange.network, exchange);
  if (!lookup.allowed) throw tooMany("failure", { ...failure, retryMs: lookup.retryMs });
  return { suspect: true, taken: false };
}

/** Notes who calls, and takes from the quota of the company's tokens or of its sessions. */
async function enter(exchange: Exchange, caller: Caller): Promise<void> {
  if (!caller.company) return;
  exchange.company = { id: caller.company.id };
  if (!caller.token && caller.member) exchange.member = { id: caller.member.id };
  if (caller.token) {
    const client = exchange.request.headers.get("user-agent")?.match(/^[\w.-]{1,50}/)?.[0] ?? null;
    noteUse({ ...caller.token, company_id: caller.company.id }, new Date(), coarse(exchange.address), client);
  }
  const kind = caller.token ? "tokens" : "sessions";
  exchange.standings.push(await take("company", `${caller.company.id} ${kind}`, exchange));
}
