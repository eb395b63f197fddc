import { type RateLimiterAbstract, RateLimiterRes } from "rate-limiter-flexible";
import { networkOf } from "#lib/http/address";
import { makeLimiter } from "#lib/http/limit-store";
import { Refusal } from "#lib/http/problem";

/** Who may ask how often. Points in a window of `seconds`, per key. */
const policies = {
  /** A token or session, by a hash of the credential: a public id must not let a stranger use up somebody's allowance. */
  credential: { points: 600, seconds: 60 },
  company: { points: 2400, seconds: 60 },
  /** Requests without a credential, by network. */
  address: { points: 600, seconds: 60 },
  /** Failed authentication, by network. */
  failure: { points: 30, seconds: 60 },
} as const;
type PolicyName = keyof typeof policies;

/** How long a credential that was proven from a network is let through although others fail from there. */
const provenSeconds = 600;

/** What is left of an allowance, for the headers. */
export type Standing = { policy: PolicyName; remaining: number; resetSeconds: number };

/** One set a process: Next bundles pages, routes and instrumentation apart, and each bundle has modules of its own. */
const shared = globalThis as { [key: symbol]: unknown };
const place = Symbol.for("repdesk.http.limiters");
shared[place] ??= new Map();
const limiters = shared[place] as Map<string, RateLimiterAbstract>;

function limiter(name: string, points: number, seconds: number): RateLimiterAbstract {
  const known = limiters.get(name);
  if (known) return known;
  const made = makeLimiter(name, points, seconds);
  limiters.set(name, made);
  return made;
}

function of(name: PolicyName): RateLimiterAbstract {
  return limiter(name, policies[name].points, policies[name].seconds);
}

function tooMany(result: RateLimiterRes, headers: Record<string, string> = {}): Refusal {
  const seconds = Math.max(1, Math.ceil(result.msBeforeNext / 1000));
  return new Refusal(
    "rate_limited",
    `Too many requests. Try again in ${seconds} ${seconds === 1 ? "second" : "seconds"}.`,
    {
      headers: { ...headers, "Retry-After": String(seconds) },
    },
  );
}

function standing(policy: PolicyName, result: RateLimiterRes): Standing {
  return {
    policy,
    remaining: result.remainingPoints,
    resetSeconds: Math.max(1, Math.ceil(result.msBeforeNext / 1000)),
  };
}

/** Takes one point of an allowance. Throws `rate_limited` when it is used up. */
export async function take(policy: PolicyName, key: string): Promise<Standing> {
  try {
    return standing(policy, await of(policy).consume(key));
  } catch (refused) {
    if (refused instanceof RateLimiterRes) throw tooMany(refused, limitHeaders([standing(policy, refused)]));
    throw refused;
  }
}

/** Counts a request that is answered in any case: one that costs next to nothing. */
export async function count(policy: PolicyName, key: string): Promise<Standing> {
  return standing(policy, await of(policy).penalty(key));
}

/** `RateLimit-Policy` and `RateLimit` (draft-ietf-httpapi-ratelimit-headers): what is allowed, and what is left of it. */
export function limitHeaders(standings: readonly Standing[]): Record<string, string> {
  if (standings.length === 0) return {};
  return {
    "RateLimit-Policy": standings
      .map(({ policy }) => `"${policy}";q=${policies[policy].points};w=${policies[policy].seconds}`)
      .join(", "),
    RateLimit: standings
      .map(({ policy, remaining, resetSeconds }) => `"${policy}";r=${remaining};t=${resetSeconds}`)
      .join(", "),
  };
}

/**
 * Refuses a credential from a network where too many failed lately, unless it was proven from there itself:
 * one broken cron job must not lock out an office.
 */
export async function requireQuietNetwork(address: string, credential: string): Promise<void> {
  const network = networkOf(address);
  const failed = await of("failure").get(network);
  if (!failed || failed.consumedPoints < policies.failure.points) return;
  const proven = await limiter("proven", 1, provenSeconds).get(`${network} ${credential}`);
  if (!proven) throw tooMany(failed, limitHeaders([standing("failure", failed)]));
}

export async function noteFailure(address: string): Promise<void> {
  await of("failure").penalty(networkOf(address));
}

export async function noteProven(address: string, credential: string): Promise<void> {
  await limiter("proven", 1, provenSeconds).set(`${networkOf(address)} ${credential}`, 1, provenSeconds);
}

/** Limits a door such as sign-in: `points` tries in `seconds` for a key. Throws `rate_limited`. */
export async function doorLimit(door: string, key: string, points: number, seconds: number): Promise<void> {
  try {
    await limiter(`door-${door}`, points, seconds).consume(key);
  } catch (refused) {
    if (refused instanceof RateLimiterRes) throw tooMany(refused);
    throw refused;
  }
}
