import { type Connection, openConnection, withTimeout } from "#lib/db/connection";
import { Queue, type Turn, type Waiter } from "#lib/db/queue";
import { Unavailable } from "#lib/errors";
import { processWide } from "#lib/format/process-wide";

/** Connections of this process, not counting the one that `ping` may open. */
const size = 10;
const connectMs = 3_000;
const maxAgeMs = 30 * 60_000;
/** Minimum time between attempts while the database is unreachable, so that reconnecting neither floods it nor takes long. */
const retryMs = { first: 100, most: 1_000 };

export type Borrowed = { connection: Connection; isFresh: boolean };

/** The process's own work, such as maintenance, waits for its turn like a company. */
export const ownTurn: Turn = { group: "repdesk", member: "repdesk" };

class Pool {
  private idle: Borrowed[] = [];
  private busy = new Map<Connection, { turn: Turn; since: number }>();
  private opening = 0;
  private queue = new Queue<Borrowed>(size);
  private failures = 0;
  private nextTry = 0;
  private timer: NodeJS.Timeout | undefined;
  private closed = false;

  /** Waits for a connection. Rejects if `signal` aborts first, connecting fails, or too many are waiting. */
  async borrow(signal: AbortSignal, turn: Turn): Promise<Borrowed> {
    signal.throwIfAborted();
    if (this.closed) throw new Unavailable("The app is stopping.");
    const { promise, resolve, reject } = Promise.withResolvers<Borrowed>();
    let isTaken = false;
    const take = (borrowed: Borrowed) => {
      isTaken = true;
      resolve(borrowed);
    };
    const waiter: Waiter<Borrowed> = { turn, since: performance.now(), take, reject };
    this.queue.add(waiter)?.reject(new Unavailable("Too many requests wait for the database."));
    this.hand();
    this.fill();
    if (isTaken) return promise;
    const leave = () => {
      this.queue.remove(waiter);
      reject(signal.reason);
    };
    signal.addEventListener("abort", leave, { once: true });
    return promise.finally(() => signal.removeEventListener("abort", leave));
  }

  /** Takes an idle connection that looks alive, ahead of everyone who waits. */
  takeIdle(turn: Turn): Borrowed | undefined {
    this.prune();
    const borrowed = this.idle.pop();
    if (borrowed === undefined) return undefined;
    this.busy.set(borrowed.connection, { turn, since: performance.now() });
    this.queue.began(turn);
    return borrowed;
  }

  /** Takes a connection back, or forgets it if it died. */
  giveBack(connection: Connection): void {
    connection.stop = null;
    const use = this.busy.get(connection);
    if (use === undefined) return;
    this.busy.delete(connection);
    this.queue.ended(use.turn, performance.now() - use.since);
    if (this.closed) void connection.close();
    else if (!connection.isDead()) this.idle.push({ connection, isFresh: false });
    this.hand();
    this.fill();
  }

  /** Closes all idle connections, after one of them had died silently. */
  distrust(): void {
    for (const { connection } of this.idle.splice(0))
      connection.destroy(new Unavailable("The connection may be dead."));
  }

  /** Waits up to `ms` for running work, then closes all connections. */
  async end(ms: number): Promise<void> {
    this.closed = true;
    clearTimeout(this.timer);
    for (const waiter of this.queue.removeAll()) waiter.reject(new Unavailable("The app is stopping."));
    const until = Date.now() + ms;
    while (this.busy.size + this.opening > 0 && Date.now() < until)
      await new Promise((resolve) => setTimeout(resolve, 20));
    await Promise.all(this.idle.splice(0).map(({ connection }) => connection.close()));
    for (const connection of this.busy.keys()) connection.destroy(new Unavailable("The app is stopping."));
  }

  /** Hands idle connections to the next waiters. */
  private hand(): void {
    this.prune();
    while (this.idle.length > 0) {
      const waiter = this.queue.next();
      const borrowed = waiter && this.takeIdle(waiter.turn);
      if (!borrowed) return;
      waiter.take(borrowed);
    }
  }

  /** Forgets idle connections that died and closes those that are too old. */
  private prune(): void {
    this.idle = this.idle.filter(({ connection }) => {
      const isYoung = Date.now() - connection.openedAt < maxAgeMs;
      if (!isYoung) void connection.close();
      return isYoung && !connection.isDead();
    });
  }

  /** Opens as many connections as are waited for. While connecting fails, tries one at a time and not too often, even if a try hangs. */
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
      const connection = await openConnection(connectMs);
      this.failures = 0;
      this.nextTry = 0;
      this.opening -= 1;
      if (this.closed) void connection.close();
      else this.idle.push({ connection, isFresh: true });
      this.hand();
      for (const borrowed of this.idle) borrowed.isFresh = false;
    } catch (error) {
      this.opening -= 1;
      this.failures += 1;
      this.nextTry = Math.max(this.nextTry, performance.now() + this.pause());
      // Waiters that came after this attempt began wait for the next one.
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

const shared = processWide<{ pool?: Pool }>("db.pool", () => ({}));

export function pool(): Pool {
  shared.pool ??= new Pool();
  return shared.pool;
}

/** Shutdown: waits up to `ms` for running work, then closes all connections. */
export async function endPool(ms = 5_000): Promise<void> {
  const ending = shared.pool;
  delete shared.pool;
  await ending?.end(ms);
}

let pinging: Promise<void> | undefined;

/**
 * Checks that the database answers. Rejects after `ms`. Concurrent pings share one query. If all connections are busy, opens another
 * one, so that a busy app isn't reported as broken.
 */
export function ping(ms: number): Promise<void> {
  pinging ??= pingOnce(ms).finally(() => {
    pinging = undefined;
  });
  return withTimeout(ms, pinging, "The database did not answer in time.");
}

async function pingOnce(ms: number): Promise<void> {
  const began = performance.now();
  const connection = pool().takeIdle(ownTurn)?.connection;
  if (!connection) {
    const own = await openConnection(ms);
    void own.close();
    return;
  }
  try {
    await withTimeout(ms, connection.guard(connection.sql.unsafe("select 1")), "The database did not answer in time.");
  } catch (error) {
    const wasClosed = connection.isDead();
    connection.destroy(error as Error);
    pool().distrust();
    if (!wasClosed) throw error;
    void (await openConnection(ms - (performance.now() - began))).close();
  } finally {
    pool().giveBack(connection);
  }
}
