import { DrizzleQueryError } from "drizzle-orm/errors";
import { expect, test } from "vitest";
import { isConflict, isUnavailable, sqlState } from "#lib/db/faults";
import { Unavailable } from "#lib/errors";

const coded = (code: string) => Object.assign(new Error("secret value"), { code });
const wrapped = (cause: Error) => new DrizzleQueryError("select 1", ["secret"], cause);

test.each([
  "ECONNREFUSED",
  "ECONNRESET",
  "ENOTFOUND",
  "ETIMEDOUT",
  "CONNECTION_CLOSED",
  "CONNECT_TIMEOUT",
  "08006",
  "25006",
  "28P01",
  "53300",
  "55P03",
  "57014",
  "57P01",
  "57P03",
])("%s is unavailable, wrapped or not", (code) => {
  expect(isUnavailable(coded(code))).toBe(true);
  expect(isUnavailable(wrapped(coded(code)))).toBe(true);
  expect(isUnavailable(new Unavailable("gone", { cause: coded(code) }))).toBe(true);
});

test.each(["22021", "23505", "23514", "40001", "42501", "42P01", "XX000", "ENOENT", ""])(
  "%s is a fault of ours",
  (code) => {
    expect(isUnavailable(coded(code))).toBe(false);
    expect(isUnavailable(wrapped(coded(code)))).toBe(false);
  },
);

test("a timeout is unavailable; errors that don't come from the database aren't", async () => {
  const late = await new Promise((resolve) => {
    const signal = AbortSignal.timeout(1);
    signal.addEventListener("abort", () => resolve(signal.reason));
  });
  expect(isUnavailable(late)).toBe(true);
  for (const other of [new Error("x"), null, undefined, "57P01", 503, {}]) expect(isUnavailable(other)).toBe(false);
});

test("finds the SQLSTATE in a wrapped error, and doesn't mistake a socket's code for one", () => {
  const error = wrapped(coded("23505"));
  expect([sqlState(error), sqlState(coded("EPIPE"))]).toEqual(["23505", null]);
  expect([isConflict(wrapped(coded("40P01"))), isConflict(error)]).toEqual([true, false]);
});
