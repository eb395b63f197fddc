import { expect, test } from "vitest";
import { z } from "zod";
import { contactInput } from "#lib/contract/contacts";
import { email, hostName, instant, orNull, tags, text, webAddress } from "#lib/contract/fields";

const codes = (schema: z.ZodType, value: unknown) =>
  schema
    .safeParse(value)
    .error?.issues.map((issue) => (issue.code === "custom" ? (issue.params?.code ?? "custom") : issue.code));

test("text is normalised and trimmed, and comes back exactly", () => {
  expect(text(10).parse("  Cafe\u0301 ")).toBe("Caf\u00e9");
  expect(text(100).parse("a\tb\nc 👩‍👩‍👧 \u202e")).toBe("a\tb\nc 👩‍👩‍👧 \u202e");
});

test("length counts code points", () => {
  expect(text(3).safeParse("😀😀😀").success).toBe(true);
  expect(codes(text(2), "😀😀😀")).toEqual(["too_long"]);
});

test.each(["a\u0000b", "\u0007", "a\rb", "\u0085", "\ud800", "x\udc00"])("%j is refused", (value) => {
  expect(codes(text(10), value)).toEqual(["invalid_format"]);
});

test("blank is refused, or becomes null where null is allowed", () => {
  expect(codes(text(10), "  ")).toEqual(["blank"]);
  expect(orNull(text(10)).parse("  ")).toBeNull();
  expect(orNull(text(10)).parse(null)).toBeNull();
});

test.each(["ana@example.com", "a.b+c@sub.example.co", "ünal@münchen.example", "o'neil@example.com"])(
  "%s is an address",
  (value) => {
    expect(email.safeParse(value).success).toBe(true);
  },
);

test.each([
  "ana",
  "ana@",
  "@example.com",
  "ana@example",
  "ana @example.com",
  "ana@-example.com",
  "a@b@example.com",
  "<ana@example.com>",
])("%s is no address", (value) => {
  expect(email.safeParse(value).success).toBe(false);
});

test("host names are lower case", () => {
  expect(hostName.parse("Northwind.Example.COM")).toBe("northwind.example.com");
  expect(hostName.safeParse("https://northwind.example.com").success).toBe(false);
  expect(hostName.safeParse("northwind").success).toBe(false);
});

test.each(["javascript:alert(1)", "ftp://example.com", "//example.com", "example.com"])(
  "%s is no web address",
  (value) => {
    expect(webAddress.safeParse(value).success).toBe(false);
  },
);

test("instants take any offset and are answered in UTC with milliseconds", () => {
  expect(z.encode(instant, instant.parse("2026-11-02T10:30:00+01:00"))).toBe("2026-11-02T09:30:00.000Z");
  expect(instant.safeParse("2026-02-30T00:00:00Z").success).toBe(false);
  expect(instant.safeParse("2026-11-02").success).toBe(false);
});

test.each(["0000-01-01T00:00:00Z", "0001-01-01T00:00:00+14:00", "9999-12-31T23:59:59-23:59"])(
  "%s lies beyond the years that the database holds",
  (value) => {
    expect(codes(instant, value)).toEqual(["out_of_range"]);
  },
);

test("a tag given twice is kept once", () => {
  expect(tags.parse(["a", " a", "b"])).toEqual(["a", "b"]);
});

test("a contact needs a name or an address", () => {
  expect(codes(contactInput, {})).toEqual(["required"]);
  expect(codes(contactInput, { first_name: " ", email: null })).toEqual(["required"]);
  expect(contactInput.safeParse({ email: "ana@example.com" }).success).toBe(true);
});
