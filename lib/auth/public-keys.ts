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
/** Keys older than this are fetched again before use, so a revoked key works for no longer. */
const freshMs = hourMs;
/** While the auth server is away, its last keys are used for this long, so an outage stops only sign-ins and refreshes. */
const usableMs = 24 * hourMs;
/** The pause between two fetches, whether or not the last one succeeded, since tokens can name made-up keys. */
const pauseMs = 10_000;

/** Errors that make a token invalid. If the keys can't be fetched or parsed, the token may still be valid. */
const tokensFault = [errors.JWKSNoMatchingKey, errors.JWKSMultipleMatchingKeys, errors.JOSENotSupported];

/** The last keys, and when they were fetched. `failure` is why the last attempt failed. */
type Cache = { keys?: JSONWebKeySet; fetchedAt: number; triedAt: number; failure?: unknown; running?: Promise<void> };

const longAgo = Number.NEGATIVE_INFINITY;
const cache = processWide<Cache>("auth.public-keys", () => ({ fetchedAt: longAgo, triedAt: longAgo }));

/** Functions that find a token's key, one for each set of keys: importing a key takes longer than using it. */
const finders = new WeakMap<JSONWebKeySet, LocalJWKSet>();

/**
 * The public keys of the auth server, which signs sessions. The returned function finds a token's key, and throws Unavailable if the
 * keys can't be fetched.
 */
export function publicKeys(url: URL): JWTVerifyGetKey {
  return async (header, token) => {
    if (age() >= freshMs) {
      const renewal = renew(url);
      // If the auth server is known to be away, requests don't wait for the next attempt.
      if (cache.failure === undefined || age() >= usableMs) await renewal;
    }
    try {
      return await finder()(header, token);
    } catch (error) {
      if (error instanceof Unavailable) throw error;
      if (!tokensFault.some((kind) => error instanceof kind)) throw signInAway(error);
      if (!(error instanceof errors.JWKSNoMatchingKey)) throw error;
      await renew(url);
      // As long as the fetch fails, this may be a new key of the auth server.
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

/** Fetches the keys, unless that was tried a moment ago. Concurrent requests share one fetch. */
function renew(url: URL): Promise<void> | undefined {
  if (Date.now() - cache.triedAt >= pauseMs) cache.running ??= fetchKeys(url);
  return cache.running;
}

async function fetchKeys(url: URL): Promise<void> {
  cache.triedAt = Date.now();
  try {
    // Only fetches with jose: its own cache pauses only after a successful fetch, and would belong to one bundle.
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
