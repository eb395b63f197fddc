import { expect, test } from "vitest";
import { characterName, hasLongRun, nameFrom, showsNothing } from "#lib/format/text";

test("31 marks in a row are a long run, 30 are not, wherever and whichever they are", () => {
  expect(hasLongRun(`a${"\u0301".repeat(30)}`)).toBe(false);
  expect(hasLongRun(`a${"\u0301".repeat(31)}`)).toBe(true);
  expect(hasLongRun(`${"\u0301".repeat(30)}a${"\u0301".repeat(30)}`)).toBe(false);
  expect(hasLongRun("\u{1d165}".repeat(31))).toBe(true);
  expect(hasLongRun("संपर्क ".repeat(100))).toBe(false);
});

test.each([
  ["Ana Ruiz", "Ana Ruiz"],
  ["  Cafe\u0301 ", "Caf\u00e9"],
  ["Ana\u0000\nRuiz", "Ana  Ruiz"],
  ["\u200b\u0007", ""],
  ["\u202eAna\u2069", "Ana"],
  ["می\u200cخواهم 👩‍👩‍👧", "می\u200cخواهم 👩‍👩‍👧"],
  ["", ""],
  ["😀".repeat(101), "😀".repeat(100)],
  [`${"😀".repeat(99)}\ud83d`, "😀".repeat(99)],
  [`a${"\u0315".repeat(500)}`, `a${"\u0315".repeat(30)}`],
])("%j becomes the name %j", (text, name) => {
  expect(nameFrom(text, 100)).toBe(name);
});

test("a long name takes little time", () => {
  const began = process.cpuUsage();
  nameFrom(`a${"\u0315".repeat(2_000_000)}${"\u0300".repeat(2_000_000)}`, 100);
  expect(process.cpuUsage(began).user / 1000).toBeLessThan(100);
});

test.each(["", " ", "\u200b", "\u200d\ufe0f", "\u202e \u2069", "\u3164", "\u2800", "\u{e0041}"])(
  "%j has no visible character",
  (text) => {
    expect(showsNothing(text)).toBe(true);
  },
);

test.each(["a", "\u200ba", ".", "\u0301", "👩‍👩‍👧"])("%j has a visible character", (text) => {
  expect(showsNothing(text)).toBe(false);
});

test("a character is named by its code point and Unicode name", () => {
  expect(["\u200b", "\u00ad", "\u0007", "\u{e0041}"].map(characterName)).toEqual([
    "U+200B (zero width space)",
    "U+00AD (soft hyphen)",
    "U+0007",
    "U+E0041",
  ]);
});
