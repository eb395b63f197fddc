import fc from "fast-check";
import { expect, test } from "vitest";
import { ownPath, signInPath } from "#lib/format/path";

test.each([
  ["/", "/"],
  ["/acme/contacts?q=a%20b&x=//y#top", "/acme/contacts?q=a%20b&x=//y#top"],
  ["/acme/../globex", "/globex"],
  ["/é", "/%C3%A9"],
])("%s is a path of this app", (text, path) => {
  expect(ownPath(text)).toBe(path);
});

test.each([
  null,
  undefined,
  "",
  "acme",
  "https://evil.example",
  "//evil.example",
  "///evil.example",
  "/\\evil.example",
  "\\/evil.example",
  "/\t/evil.example",
  "/\n/evil.example",
  "\t//evil.example",
  " //evil.example",
  "/ /evil.example",
  "/a\\b",
  "/a\0b",
  "/.//evil.example",
  "/a/..//evil.example",
  "javascript:alert(1)",
  "/%ff".padEnd(3000, "x"),
])("%j is not", (text) => {
  expect(ownPath(text)).toBeNull();
});

test("every accepted path stays on its origin", () => {
  const part = fc.constantFrom(
    "/",
    "\\",
    ".",
    "..",
    "a",
    ":",
    "@",
    "%2f",
    "\t",
    "\n",
    "?",
    "#",
    " ",
    "\u00a0",
    "evil.example",
  );
  fc.assert(
    fc.property(fc.array(part, { maxLength: 8 }), (parts) => {
      const path = ownPath(`/${parts.join("")}`);
      if (path !== null) expect(new URL(path, "https://ours.example").origin).toBe("https://ours.example");
    }),
    { numRuns: 2000 },
  );
});

test("the path in a sign-in link is read back unchanged", () => {
  const path = "/acme/contacts?filter[email]=a%40b&q=x";
  const url = new URL(signInPath(path, true), "https://ours.example");
  expect(ownPath(url.searchParams.get("next"))).toBe("/acme/contacts?filter[email]=a%40b&q=x");
  expect(url.searchParams.get("ended")).toBe("1");
  expect(signInPath("/")).toBe("/sign-in");
  expect(signInPath(`/acme?q=${"%".repeat(10_000)}`, true)).toBe("/sign-in?ended=1");
});
