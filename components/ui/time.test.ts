import { expect, test } from "vitest";
import { englishOf } from "#components/ui/time";

test.each([
  ["en-US", "Nov 30, 2026"],
  ["en-GB", "30 Nov 2026"],
  ["en", "Nov 30, 2026"],
  ["de-DE", "30 Nov 2026"],
  ["fr", "30 Nov 2026"],
  ["es-MX", "30 Nov 2026"],
  ["pt-BR", "30 Nov 2026"],
  ["es-US", "30 Nov 2026"],
  ["fil-PH", "Nov 30, 2026"],
])("a date for a reader of %s has English words in their order", (language, shown) => {
  const dates = new Intl.DateTimeFormat(englishOf(language), { dateStyle: "medium", timeZone: "UTC" });
  expect(dates.format(new Date("2026-11-30T12:00:00Z"))).toBe(shown);
});
