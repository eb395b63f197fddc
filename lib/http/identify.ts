import { AuthError, credentialOf, type Presented } from "#lib/auth/request";
import type { Caller, Credential } from "#lib/db/company";
import { noteUse } from "#lib/db/token-use";
import { coarse, networkOf } from "#lib/http/address";
import type { Exchange } from "#lib/http/exchange";
import { requireSameOrigin } from "#lib/http/origin";
import { Refusal } from "#lib/http/problem";
import { noteFailure, noteProven, requireQuietNetwork, take } from "#lib/http/rate-limit";

export type Identified = Exclude<Presented, { kind: "none" }>;

/** The credential, from the headers alone. A bad one counts against its network. */
export async function identify(exchange: Exchange): Promise<Identified> {
  const { request } = exchange;
  let presented: Presented;
  try {
    presented = await credentialOf(request.headers);
  } catch (error) {
    if (!(error instanceof AuthError)) throw error;
    exchange.standings.push(await take("address", networkOf(exchange.address)));
    await requireQuietNetwork(exchange.address, "");
    if (error.code === "token_invalid") await noteFailure(exchange.address);
    throw error;
  }
  if (presented.kind === "none") {
    exchange.standings.push(await take("address", networkOf(exchange.address)));
    throw new Refusal("unauthenticated", "Send Authorization: Bearer with an API token, or sign in.");
  }
  if (presented.kind === "token") exchange.token = { prefix: presented.prefix };
  if (presented.kind === "session" && presented.via === "cookie" && !["GET", "HEAD"].includes(request.method)) {
    requireSameOrigin(request.headers);
  }
  return presented;
}

export function credentialFor(presented: Identified): Credential {
  return presented.kind === "token"
    ? { kind: "token", hash: presented.hash }
    : { kind: "session", user_id: presented.user_id, session_id: presented.session_id };
}

/** After the proof: what is noted of a caller, and the company's allowance. */
export async function admit(exchange: Exchange, caller: Caller, key: string): Promise<void> {
  await noteProven(exchange.address, key);
  if (caller.token && caller.company) {
    const client = exchange.request.headers.get("user-agent")?.match(/^[\w.-]{1,50}/)?.[0] ?? null;
    noteUse({ ...caller.token, company_id: caller.company.id }, new Date(), coarse(exchange.address), client);
  }
  if (!caller.company) return;
  exchange.company = { id: caller.company.id };
  exchange.standings.push(await take("company", caller.company.id));
}
