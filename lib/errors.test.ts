import { expect, test, vi } from "vitest";

/** Loads a module twice, as two of Next's bundles do. */
async function twice<T>(load: () => Promise<T>): Promise<[T, T]> {
  const first = await load();
  vi.resetModules();
  return [first, await load()];
}

test("an error is an instance of its class in every bundle, and of no other class", async () => {
  const [one, other] = await twice(() => import("#lib/errors"));
  expect(one.Unavailable).not.toBe(other.Unavailable);
  expect(new one.Unavailable("away") instanceof other.Unavailable).toBe(true);
  expect(new one.AppError("not_found", "Gone.") instanceof other.AppError).toBe(true);
  expect(other.isAppError(new one.AppError("not_found", "Gone."), "conflict", "not_found")).toBe(true);
  expect(other.isAppError(new one.AppError("not_found", "Gone."), "conflict")).toBe(false);
  for (const value of [new Error("x"), new one.Unavailable("away"), null, undefined, "text"])
    expect(value instanceof other.AppError).toBe(false);
  for (const value of [new Error("x"), new one.AppError("not_found", "Gone."), null])
    expect(value instanceof other.Unavailable).toBe(false);
});

test("isUnavailable recognizes another bundle's error", async () => {
  const [{ isUnavailable }] = await twice(() => import("#lib/db/faults"));
  const { Unavailable } = await import("#lib/errors");
  expect(isUnavailable(new Error("query", { cause: new Unavailable("away") }))).toBe(true);
});
