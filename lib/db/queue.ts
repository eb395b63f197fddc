/** On whose account a request waits for a connection. */
export type Turn = {
  /** A company, or what takes its place while it is not known: a user, or a stranger's network. */
  group: string;
  /** The credential within the group. */
  member: string;
  /** An unknown credential. Its network gets at most this many connections, and all strangers together get `strangersShare`. */
  stranger?: number;
};

export type Waiter<Item> = {
  turn: Turn;
  /** `performance.now()` when it began to wait. */
  since: number;
  take(item: Item): void;
  reject(error: Error): void;
};

/** Requests that may wait; beyond it the largest group gives way. */
const maxWaiting = 500;
/** Connections of one group while others wait, or were served a moment ago. */
const fairShare = 4;
/** The same for a group that lately used more than one and a half connections all the time: slow statements fill a small database. */
const heavyShare = 2;
const momentMs = 2_000;
const heavyMs = 1.5 * momentMs;
/** A group that is alone may use more than its share, as long as this many stay free for the next group. */
const reserve = 2;
const strangersShare = 2;

type Group<Item> = {
  busy: number;
  count: number;
  waiting: Map<string, Waiter<Item>[]>;
  /** Milliseconds of connections that it used, fading away over a moment, as of `at`. */
  used: { ms: number; at: number };
};

/**
 * Shares connections among those who wait: groups take turns, and so do the members of a group. Holds only groups that wait or
 * use a connection, so it is bounded by `maxWaiting` and the number of connections.
 */
export class Queue<Item> {
  private readonly groups = new Map<string, Group<Item>>();
  private strangers = 0;
  /** The group served last, and the last one before it that was another. */
  private latest = { group: "", at: Number.NEGATIVE_INFINITY };
  private latestOther = this.latest;
  private readonly connections: number;
  private busy = 0;
  private length = 0;

  constructor(connections: number) {
    this.connections = connections;
  }

  /** Adds a waiter. Returns the one that has to go where too many wait: of the largest group, or the newcomer itself. */
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

  /** Takes a waiter out, as when its time is up. One that is no longer here is left alone. */
  remove(waiter: Waiter<Item>): void {
    const { group, member } = waiter.turn;
    const list = this.groups.get(group)?.waiting.get(member);
    const index = list?.indexOf(waiter) ?? -1;
    if (list === undefined || index < 0) return;
    list.splice(index, 1);
    if (list.length === 0) this.groups.get(group)?.waiting.delete(member);
    this.recount(group, -1);
  }

  /** The waiter whose turn it is, no longer waiting. */
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

  /** How many of those who wait could use a connection now. */
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

  /** Removes and returns those who wait and `are` so. */
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

  /** Whether no other group waits or was served a moment ago. */
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
