/** Who a request waits for a connection as. */
export type Turn = {
  /** A company, or, while that is unknown, a user or a network. */
  group: string;
  /** The credential within the group. */
  member: string;
  /** For an unknown credential: the most connections for its network. All strangers together get `strangersShare`. */
  stranger?: number;
};

export type Waiter<Item> = {
  turn: Turn;
  /** `performance.now()` when the wait began. */
  since: number;
  take(item: Item): void;
  reject(error: Error): void;
};

/** The most requests that wait. Beyond that, the largest group gives way. */
const maxWaiting = 500;
/** The most connections of one group while others wait or were just served. */
const fairShare = 4;
/** The same for a group that recently averaged more than 1.5 connections: slow statements can fill a small database. */
const heavyShare = 2;
const momentMs = 2_000;
const heavyMs = 1.5 * momentMs;
/** A group that is alone may use more than its share, as long as this many stay free. */
const reserve = 2;
const strangersShare = 2;

type Group<Item> = {
  busy: number;
  count: number;
  waiting: Map<string, Waiter<Item>[]>;
  /** Connection time used recently, in milliseconds, decayed as of `at`. */
  used: { ms: number; at: number };
};

/**
 * Shares connections fairly: groups take turns, and so do the members of a group. Holds only groups that wait for or use a
 * connection, so its size is bounded by `maxWaiting` and the number of connections.
 */
export class Queue<Item> {
  private readonly groups = new Map<string, Group<Item>>();
  private strangers = 0;
  /** The group served last, and the last different one before it. */
  private latest = { group: "", at: Number.NEGATIVE_INFINITY };
  private latestOther = this.latest;
  private readonly connections: number;
  private busy = 0;
  private length = 0;

  constructor(connections: number) {
    this.connections = connections;
  }

  /** Adds a waiter. If too many wait, returns the one to reject: one of the largest group, or the new one itself. */
  add(waiter: Waiter<Item>): Waiter<Item> | undefined {
    let removed: Waiter<Item> | undefined;
    if (this.length >= maxWaiting) {
      removed = this.lastOfLargest((this.groups.get(waiter.turn.group)?.count ?? 0) + 1);
      if (removed === undefined) return waiter;
      this.remove(removed);
    }
    const { group, member } = waiter.turn;
    const { waiting } = this.group(group);
    const list = waiting.get(member);
    if (list) list.push(waiter);
    else waiting.set(member, [waiter]);
    this.recount(group, 1);
    return removed;
  }

  /** Removes a waiter, for example when it times out. Does nothing if it isn't waiting anymore. */
  remove(waiter: Waiter<Item>): void {
    const { group, member } = waiter.turn;
    const list = this.groups.get(group)?.waiting.get(member);
    const index = list?.indexOf(waiter) ?? -1;
    if (list === undefined || index < 0) return;
    list.splice(index, 1);
    if (list.length === 0) this.groups.get(group)?.waiting.delete(member);
    this.recount(group, -1);
  }

  /** Removes and returns the waiter whose turn it is. */
  next(): Waiter<Item> | undefined {
    for (const [name, group] of this.groups) {
      const [member, list] = group.waiting.entries().next().value ?? [];
      const waiter = list?.[0];
      if (!waiter || member === undefined || this.room(name, group, waiter.turn) < 1) continue;
      group.waiting.delete(member);
      if (list.length > 1) group.waiting.set(member, list.slice(1));
      this.groups.delete(name);
      this.groups.set(name, group);
      this.recount(name, -1);
      return waiter;
    }
    return undefined;
  }

  /** How many waiters could use a connection now. */
  wanted(): number {
    let wanted = 0;
    for (const [name, group] of this.groups) {
      const turn = group.waiting.values().next().value?.[0]?.turn;
      if (turn) wanted += Math.max(0, Math.min(group.count, this.room(name, group, turn)));
    }
    return wanted;
  }

  began(turn: Turn): void {
    this.busy += 1;
    if (turn.stranger) this.strangers += 1;
    this.group(turn.group).busy += 1;
    if (turn.group !== this.latest.group) this.latestOther = this.latest;
    this.latest = { group: turn.group, at: performance.now() };
  }

  /** `ms`: how long the connection was used. */
  ended(turn: Turn, ms: number): void {
    this.busy -= 1;
    if (turn.stranger) this.strangers -= 1;
    const group = this.group(turn.group);
    group.busy -= 1;
    group.used = { ms: usedLately(group) + ms, at: performance.now() };
    this.recount(turn.group, 0);
  }

  /** Removes and returns the waiters that match `are`. */
  removeAll(are: (waiter: Waiter<Item>) => boolean = () => true): Waiter<Item>[] {
    const found = [...this.groups.values()].flatMap(({ waiting }) => [...waiting.values()].flat()).filter(are);
    for (const waiter of found) this.remove(waiter);
    return found;
  }

  /** How many more connections the group may use. */
  private room(name: string, group: Group<Item>, { stranger }: Turn): number {
    if (stranger) return Math.min(stranger - group.busy, strangersShare - this.strangers);
    const share = (usedLately(group) > heavyMs ? heavyShare : fairShare) - group.busy;
    return this.isAlone(name) ? Math.max(share, this.connections - this.busy - reserve) : share;
  }

  /** Whether no other group waits or was just served. */
  private isAlone(name: string): boolean {
    const other = this.latest.group === name ? this.latestOther : this.latest;
    if (performance.now() - other.at < momentMs) return false;
    for (const [key, { count }] of this.groups) if (key !== name && count > 0) return false;
    return true;
  }

  private lastOfLargest(atLeast: number): Waiter<Item> | undefined {
    let largest: Group<Item> | undefined;
    for (const group of this.groups.values()) if (group.count > (largest?.count ?? atLeast)) largest = group;
    return largest && [...largest.waiting.values()].at(-1)?.at(-1);
  }

  private group(name: string): Group<Item> {
    const group = this.groups.get(name) ?? { busy: 0, count: 0, waiting: new Map(), used: { ms: 0, at: 0 } };
    this.groups.set(name, group);
    return group;
  }

  private recount(name: string, more: number): void {
    const group = this.group(name);
    group.count += more;
    this.length += more;
    if (group.count === 0 && group.busy === 0) this.groups.delete(name);
  }
}

function usedLately({ used }: Pick<Group<unknown>, "used">): number {
  return used.ms * Math.exp((used.at - performance.now()) / momentMs);
}
