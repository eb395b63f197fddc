import { once } from "node:events";
import { expect, test } from "vitest";

test("warnings that are objects still work after Supabase Auth is imported", async () => {
  await import("./supabase-lite.ts");
  const warned = once(process, "warning");
  process.emitWarning(new Error("only a warning"));
  expect(await warned).toMatchObject([{ message: "only a warning" }]);
});
