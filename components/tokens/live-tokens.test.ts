import { expect, test } from "vitest";
import { atOnce, eachOf } from "#components/tokens/live-tokens";

test("work runs for each item, a few at a time, and a failure doesn't stop the others", async () => {
  let running = 0;
  let most = 0;
  const items = Array.from({ length: 50 }, (_, index) => index);
  const results = await eachOf(items, async (item) => {
    running += 1;
    most = Math.max(most, running);
    await new Promise((resolve) => setImmediate(resolve));
    running -= 1;
    if (item === 7) throw new Error("seven");
    return item * 2;
  });
  expect(most).toBe(atOnce);
  expect(results).toHaveLength(50);
  expect(results[7]).toMatchObject({ status: "rejected", reason: { message: "seven" } });
  expect(results[8]).toEqual({ status: "fulfilled", value: 16 });
  expect(results.at(-1)).toEqual({ status: "fulfilled", value: 98 });
  expect(await eachOf([], async () => 1)).toEqual([]);
});
