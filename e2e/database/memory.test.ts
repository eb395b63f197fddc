import { setFlagsFromString } from "node:v8";
import { runInNewContext } from "node:vm";
import { expect, test } from "vitest";
import { as, byToken, makeWorld } from "./support.ts";

setFlagsFromString("--expose-gc");
const collectGarbage = runInNewContext("gc") as () => void;

test("results are garbage collected while their connection stays open", async () => {
  const { token } = await makeWorld();
  const given: WeakRef<object>[] = [];
  for (let count = 0; count < 50; count += 1) {
    given.push(new WeakRef(await as(byToken(token), async () => ({ text: "x".repeat(1000) }))));
  }
  // A WeakRef that was just read stays alive until the end of the event loop turn.
  const left = async () => {
    await new Promise(setImmediate);
    collectGarbage();
    return given.filter((reference) => reference.deref() !== undefined).length;
  };
  await expect.poll(left, { timeout: 5_000 }).toBeLessThan(5);
});
