import { hash, randomBytes } from "node:crypto";

/** A token bucket: `burst` requests at once, and `perSecond` more each second. `debt`: how far forced draws may overdraw it. */
export type Rate = { burst: number; perSecond: number; debt?: number };

/** `cost`: tokens to take; negative to give back. `force`: takes them even from an empty bucket. */
export type Draw = { cost?: number; force?: boolean };

/** A bucket after a draw. `remaining` is negative in debt; `resetMs` until it is full; `retryMs` until a rejected draw would succeed. */
export type Level = { allowed: boolean; remaining: number; resetMs: number; retryMs: number };

const slotsInSet = 16;
const sets = 6_250;
/** Buckets shared by keys that don't get a slot of their own. */
const sharedBuckets = 4_096;

/**
 * Token buckets for up to 100,000 keys in 1.6 MB, without timers or garbage. A bucket is one number: the time at which it is full again
 * (the generic cell rate algorithm, ITU-T I.371). A full bucket holds no information, so its slot is free for another key. A bucket that
 * isn't full is never dropped: a key without a free slot in its set shares the bucket of its wider network. Keys are hashed with a secret
 * of this process, so nobody can target a set.
 */
export class BucketTable {
  private readonly fingerprints = new Uint32Array(2 * sets * slotsInSet);
  private readonly fullAt = new Float64Array(sets * slotsInSet);
  private readonly sharedFullAt = new Float64Array(sharedBuckets);
  private readonly secret = randomBytes(16).toString("hex");

  /** Takes tokens from the bucket of `key`. `now` is in milliseconds. */
  draw(key: string, widerNetwork: string, rate: Rate, now: number, { cost = 1, force = false }: Draw = {}): Level {
    const slot = this.slotOf(key, now);
    const [buckets, index] =
      slot === null
        ? [this.sharedFullAt, this.digest(widerNetwork).readUInt32LE(0) % sharedBuckets]
        : [this.fullAt, slot];
    const { level, fullAt } = drawFrom(buckets[index] as number, rate, now, cost, force);
    buckets[index] = fullAt;
    return level;
  }

  /** The number of keys with their own bucket that isn't full. */
  count(now: number): number {
    return this.fullAt.reduce((count, fullAt) => (fullAt > now ? count + 1 : count), 0);
  }

  /** The slot of the key, or else a free one, which it then takes; null if the set is full. */
  private slotOf(key: string, now: number): number | null {
    const digest = this.digest(key);
    const first = (digest.readUInt32LE(0) % sets) * slotsInSet;
    const [high, low] = [digest.readUInt32LE(4), digest.readUInt32LE(8)];
    let free: number | null = null;
    for (let slot = first; slot < first + slotsInSet; slot += 1) {
      const isFree = (this.fullAt[slot] as number) <= now;
      if (!isFree && this.fingerprints[2 * slot] === high && this.fingerprints[2 * slot + 1] === low) return slot;
      if (isFree) free ??= slot;
    }
    if (free === null) return null;
    this.fingerprints[2 * free] = high;
    this.fingerprints[2 * free + 1] = low;
    this.fullAt[free] = 0;
    return free;
  }

  private digest(key: string): Buffer {
    return hash("sha256", this.secret + key, "buffer");
  }
}

/** A draw is allowed if at least one token is left. One that costs more leaves the bucket in debt. */
function drawFrom(
  wasFullAt: number,
  rate: Rate,
  now: number,
  cost: number,
  force: boolean,
): { level: Level; fullAt: number } {
  const msPerToken = 1_000 / rate.perSecond;
  const missing = Math.max(0, wasFullAt - now);
  const retryMs = Math.max(0, missing - (rate.burst - 1) * msPerToken);
  const allowed = force || retryMs === 0;
  const most = force ? (rate.burst + (rate.debt ?? 0)) * msPerToken : Number.POSITIVE_INFINITY;
  const after = allowed ? Math.max(0, Math.min(missing + cost * msPerToken, Math.max(most, missing))) : missing;
  const remaining = Math.floor((rate.burst * msPerToken - after) / msPerToken + 1e-6);
  return { level: { allowed, remaining, resetMs: after, retryMs: allowed ? 0 : retryMs }, fullAt: now + after };
}
