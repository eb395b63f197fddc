import { Unavailable } from "#lib/db/faults";
import { type Lane, openLane, within } from "#lib/db/lane";
import { Queue, type Turn, type Waiter } from "#lib/db/queue";

/** Connections of this process, beside one that `ping` may use. */
const size = 10;
const connectMs = 3_000;
const maxAgeMs = 30 * 60_000;
/** While the database cannot be reached: a try at most so often, so that no server is stormed and healing takes no longer. */
const retryMs = { first: 100, most: 1_000 };

export type Borrowed = { lane: Lane; isFresh: boolean };

/** Work of the process itself, such as cleaning up, waits for its turn like a company. */
export const ownTurn: Turn = { group: "repdesk", member: "repdesk" };

class Pool {
  private idle: Borrowed[] = [];
  private busy = new Map<Lane, { turn: Turn; since: number }>();
  private opening = 0;
  private queue = new Queue<Borrowed>(size);
  private failures = 0;
  private nextTry = 0;
  private timer: NodeJS.Timeout | undefined;
  private closed = false;

  /** A connection, when it is this turn's. Rejects when `signal` aborts first, when connecting fails, or when too many wait. */
  async borrow(signal: AbortSignal, turn: Turn): Promise<Borrowed> {
    signal.throwIfAborted();
    if (this.closed) throw new Unavailable("The app is stopping.");
    const { promise, resolve, reject } = Promise.withResolvers<Borrowed>();
    const waiter: Waiter<Borrowed> = { turn, since: performance.now(), take: resolve, reject };
    const leave = () => {
      this.queue.remove(waiter);
      reject(signal.reason);
    };
    signal.addEventListener("abort", leave, { once: true });
    this.queue.add(waiter)?.reject(new Unavailable("Too many requests wait for the database."));
    this.hand();
    this.fill();
    return promise.finally(() => signal.removeEventListener("abort", leave));
  }

  /** An idle connection that looks alive, now the caller's, no matter who waits. */
  takeIdle(turn: Turn): Borrowed | undefined {
    this.prune();
    const borrowed = this.idle.pop();
    if (borrowed === undefined) return undefined;
    this.busy.set(borrowed.lane, { turn, since: performance.now() });
    this.queue.began(turn);
    return borrowed;
  }

  /** Takes a connection back; one that died is forgotten. */
  giveBack(lane: Lane): void {
    lane.stop = null;
    const use = this.busy.get(lane);
    if (use === undefined) return;
    this.busy.delete(lane);
    this.queue.ended(use.turn, performance.now() - use.since);
    if (this.closed) void lane.close();
    else if (!lane.isDead()) this.idle.push({ lane, isFresh: false });
    this.hand();
    this.fill();
  }

  /** Cuts all idle connections: one of them turned out to be dead without a word, so the others may be. */
  distrust(): void {
    for (const { lane } of this.idle.splice(0)) lane.destroy(new Unavailable("The connection may be dead."));
  }

  /** Waits for running work, for up to `ms`, and closes all connections. */
  async end(ms: number): Promise<void> {
    this.closed = true;
    clearTimeout(this.timer);
    for (const waiter of this.queue.removeAll()) waiter.reject(new Unavailable("The app is stopping."));
    const until = Date.now() + ms;
    while (this.busy.size + this.opening > 0 && Date.now() < until)
      await new Promise((resolve) => setTimeout(resolve, 20));
    await Promise.all(this.idle.splice(0).map(({ lane }) => lane.close()));
    for (const lane of this.busy.keys()) lane.destroy(new Unavailable("The app is stopping."));
  }

  /** Gives idle connections to those whose turn it is. */
  private hand(): void {
    this.prune();
    while (this.idle.length > 0) {
      const waiter = this.queue.next();
      const borrowed = waiter && this.takeIdle(waiter.turn);
      if (!borrowed) return;
      waiter.take(borrowed);
    }
  }

  /** Forgets idle connections that died, and closes those that are too old. */
  private prune(): void {
    this.idle = this.idle.filter(({ lane }) => {
      const isYoung = Date.now() - lane.openedAt < maxAgeMs;
      if (!isYoung) void lane.close();
      return isYoung && !lane.isDead();
    });
  }

  /** Opens what is missing: as many as wait. While connecting fails, one at a time and not too often, whatever hangs meanwhile. */
  private fill(): void {
    while (!this.closed && this.isWanted() && this.total() < size) {
      const now = performance.now();
      if (now < this.nextTry) {
        clearTimeout(this.timer);
        this.timer = setTimeout(() => this.fill(), this.nextTry - now);
        return;
      }
      if (this.failures > 0) this.nextTry = now + this.pause();
      void this.open(now);
    }
  }

  private async open(startedAt: number): Promise<void> {
    this.opening += 1;
    try {
      const lane = await openLane(connectMs);
      this.failures = 0;
      this.nextTry = 0;
      this.opening -= 1;
      if (this.closed) void lane.close();
      else this.idle.push({ lane, isFresh: true });
      this.hand();
      for (const borrowed of this.idle) borrowed.isFresh = false;
    } catch (error) {
      this.opening -= 1;
      this.failures += 1;
      this.nextTry = Math.max(this.nextTry, performance.now() + this.pause());
      // Who came after this try began waits for the next.
      for (const waiter of this.queue.removeAll(({ since }) => since <= startedAt)) waiter.reject(error as Error);
    }
    this.fill();
  }

  private isWanted(): boolean {
    return this.queue.wanted() > (this.failures > 0 ? 0 : this.opening);
  }

  private pause(): number {
    return Math.min(retryMs.most, retryMs.first * 2 ** Math.min(this.failures, 10)) * (0.75 + Math.random() / 4);
  }

  private total(): number {
    return this.idle.length + this.busy.size + this.opening;
  }
}

/** One a process: Next bundles pages, routes and instrumentation apart, and development loads modules anew. */
const kept = globalThis as { [key: symbol]: unknown };
const name = Symbol.for("repdesk.db.pool");

export function pool(): Pool {
  kept[name] ??= new Pool();
  return kept[name] as Pool;
}

/** At the end of the process: waits for running work, for up to `ms`, and closes all connections. */
export async function endPool(ms = 5_000): Promise<void> {
  const ending = kept[name] as Pool | undefined;
  delete kept[name];
  await ending?.end(ms);
}

let pinging: Promise<void> | undefined;

/**
 * Whether the database answers: rejects after `ms` at the latest. Pings at the same time are one.
 * Where all connections are at work it makes one of its own, so that a busy app is not called broken.
 */
export function ping(ms: number): Promise<void> {
  pinging ??= pingOnce(ms).finally(() => {
    pinging = undefined;
  });
  return within(ms, pinging, "The database did not answer in time.");
}

async function pingOnce(ms: number): Promise<void> {
  const began = performance.now();
  const lane = pool().takeIdle(ownTurn)?.lane;
  if (!lane) {
    const own = await openLane(ms);
    void own.close();
    return;
  }
  try {
    await within(ms, lane.guard(lane.sql.unsafe("select 1")), "The database did not answer in time.");
  } catch (error) {
    const wasClosed = lane.isDead();
    lane.destroy(error as Error);
    pool().distrust();
    if (!wasClosed) throw error;
    void (await openLane(ms - (performance.now() - began))).close();
  } finally {
    pool().giveBack(lane);
  }
}
