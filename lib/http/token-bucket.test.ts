import fc from "fast-check";
import { expect, test } from "vitest";
import { BucketTable, type Rate } from "#lib/http/token-bucket";

const rate: Rate = { burst: 600, perSecond: 10 };
const start = 1_000_000;

test("a full bucket allows its burst, then as many per second as it refills", () => {
  const table = new BucketTable();
  for (let taken = 1; taken <= 600; taken += 1)
    expect(table.draw("a", "n", rate, start)).toMatchObject({ allowed: true, remaining: 600 - taken });
  expect(table.draw("a", "n", rate, start)).toEqual({ allowed: false, remaining: 0, resetMs: 60_000, retryMs: 100 });
  expect(table.draw("a", "n", rate, start + 99).allowed).toBe(false);
  expect(table.draw("a", "n", rate, start + 100)).toMatchObject({ allowed: true, remaining: 0 });
  expect(table.draw("b", "n", rate, start)).toMatchObject({ allowed: true, remaining: 599 });
});

test("never allows more than a naive token bucket", () => {
  const draws = fc.array(fc.record({ wait: fc.integer({ min: 0, max: 400 }), cost: fc.constantFrom(1, 1, 1, -1) }));
  fc.assert(
    fc.property(draws, (list) => {
      const small: Rate = { burst: 5, perSecond: 10 };
      const table = new BucketTable();
      let [now, tokens] = [start, 5];
      for (const { wait, cost } of list) {
        now += wait;
        tokens = Math.min(5, tokens + (wait * small.perSecond) / 1000);
        const { allowed } = table.draw("a", "n", small, now, cost < 0 ? { cost, force: true } : { cost });
        if (cost < 0) tokens = Math.min(5, tokens + 1);
        else {
          expect(allowed).toBe(tokens > 1 - 1e-6);
          if (allowed) tokens -= 1;
        }
      }
    }),
  );
});

test("tokens that are given back can be taken again, but never fill a bucket beyond its burst", () => {
  const table = new BucketTable();
  table.draw("a", "n", rate, start);
  expect(table.draw("a", "n", rate, start, { cost: -1, force: true }).remaining).toBe(600);
  expect(table.draw("a", "n", rate, start, { cost: -1, force: true }).remaining).toBe(600);
});

test("forced draws overdraw a bucket up to its debt, and no further", () => {
  const table = new BucketTable();
  const indebted: Rate = { burst: 2, perSecond: 1, debt: 3 };
  const levels = Array.from({ length: 7 }, () => table.draw("a", "n", indebted, start, { force: true }).remaining);
  expect(levels).toEqual([1, 0, -1, -2, -3, -3, -3]);
  expect(table.draw("a", "n", rate, start, { force: true }).allowed).toBe(true);
});

test("a draw that costs more than a bucket holds delays the next one accordingly", () => {
  const table = new BucketTable();
  const pause: Rate = { burst: 1, perSecond: 1 };
  expect(table.draw("a", "n", pause, start, { cost: 30 }).allowed).toBe(true);
  expect(table.draw("a", "n", pause, start + 10_000, { cost: 30 })).toMatchObject({ allowed: false, retryMs: 20_000 });
  expect(table.draw("a", "n", pause, start + 30_000, { cost: 30 }).allowed).toBe(true);
});

const keysTimeout = { timeout: 30_000 };

test(
  "holds at most 100,000 keys, never drops one that isn't full, and lets new ones share the bucket of their wider network",
  keysTimeout,
  () => {
    const table = new BucketTable();
    table.draw("mine", "10.1", rate, start, { cost: 500 });
    for (let key = 0; key < 200_000; key += 1) table.draw(`key ${key}`, "10.2", rate, start);
    expect(table.count(start)).toBeLessThanOrEqual(100_000);
    expect(table.count(start)).toBeGreaterThan(90_000);
    expect(table.draw("mine", "10.1", rate, start).remaining).toBe(99);
    // These use up the shared bucket of their wider network, and no other.
    const late = Array.from({ length: 50 }, (_, index) => table.draw(`late ${index}`, "10.2", rate, start));
    expect(late.filter(({ allowed }) => !allowed).length).toBeGreaterThan(40);
    const others = Array.from({ length: 50 }, (_, index) => table.draw(`other ${index}`, "10.3", rate, start));
    expect(others.every(({ allowed }) => allowed)).toBe(true);
    // When the buckets are full again, there is room.
    expect(table.count(start + 60_001)).toBe(0);
    expect(table.draw("late 1", "10.2", rate, start + 60_001).remaining).toBe(599);
  },
);
