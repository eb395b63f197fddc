import {
  createLocalJWKSet,
  createRemoteJWKSet,
  errors,
  type JSONWebKeySet,
  type JWTVerifyGetKey,
  type LocalJWKSet,
} from "jose";
import { AuthUnavailable } from "#lib/auth/errors";

const hourMs = 3_600_000;
/** Keys older than this are fetched again before they are used, so a revoked key verifies nothing for longer. */
const freshMs = hourMs;
/** While the auth server is away, its last keys are used for this long: an outage stops only signing in and refreshing. */
const usableMs = 24 * hourMs;
/** Between two fetches, whatever tokens name and whether or not the last one succeeded. */
const pauseMs = 10_000;

/** A key that is wrong or unknown is the token's fault; keys that cannot be fetched or read are nobody's. */
const tokensFault = [errors.JWKSNoMatchingKey, errors.JWKSMultipleMatchingKeys, errors.JOSENotSupported];

/** The last keys, and what became of the last try to fetch them. `failure` is why it failed. */
type Kept = { keys?: JSONWebKeySet; fetchedAt: number; triedAt: number; failure?: unknown; running?: Promise<void> };

/** One per process: Next bundles pages, routes and instrumentation separately, each with modules of its own. */
const shared = globalThis as { [key: symbol]: unknown };
const place = Symbol.for("repdesk.auth.public-keys");
const long = Number.NEGATIVE_INFINITY;
shared[place] ??= { fetchedAt: long, triedAt: long } satisfies Kept;
const kept = shared[place] as Kept;

/** What finds a token's key among them, made once for each set of keys: importing a key takes longer than using it. */
const finders = new WeakMap<JSONWebKeySet, LocalJWKSet>();

/**
 * The public keys that the auth server signs sessions with. The function that finds a token's key throws AuthUnavailable when the
 * keys cannot be fetched.
 */
export function publicKeys(url: URL): JWTVerifyGetKey {
  return async (header, token) => {
    if (age() >= freshMs) {
      const renewal = renew(url);
      // With the auth server known to be away, nobody waits for the next try.
      if (kept.failure === undefined || age() >= usableMs) await renewal;
    }
    try {
      return await finder()(header, token);
    } catch (error) {
      if (error instanceof AuthUnavailable) throw error;
      if (!tokensFault.some((kind) => error instanceof kind)) throw new AuthUnavailable(error);
      if (!(error instanceof errors.JWKSNoMatchingKey)) throw error;
      await renew(url);
      // Without an answer it may be a new key of the auth server's.
      if (kept.failure !== undefined) throw new AuthUnavailable(kept.failure);
      return await finder()(header, token);
    }
  };
}

function age(): number {
  return Date.now() - kept.fetchedAt;
}

function finder(): LocalJWKSet {
  if (kept.keys === undefined || age() >= usableMs) throw new AuthUnavailable(kept.failure);
  const found = finders.get(kept.keys) ?? createLocalJWKSet(kept.keys);
  finders.set(kept.keys, found);
  return found;
}

/** Fetches the keys, unless that was tried a moment ago. Requests that come meanwhile join the same fetch. */
function renew(url: URL): Promise<void> | undefined {
  if (Date.now() - kept.triedAt >= pauseMs) kept.running ??= fetchKeys(url);
  return kept.running;
}

async function fetchKeys(url: URL): Promise<void> {
  kept.triedAt = Date.now();
  try {
    // jose pauses only after a fetch that succeeded, and a set of its would belong to one bundle: it only fetches.
    const remote = createRemoteJWKSet(url, { timeoutDuration: 3_000 });
    await remote.reload();
    kept.keys = remote.jwks();
    kept.fetchedAt = Date.now();
    delete kept.failure;
  } catch (error) {
    kept.failure = error;
  } finally {
    delete kept.running;
  }
}
