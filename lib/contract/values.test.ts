import { expect, test } from "vitest";
import { z } from "zod";
import { companyInput } from "#lib/contract/companies";
import { contactEndpoints } from "#lib/contract/records";
import { characterName } from "#lib/format/text";
import {
  bounded,
  domainName,
  email,
  instant,
  key,
  keyOrNull,
  line,
  orNull,
  phone,
  tags,
  text,
  webAddress,
} from "#lib/nouns/values";

const codes = (schema: z.ZodType, value: unknown) =>
  schema
    .safeParse(value)
    .error?.issues.map((issue) => (issue.code === "custom" ? (issue.params?.code ?? "custom") : issue.code));

test("text is normalized and trimmed, and comes back exactly", () => {
  expect(text(10).parse("  Cafe\u0301 ")).toBe("Caf\u00e9");
  expect(text(100).parse("a\tb\nc 👩‍👩‍👧 \u202e")).toBe("a\tb\nc 👩‍👩‍👧 \u202e");
});

test("length counts code points", () => {
  expect(text(3).safeParse("😀😀😀").success).toBe(true);
  expect(codes(text(2), "😀😀😀")).toEqual(["too_long"]);
});

/** Marks of two classes, out of order: normalizing them takes time quadratic in their number. */
const marks = (count: number) => `a${"\u0315".repeat(count / 2)}${"\u0300".repeat(count / 2)}`;

test.each(Object.entries({ text: text(100), email, domainName, webAddress, phone, null: orNull(text(100)) }))(
  "%s: text that is far too long, or has too many marks, is rejected with one fault and not checked further",
  (_, schema) => {
    for (const far of ["a", " ", "\u0000", "\ud800", "@", "\u0315"].map((part) => part.repeat(100_000)))
      expect(codes(schema, far)).toEqual(["too_long"]);
    expect(codes(schema, marks(32))).toEqual(["invalid_format"]);
    expect(codes(schema, `\u0000${marks(32)}`)).toEqual(["invalid_format"]);
  },
);

test("up to 30 marks in a row, and any text in its longest form, are text", () => {
  expect(text(100).safeParse(marks(30)).success).toBe(true);
  expect(text(100).parse("😀".repeat(100))).toBe("😀".repeat(100));
  const greek = "\u1f82".repeat(100);
  expect(greek.normalize("NFD").length).toBe(400);
  expect(text(100).parse(greek.normalize("NFD"))).toBe(greek);
  expect(text(100).parse("각".normalize("NFD").repeat(100))).toBe("각".repeat(100));
  expect(text(100).parse(`${" ".repeat(150)}Ana${" ".repeat(150)}`)).toBe("Ana");
});

/** Milliseconds of CPU time: the lowest of three runs. */
function costOf(work: () => void): number {
  const times = [1, 2, 3].map(() => {
    const before = process.cpuUsage();
    work();
    const { user, system } = process.cpuUsage(before);
    return (user + system) / 1000;
  });
  return Math.min(...times);
}

test.each(
  Object.entries({ marks, letters: (size: number) => "a".repeat(size), spaces: (size: number) => " ".repeat(size) }),
)("the boundary costs next to nothing, however long the text: %s", (_, make) => {
  const [schema, huge] = [text(10_000), make(4_000_000)];
  expect(codes(schema, huge)).toEqual(["too_long"]);
  expect(costOf(() => schema.safeParse(huge))).toBeLessThan(5);
});

test.each(["\u0315".repeat(15) + "\u0300".repeat(15), "\u0315", "😀", "\ufdfa", "각".normalize("NFD")])(
  "the longest text that passes takes time in proportion to its length: %j",
  (part) => {
    const [schema, quarter] = [text(10_000), `a${part}`.repeat(10_000 / part.length)];
    const small = costOf(() => schema.safeParse(quarter));
    const large = costOf(() => schema.safeParse(quarter.repeat(4)));
    expect(large).toBeLessThan(8 * Math.max(small, 10));
  },
);

test("the fraction of a second has a length limit", () => {
  expect(instant.parse("2026-11-02T09:30:00.123456789Z").toISOString()).toBe("2026-11-02T09:30:00.123Z");
  expect(codes(instant, `2026-11-02T09:30:00.${"1".repeat(1_000_000)}Z`)).toEqual(["too_long"]);
});

test("a list is counted before its items are checked", () => {
  expect(codes(tags, Array(300_000).fill(""))).toEqual(["too_big"]);
  expect(codes(tags, Array(50).fill(marks(100_000)))).toEqual(Array(50).fill("too_long"));
});

test("bounded() limits the length only", () => {
  expect(bounded(10).parse(" \u0000 ")).toBe(" \u0000 ");
});

test.each([
  ["a\r\nb", "a\nb"],
  ["a\rb", "a\nb"],
  ["a\n\rb\r\n\r\nc", "a\n\nb\n\nc"],
  ["\r\na\r\n", "a"],
])("all line endings become LF: %j", (sent, kept) => {
  expect(text(20).parse(sent)).toBe(kept);
});

test.each(["a\nb", "a\r\nb", "a\rb", "a\u2028b", "a\u2029b"])(
  "a single-line value rejects %j and says why",
  (value) => {
    const result = line(20).safeParse(value);
    expect(result.error?.issues).toMatchObject([
      { params: { code: "invalid_format" }, message: expect.stringContaining("line break") },
    ]);
    expect(codes(tags, [value])).toEqual(["invalid_format"]);
  },
);

const hidden = ["\u200b", "\u00ad", "\u2060", "\u200d", "\ufe0f", "\u202e", "\u061c", "\u{e0041}", "\u3164"];
const keys = {
  email: [email, "kim@example.com"],
  domainName: [domainName, "kim.example.com"],
  key: [key(128), "kim-1"],
  slug: [companyInput.shape.slug, "kim-1"],
} as const;

test.each(Object.entries(keys))("%s: an invisible character is rejected and named", (_, [schema, good]) => {
  expect(schema.safeParse(good).success).toBe(true);
  for (const character of hidden) {
    for (const value of [`${character}${good}`, good.replace("i", `i${character}`), `${good}${character}`]) {
      const issues = schema.safeParse(value).error?.issues;
      expect(issues).toMatchObject([
        { params: { code: "invalid_format" }, message: expect.stringContaining(characterName(character)) },
      ]);
    }
  }
  expect(codes(keyOrNull(schema), "\u200b")).toEqual(["invalid_format"]);
  expect(keyOrNull(schema).parse("  ")).toBeNull();
});

test("a name keeps joiners and variation selectors, and rejects bidirectional controls", () => {
  for (const name of ["می\u200cخواهم", "क्\u200dष", "👩‍👩‍👧", "☺\ufe0e", "co\u00adop"])
    expect(line(100).parse(name)).toBe(name);
  for (const control of ["\u202e", "\u200f", "\u2066", "\u061c"])
    expect(line(100).safeParse(`Ana${control} Ruiz`).error?.issues).toMatchObject([
      { params: { code: "invalid_format" }, message: expect.stringContaining(characterName(control)) },
    ]);
  expect(text(100).parse("a \u202eb\u202c c")).toBe("a \u202eb\u202c c");
});

test.each(["\u200b", "\u200d\ufe0f", " \u2800 ", "\u3164"])(
  "a name with no visible character is blank: %j",
  (value) => {
    expect(codes(line(100), value)).toEqual(["blank"]);
    expect(orNull(line(100)).parse(value)).toBeNull();
  },
);

test("line breaks around a single line are trimmed", () => {
  expect(line(20).parse("\r\nAna Ruiz\r\n")).toBe("Ana Ruiz");
});

test.each(["a\u0000b", "\u0007", "\u0085", "\ud800", "x\udc00"])("%j is rejected", (value) => {
  expect(codes(text(10), value)).toEqual(["invalid_format"]);
});

test("a blank value is rejected, or becomes null if null is allowed", () => {
  expect(codes(text(10), "  ")).toEqual(["blank"]);
  for (const schema of [key(10), email, domainName]) expect(codes(schema, " ")).toEqual(["blank"]);
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
])("%s is not an address", (value) => {
  expect(email.safeParse(value).success).toBe(false);
});

test("a domain is kept as A-labels, reduced to its host", () => {
  expect(domainName.parse("https://www.Northwind.Example.COM/about")).toBe("northwind.example.com");
  expect(domainName.parse("www.münchen.example")).toBe("xn--mnchen-3ya.example");
  expect(domainName.safeParse("northwind").success).toBe(false);
});

test.each(["javascript:alert(1)", "ftp://example.com", "//example.com", "example.com"])(
  "%s is not a web address",
  (value) => {
    expect(webAddress.safeParse(value).success).toBe(false);
  },
);

test("timestamps accept any offset and are returned in UTC with milliseconds", () => {
  expect(z.encode(instant, instant.parse("2026-11-02T10:30:00+01:00"))).toBe("2026-11-02T09:30:00.000Z");
  expect(instant.safeParse("2026-02-30T00:00:00Z").success).toBe(false);
  expect(instant.safeParse("2026-11-02").success).toBe(false);
});

test.each(["0000-01-01T00:00:00Z", "0001-01-01T00:00:00+14:00", "9999-12-31T23:59:59-23:59"])(
  "%s is outside the years that the database supports",
  (value) => {
    expect(codes(instant, value)).toEqual(["out_of_range"]);
  },
);

test("a contact needs a name or an address", () => {
  expect(codes(contactEndpoints.create.body, {})).toEqual(["required"]);
  expect(codes(contactEndpoints.create.body, { first_name: " ", email: null })).toEqual(["required"]);
  expect(contactEndpoints.create.body.safeParse({ email: "ana@example.com" }).success).toBe(true);
});
