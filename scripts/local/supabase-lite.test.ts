import { once } from "node:events";
import { expect, test } from "vitest";

test("a warning that is an object is passed on, once Supabase Auth is imported", async () => {
  await import("./supabase-lite.ts");
  const warned = once(process, "warning");
  process.emitWarning(new Error("only a warning"));
  expect(await warned).toMatchObject([{ message: "only a warning" }]);
});
