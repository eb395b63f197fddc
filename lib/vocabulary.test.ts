import { readdirSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { effectivePermissions, reservedSlugs, withIncluded } from "#lib/vocabulary";

/** The first segments of our own URLs, route groups looked into. */
function segments(folder: string): string[] {
  const entries = readdirSync(folder, { withFileTypes: true }).filter((entry) => entry.isDirectory());
  return entries.flatMap(({ name }) => {
    if (name.startsWith("(")) return segments(join(folder, name));
    return name.startsWith("[") ? [] : [name];
  });
}

test("no company can take the address of a page of ours", () => {
  const own = segments(join(import.meta.dirname, "../app"));
  expect(own).toContain("sign-in");
  expect(own.filter((segment) => !reservedSlugs.includes(segment))).toEqual([]);
});

test("write includes read, and nothing else", () => {
  expect(withIncluded(["contacts:write"])).toEqual(["contacts:read", "contacts:write"]);
  expect(withIncluded(["accounts:read"])).toEqual(["accounts:read"]);
  expect(withIncluded([])).toEqual([]);
});

test("a token holds its scopes and no more, a session all of its role", () => {
  expect(effectivePermissions("admin", ["contacts:read"])).toEqual(["contacts:read"]);
  expect(effectivePermissions("admin", [])).toEqual([]);
  expect(effectivePermissions("user", null)).not.toContain("tokens:all");
  expect(effectivePermissions("admin", null)).toContain("tokens:all");
});
