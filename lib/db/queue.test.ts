import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { Queue, type Turn, type Waiter } from "#lib/db/queue";

function waiterOf(turn: Turn): Waiter<number> {
  return { turn, since: 0, take() {}, reject() {} };
}

const of = (group: string, member = "m"): Turn => ({ group, member });
const strangerOf = (network: string, most = 2): Turn => ({ group: network, member: network, stranger: most });

/** Adds waiters, serves as many as may have a connection, and returns their turns. */
function serve(queue: Queue<number>, most = Number.POSITIVE_INFINITY): string[] {
  const served: string[] = [];
  while (served.length < most) {
    const waiter = queue.next();
    if (!waiter) break;
    queue.began(waiter.turn);
    served.push(`${waiter.turn.group}/${waiter.turn.member}`);
  }
  return served;
}

beforeEach(() => {
  vi.useFakeTimers();
});
afterEach(() => {
  vi.useRealTimers();
});

test("a company that is alone gets all connections except two", () => {
  const queue = new Queue<number>(10);
  for (let count = 0; count < 120; count += 1) queue.add(waiterOf(of("a")));
  expect(queue.wanted()).toBe(8);
  expect(serve(queue)).toHaveLength(8);
  expect(queue.wanted()).toBe(0);
  queue.add(waiterOf(of("b")));
  queue.add(waiterOf(of("c")));
  expect(serve(queue)).toEqual(["b/m", "c/m"]);
});

test("a company isn't alone if another was just served", () => {
  const queue = new Queue<number>(10);
  queue.add(waiterOf(of("b")));
  serve(queue);
  queue.ended(of("b"), 1);
  for (let count = 0; count < 20; count += 1) queue.add(waiterOf(of("a")));
  expect(serve(queue)).toHaveLength(4);
  vi.advanceTimersByTime(2_001);
  expect(serve(queue)).toHaveLength(4);
});

test("while others wait, no company gets more than four", () => {
  const queue = new Queue<number>(10);
  for (let count = 0; count < 50; count += 1) for (const name of ["a", "b", "c"]) queue.add(waiterOf(of(name)));
  const served = serve(queue, 10);
  expect(served.filter((name) => name === "a/m")).toHaveLength(4);
  // One finishes. Its connection goes to the next in turn, not to the same company.
  queue.ended(of("a"), 1);
  expect(serve(queue, 1)).toEqual(["b/m"]);
});

test("a company that recently kept several connections busy gets two for a while", () => {
  const queue = new Queue<number>(10);
  queue.add(waiterOf(of("b")));
  for (let count = 0; count < 50; count += 1) queue.add(waiterOf(of("a")));
  expect(serve(queue)).toHaveLength(5);
  vi.advanceTimersByTime(1_000);
  for (let count = 0; count < 4; count += 1) queue.ended(of("a"), 1_000);
  expect(serve(queue)).toHaveLength(2);
  vi.advanceTimersByTime(900);
  expect(serve(queue)).toHaveLength(2);
});

test("companies take turns, and so do credentials within a company", () => {
  const queue = new Queue<number>(10);
  for (let count = 0; count < 10; count += 1) queue.add(waiterOf(of("a", "machine")));
  queue.add(waiterOf(of("a", "person")));
  queue.add(waiterOf(of("b", "person")));
  expect(serve(queue, 4)).toEqual(["a/machine", "b/person", "a/person", "a/machine"]);
});

test("strangers share two connections, and a suspect network has one", () => {
  const queue = new Queue<number>(10);
  for (let count = 0; count < 5; count += 1) {
    queue.add(waiterOf(strangerOf("n1", 1)));
    queue.add(waiterOf(strangerOf("n2")));
  }
  expect(queue.wanted()).toBeGreaterThan(0);
  expect(serve(queue).sort()).toEqual(["n1/n1", "n2/n2"]);
  queue.ended(strangerOf("n2"), 1);
  expect(serve(queue)).toEqual(["n2/n2"]);
  queue.add(waiterOf(of("a")));
  expect(serve(queue)).toEqual(["a/m"]);
});

test("if 500 wait, the largest group gives way to others, and new waiters of the largest group are rejected", () => {
  const queue = new Queue<number>(10);
  const flood = Array.from({ length: 500 }, () => waiterOf(of("a")));
  for (const waiter of flood) expect(queue.add(waiter)).toBeUndefined();
  const another = waiterOf(of("a"));
  expect(queue.add(another)).toBe(another);
  expect(queue.add(waiterOf(of("b")))).toBe(flood.at(-1));
  expect(serve(queue).filter((name) => name === "b/m")).toHaveLength(1);
});

test("a waiter that left isn't served, and empty groups are removed", () => {
  const queue = new Queue<number>(10);
  const [first, second] = [waiterOf(of("a")), waiterOf(of("a"))];
  queue.add(first);
  queue.add(second);
  queue.remove(first);
  queue.remove(first);
  expect(queue.next()).toBe(second);
  expect(queue.next()).toBeUndefined();
  expect(Object.values(queue).find((value) => value instanceof Map)?.size).toBe(0);
});
