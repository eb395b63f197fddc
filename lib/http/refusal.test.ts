import { expect, test, vi } from "vitest";

/** The module as another of Next's bundles has it. */
async function twice<T>(load: () => Promise<T>): Promise<[T, T]> {
  const first = await load();
  vi.resetModules();
  return [first, await load()];
}

test("an error is an instance of its class in every bundle, and of no other class", async () => {
  const [db, otherDb] = await twice(() => import("#lib/db/faults"));
  expect(db.Unavailable).not.toBe(otherDb.Unavailable);
  expect(new db.Unavailable("away") instanceof otherDb.Unavailable).toBe(true);
  expect(otherDb.isUnavailable(new Error("query", { cause: new db.Unavailable("away") }))).toBe(true);

  const [auth, otherAuth] = await twice(() => import("#lib/auth/errors"));
  expect(new auth.AuthRefusal("too_many", "Wait.") instanceof otherAuth.AuthRefusal).toBe(true);
  expect(new auth.AuthUnavailable("away") instanceof otherAuth.AuthUnavailable).toBe(true);
  for (const value of [new Error("x"), new auth.AuthUnavailable("away"), null, undefined, "text"])
    expect(value instanceof otherAuth.AuthRefusal).toBe(false);
});
