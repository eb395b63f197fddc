import {
  createLocalJWKSet,
  createRemoteJWKSet,
  errors,
  type JSONWebKeySet,
  type JWTVerifyGetKey,
  type LocalJWKSet,
} from "jose";
import { signInAway } from "#lib/auth/errors";
import { Unavailable } from "#lib/errors";
import { processWide } from "#lib/format/process-wide";

const hourMs = 3_600_000;
/** Keys older than this are fetched again before they are used, so a revoked key verifies nothing for longer. */
const freshMs = hourMs;
/** While the auth server is away, its last keys are used for this long: an outage stops only signing in and refreshing. */
const usableMs = 24 * hourMs;
/** Between two fetches, whether or not the last one succeeded: tokens may name made-up keys. */
const pauseMs = 10_000;

/** A key that is wrong or unknown is the token's fault; keys that cannot be fetched or read are nobody's. */
const tokensFault = [errors.JWKSNoMatchingKey, errors.JWKSMultipleMatchingKeys, errors.JOSENotSupported];

/** The last keys, and what became of the last try to fetch them. `failure` is why it failed. */
type Cache = { keys?: JSONWebKeySet; fetchedAt: number; triedAt: number; failure?: unknown; running?: Promise<void> };

const longAgo = Number.NEGATIVE_INFINITY;
const cache = processWide<Cache>("auth.public-keys", () => ({ fetchedAt: longAgo, triedAt: longAgo }));

/** What finds a token's key among them, made once for each set of keys: importing a key takes longer than using it. */
const finders = new WeakMap<JSONWebKeySet, LocalJWKSet>();

/**
 * The public keys that the auth server signs sessions with. The function that finds a token's key throws Unavailable when the
 * keys cannot be fetched.
 */
export function publicKeys(url: URL): JWTVerifyGetKey {
  return async (header, token) => {
    if (age() >= freshMs) {
      const renewal = renew(url);
      // With the auth server known to be away, nobody waits for the next try.
      if (cache.failure === undefined || age() >= usableMs) await renewal;
    }
    try {
      return await finder()(header, token);
    } catch (error) {
      if (error instanceof Unavailable) throw error;
      if (!tokensFault.some((kind) => error instanceof kind)) throw signInAway(error);
      if (!(error instanceof errors.JWKSNoMatchingKey)) throw error;
      await renew(url);
      // Without an answer it may be a new key of the auth server's.
      if (cache.failure !== undefined) throw signInAway(cache.failure);
      return await finder()(header, token);
    }
  };
}

function age(): number {
  return Date.now() - cache.fetchedAt;
}

function finder(): LocalJWKSet {
  if (cache.keys === undefined || age() >= usableMs) throw signInAway(cache.failure);
  const found = finders.get(cache.keys) ?? createLocalJWKSet(cache.keys);
  finders.set(cache.keys, found);
  return found;
}

/** Fetches the keys, unless that was tried a moment ago. Requests that come meanwhile join the same fetch. */
function renew(url: URL): Promise<void> | undefined {
  if (Date.now() - cache.triedAt >= pauseMs) cache.running ??= fetchKeys(url);
  return cache.running;
}

async function fetchKeys(url: URL): Promise<void> {
  cache.triedAt = Date.now();
  try {
    // jose pauses only after a fetch that succeeded, and a set of its would belong to one bundle: it only fetches.
    const remote = createRemoteJWKSet(url, { timeoutDuration: 3_000 });
    await remote.reload();
    cache.keys = remote.jwks();
    cache.fetchedAt = Date.now();
    delete cache.failure;
  } catch (error) {
    cache.failure = error;
  } finally {
    delete cache.running;
  }
}
