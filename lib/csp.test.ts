import { expect, test } from "vitest";
import { contentSecurityPolicy } from "#lib/csp";

const directives = (policy: string) =>
  new Map(policy.split("; ").map((part) => [part.split(" ")[0], part.split(" ").slice(1)]));

test("in production nothing runs without the nonce, and no request goes to another origin", () => {
  const policy = directives(contentSecurityPolicy("abc", false));
  expect(policy.get("default-src")).toEqual(["'none'"]);
  expect(policy.get("script-src")).toEqual(["'nonce-abc'", "'strict-dynamic'"]);
  expect(policy.get("style-src")).toEqual(["'self'", "'nonce-abc'"]);
  expect(policy.get("connect-src")).toEqual(["'self'"]);
  expect(policy.get("frame-ancestors")).toEqual(["'none'"]);
  expect([...policy.values()].flat().join(" ")).not.toMatch(/unsafe-eval|ws:|https?:|\*/);
});

test("in development, React's eval and hot reloading are allowed", () => {
  const policy = directives(contentSecurityPolicy("abc", true));
  expect(policy.get("script-src")).toContain("'unsafe-eval'");
  expect(policy.get("connect-src")).toContain("ws:");
});
