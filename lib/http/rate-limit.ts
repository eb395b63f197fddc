import type { Credential } from "#lib/db/company";
import { AppError } from "#lib/errors";
import { draw } from "#lib/http/limit-store";
import type { Draw, Level, Rate } from "#lib/http/token-bucket";

/** The rate limits. Each bucket refills at a steady rate; a full one allows `burst` requests at once. */
const policies = {
  /** By token or session. Keyed by a hash of the credential, so that nobody can use up a quota by knowing a public ID. */
  credential: { burst: 600, perSecond: 10 },
  /** All tokens of a company together, and separately all its sessions, so that integrations leave room for people. */
  company: { burst: 2_400, perSecond: 40 },
  /** Requests without a valid credential, by network. */
  address: { burst: 600, perSecond: 10 },
  /** Failed authentication, by network. */
  failure: { burst: 30, perSecond: 0.5 },
  /** Lookups of unknown tokens from a network whose failures are used up. */
  lookup: { burst: 10, perSecond: 10 },
  /** Reports of leaked tokens, by network. */
  leak_report: { burst: 10, perSecond: 10 / 60 },
  /** Tries at a sign-in endpoint, by network, which an office may share. One bucket per endpoint. */
  sign_in_network: { burst: 30, perSecond: 0.1 },
  /** The same for endpoints that only end a session. */
  sign_out_network: { burst: 300, perSecond: 1 },
  /** Tries at an endpoint for one person, for one email address from one network, or from one known browser. */
  sign_in_person: { burst: 10, perSecond: 1 / 30 },
  /** Failed sign-ins for an email address from all networks. In debt, tries are slowed down; see `sign_in_pause`. */
  sign_in_email: { burst: 100, perSecond: 100 / 3_600, debt: 60 },
  /** One try, then a pause of as many seconds as it cost. */
  sign_in_pause: { burst: 1, perSecond: 1 },
  /** Refreshes at the auth server, by session and by network. */
  refresh_session: { burst: 10, perSecond: 1 / 30 },
  refresh_network: { burst: 600, perSecond: 2 },
} as const satisfies Record<string, Rate>;
export type PolicyName = keyof typeof policies;

/** What remains of a quota, for the headers. */
export type Quota = { policy: PolicyName; remaining: number; resetSeconds: number };

/** The network whose bucket a key shares if there are too many keys. */
type From = { widerNetwork: string };

/** Draws from a bucket and returns how full it is, whether or not the draw was allowed. */
export function drawFrom(policy: PolicyName, key: string, from: From, how?: Draw): Promise<Level> {
  return draw(policy, policies[policy], key, from.widerNetwork, how);
}

/** The key of a company's quota: its tokens and its sessions have one each. */
export function quotaKey(company: string, { credential }: { credential: Credential }): string {
  return `${company} ${credential.kind}s`;
}

/** Takes one token from a quota. Throws `rate_limited` when none is left. */
export async function take(policy: PolicyName, key: string, from: From): Promise<Quota> {
  const level = await drawFrom(policy, key, from);
  if (!level.allowed) throw tooMany(policy, level);
  return quotaOf(policy, level);
}

/** The same, or null when none is left. */
export async function tryTake(policy: PolicyName, key: string, from: From): Promise<Quota | null> {
  const level = await drawFrom(policy, key, from);
  return level.allowed ? quotaOf(policy, level) : null;
}

/** Counts a request that is always answered because it costs almost nothing. */
export async function count(policy: PolicyName, key: string, from: From): Promise<Quota> {
  return quotaOf(policy, await drawFrom(policy, key, from, { force: true }));
}

/** Gives back what a request took, if it turns out not to count. */
export async function giveBack(policy: PolicyName, key: string, from: From): Promise<void> {
  await drawFrom(policy, key, from, { cost: -1, force: true });
}

/** The error for a used-up quota, with the seconds until one more request is allowed. */
export function tooMany(policy: PolicyName, level: Level): AppError {
  const seconds = Math.max(1, Math.ceil(level.retryMs / 1000));
  return new AppError(
    "rate_limited",
    `Too many requests. Try again in ${seconds} ${seconds === 1 ? "second" : "seconds"}.`,
    { headers: { ...limitHeaders([quotaOf(policy, level)]), "Retry-After": String(seconds) } },
  );
}

function quotaOf(policy: PolicyName, { remaining, resetMs }: Level): Quota {
  return { policy, remaining: Math.max(0, remaining), resetSeconds: Math.ceil(resetMs / 1000) };
}

/** `RateLimit-Policy` and `RateLimit` (draft-ietf-httpapi-ratelimit-headers): the limits, and what remains of them. */
export function limitHeaders(quotas: readonly Quota[]): Record<string, string> {
  if (quotas.length === 0) return {};
  return {
    "RateLimit-Policy": quotas
      .map(({ policy }) => `"${policy}";q=${policies[policy].burst};w=${seconds(policy)}`)
      .join(", "),
    RateLimit: quotas
      .map(({ policy, remaining, resetSeconds }) => `"${policy}";r=${remaining};t=${resetSeconds}`)
      .join(", "),
  };
}

/** How long an empty bucket takes to fill. */
function seconds(policy: PolicyName): number {
  return Math.round(policies[policy].burst / policies[policy].perSecond);
}
