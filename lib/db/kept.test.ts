/** What outlives a request must not keep the request's headers in memory. */
import { setFlagsFromString } from "node:v8";
import { runInNewContext } from "node:vm";
import { expect, test, vi } from "vitest";

vi.mock("#lib/env", () => ({ env: () => ({}) }));
const { note } = await import("#lib/db/journal");
const { noteCall } = await import("#lib/db/token-usage");
const { remember } = await import("#lib/db/known-credentials");

setFlagsFromString("--expose-gc");
const collect: () => void = runInNewContext("gc");

/** The first characters of a header of 15,000. */
function partOfHeader(index: number): string {
  const header = new Headers({ "user-agent": String(index).padEnd(15_000, "x") }).get("user-agent") ?? "";
  return header.slice(0, 50);
}

function megabytesKept(keep: (index: number) => void): number {
  collect();
  const before = process.memoryUsage().heapUsed;
  for (let index = 0; index < 2_000; index += 1) keep(index);
  collect();
  return (process.memoryUsage().heapUsed - before) / 1e6;
}

test("2,000 notes and credentials with parts of headers keep only those parts in memory", () => {
  // Notes stay in memory.
  vi.useFakeTimers();
  expect(megabytesKept((index) => note("sign_ins", `key ${index}`, { device: partOfHeader(index) }))).toBeLessThan(5);
  expect(megabytesKept((index) => note("token_uses", partOfHeader(index), {}))).toBeLessThan(5);
  const call = { id: "req", at: 0, method: "GET", path: "/", status: 200, code: undefined, needed: "" };
  const token = (index: number) => ({
    id: `tok ${index}`,
    company_id: "cmp",
    network: null,
    client: partOfHeader(index),
  });
  expect(megabytesKept((index) => noteCall(token(index), call))).toBeLessThan(5);
  const asked = (index: number) => {
    const credential = { kind: "session", user_id: "u", session_id: String(index) } as const;
    return { credential, company: partOfHeader(index) };
  };
  expect(megabytesKept((index) => remember(asked(index), "a"))).toBeLessThan(5);
  vi.useRealTimers();
});
