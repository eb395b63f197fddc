import { expect, test } from "vitest";
import { initials } from "#components/ui/avatar";
import { hueOf } from "#components/ui/hue";

test.each([
  ["Ana Ruiz", "AR"],
  ["ana maría de la ruiz", "AR"],
  ["ana.ruiz@example.com", "A"],
  ["  Ødegård  ", "Ø"],
  ["(Bob) “Bo” Both", "BB"],
  ["𝒜na 𝓡uiz", "𝒜𝓡"],
  ["田中 由紀", "田由"],
  ["…", ""],
])("%s is %s", (name, short) => {
  expect(initials(name)).toBe(short);
});

test("an account has one letter", () => {
  expect(initials("northwind trading", 1)).toBe("N");
});

test("consecutive ids get all colors", () => {
  const ids = Array.from({ length: 200 }, (_, index) => `con_01jd8qv5k7e9ga3m2x4n6r8${String(index).padStart(3, "0")}`);
  expect(new Set(ids.map(hueOf)).size).toBe(12);
});
