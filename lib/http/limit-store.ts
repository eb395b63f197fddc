import { Redis } from "ioredis";
import { type RateLimiterAbstract, RateLimiterMemory, RateLimiterRedis } from "rate-limiter-flexible";
import { env } from "#lib/env";
import { log } from "#lib/http/log";

let client: Redis | undefined;

/** A connection that never holds a request up: while the store is away, counting goes on in this process. */
function store(url: string): Redis {
  client ??= new Redis(url, {
    enableOfflineQueue: false,
    maxRetriesPerRequest: 0,
    commandTimeout: 250,
    connectTimeout: 2_000,
    // A store that hangs is taken for away after this, and asked again only once it answers a new connection.
    socketTimeout: 500,
    retryStrategy: (times) => Math.min(times * 200, 2_000),
  })
    .on("error", (error: Error & { code?: string }) =>
      log().warn({ error: error.code ?? error.name }, "rate limit store"),
    )
    .on("ready", () => log().info("rate limit store is ready"));
  return client;
}

/** Counts points by key in windows of `seconds`: in this process, or in the store that all processes share. */
export function makeLimiter(name: string, points: number, seconds: number): RateLimiterAbstract {
  const options = { keyPrefix: `repdesk-${name}`, points, duration: seconds };
  const url = env().RATE_LIMIT_REDIS_URL;
  const memory = new RateLimiterMemory(options);
  if (url === undefined) return memory;
  return new RateLimiterRedis({
    ...options,
    storeClient: store(url),
    rejectIfRedisNotReady: true,
    insuranceLimiter: memory,
  });
}
