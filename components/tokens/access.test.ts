import { describe, expect, test } from "vitest";
import { accessInWords, accessSentence, beyondRole, levelsOf, presets, scopesOf } from "#components/tokens/access";
import { expiresSoon, timeLeft } from "#components/tokens/expiry";
import { type Scope, scopes, withIncluded } from "#lib/vocabulary";

const day = 86_400_000;

describe("access in words", () => {
  test.each<[Scope[], string, string]>([
    [
      ["accounts:read", "contacts:read", "notes:read", "members:read"],
      "Read-only",
      "Can read accounts, contacts, notes, and members; can't change them.",
    ],
    [
      ["accounts:write", "contacts:write", "notes:write", "members:read"],
      "Read and write",
      "Can read members; can read, create, change, and delete accounts, contacts, and notes.",
    ],
    [
      ["accounts:write", "contacts:write", "notes:write"],
      "Can read and write accounts, contacts, and notes",
      "Can read, create, change, and delete accounts, contacts, and notes.",
    ],
    [
      ["accounts:read", "contacts:read"],
      "Can read accounts and contacts",
      "Can read accounts and contacts; can't change them.",
    ],
    [
      ["contacts:read", "tokens:rotate"],
      "Can read contacts, rotate itself",
      "Can read contacts; can't change them. Can replace its own secret.",
    ],
    [["contacts:read"], "Can read contacts", "Can read contacts; can't change them."],
    [
      ["contacts:read", "contacts:write"],
      "Can read and write contacts",
      "Can read, create, change, and delete contacts.",
    ],
    [
      ["accounts:read", "contacts:write"],
      "Can read accounts, read and write contacts",
      "Can read accounts; can read, create, change, and delete contacts.",
    ],
  ])("%j", (granted, short, sentence) => {
    expect(accessInWords(granted)).toBe(short);
    expect(accessSentence(granted)).toBe(sentence);
  });

  test("without scopes there is no text", () => {
    expect(accessSentence([])).toBe("");
  });
});

test("levels and scopes convert into each other", () => {
  for (const preset of Object.values(presets)) {
    expect(withIncluded(scopesOf(levelsOf(preset)))).toEqual(withIncluded(preset));
  }
  expect(scopesOf({ accounts: "none", contacts: "none" })).toEqual([]);
});

test("scopes that a role doesn't have are named", () => {
  expect(beyondRole(scopes, scopes)).toBeUndefined();
  expect(beyondRole(presets.write, presets.read)).toBe("Your role can't change accounts, contacts, and notes.");
  expect(beyondRole(["accounts:read", "contacts:write"], ["contacts:read"])).toBe(
    "Your role can't read accounts and change contacts.",
  );
});

test.each([
  [90 * day - 1000, "in 90 days"],
  [day, "in 1 day"],
  [day - 1000, "in 24 hours"],
  [3_600_000, "in 1 hour"],
  [60_000, "in less than an hour"],
  [0, "expired"],
])("%d ms are left: %s", (left, words) => {
  expect(timeLeft(left)).toBe(words);
});

test("the warning begins 14 days before the expiration", () => {
  const at = (left: number) => new Date(left).toISOString();
  expect(expiresSoon(at(14 * day), 0)).toBe(false);
  expect(expiresSoon(at(14 * day - 1), 0)).toBe(true);
  expect(expiresSoon(null, 0)).toBe(false);
});
