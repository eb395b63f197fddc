import { createHash } from "node:crypto";
import { Redis } from "ioredis";
import { env } from "#lib/env";
import { processWide } from "#lib/format/process-wide";
import { log } from "#lib/http/log";
import { BucketTable, type Draw, type Level, type Rate } from "#lib/http/token-bucket";

/** Where buckets are stored: in this process, or in a Redis or Valkey that all processes share. */

type Store = { tables: Map<string, BucketTable>; redis: RedisWithDraw | null | undefined };
type RedisWithDraw = Redis & { drawToken(key: string, ...args: number[]): Promise<[number, number]> };

const store = processWide<Store>("http.limits", () => ({ tables: new Map(), redis: undefined }));

/**
 * Takes tokens from the bucket of `key` under a policy. `widerNetwork`: the network whose bucket the key shares if this process has no
 * room. If the shared store doesn't answer within 250 ms, this process counts by itself.
 */
export async function draw(
  policy: string,
  rate: Rate,
  key: string,
  widerNetwork: string,
  how: Draw = {},
): Promise<Level> {
  const redis = connection();
  if (redis?.status === "ready") {
    try {
      return await drawShared(redis, policy, rate, key, how);
    } catch (error) {
      log().debug({ error: (error as { code?: string }).code }, "rate limit store did not answer");
    }
  }
  return tableOf(policy).draw(key, widerNetwork, rate, Date.now(), how);
}

/** One table per policy. There are few, since their names are constants. */
function tableOf(policy: string): BucketTable {
  const table = store.tables.get(policy) ?? new BucketTable();
  store.tables.set(policy, table);
  return table;
}

/** The arithmetic of `token-bucket.ts`, in whole milliseconds, by the store's clock. A full bucket expires by itself. */
const script = `
local ms, burst, debt, cost, force = tonumber(ARGV[1]), tonumber(ARGV[2]), tonumber(ARGV[3]), tonumber(ARGV[4]), ARGV[5] == '1'
local time = redis.call('TIME')
local now = time[1] * 1000 + math.floor(time[2] / 1000)
local missing = math.max(0, tonumber(redis.call('GET', KEYS[1]) or '0') - now)
local retry = math.max(0, missing - (burst - 1) * ms)
if retry > 0 and not force then return { missing, retry } end
local after = missing + cost * ms
if force then after = math.min(after, math.max((burst + debt) * ms, missing)) end
if after > 0 then redis.call('SET', KEYS[1], string.format('%d', now + after), 'PX', string.format('%d', after))
else redis.call('DEL', KEYS[1]) end
return { math.max(0, after), 0 }`;

async function drawShared(
  redis: RedisWithDraw,
  policy: string,
  { burst, perSecond, debt = 0 }: Rate,
  key: string,
  { cost = 1, force = false }: Draw,
): Promise<Level> {
  const name = `repdesk:${policy}:${createHash("sha256").update(key).digest("base64url").slice(0, 22)}`;
  const msPerToken = Math.round(1_000 / perSecond);
  const [missing, retryMs] = await redis.drawToken(name, msPerToken, burst, debt, cost, force ? 1 : 0);
  return {
    allowed: retryMs === 0,
    remaining: Math.floor((burst * msPerToken - missing) / msPerToken),
    resetMs: missing,
    retryMs,
  };
}

/** A connection that never delays a request. While the store is away, this process counts by itself. */
function connection(): RedisWithDraw | null {
  if (store.redis !== undefined) return store.redis;
  const url = env().RATE_LIMIT_REDIS_URL;
  store.redis = url === undefined ? null : connect(url);
  return store.redis;
}

function connect(url: string): RedisWithDraw {
  const client = new Redis(url, {
    enableOfflineQueue: false,
    maxRetriesPerRequest: 0,
    commandTimeout: 250,
    connectTimeout: 2_000,
    // After this, a store that hangs counts as away until it answers a new connection.
    socketTimeout: 500,
    retryStrategy: (times) => Math.min(times * 200, 2_000),
  })
    .on("error", (error: Error & { code?: string }) =>
      log().warn({ error: error.code ?? error.name }, "rate limit store"),
    )
    .on("ready", () => log().info("rate limit store is ready"));
  client.defineCommand("drawToken", { numberOfKeys: 1, lua: script });
  return client as RedisWithDraw;
}
