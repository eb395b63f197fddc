import { expect, test } from "vitest";
import { crc32, maskToken, newToken, parseToken, tokenPattern } from "#lib/format/token";

test("CRC-32 returns the standard's check value", () => {
  expect(crc32("123456789")).toBe(0xcbf43926);
});

test("a new token has the published format and valid check digits", () => {
  const { prefix, secret } = newToken();
  expect(secret).toMatch(new RegExp(`^${tokenPattern.source}$`));
  expect(parseToken(secret)).toEqual({ prefix });
  expect(maskToken(secret)).toBe(`${prefix}_…`);
});

test("the check digits detect any single changed character", () => {
  const { secret } = newToken();
  for (let place = 4; place < secret.length; place += 1) {
    const other = secret[place] === "7" ? "8" : "7";
    expect(parseToken(secret.slice(0, place) + other + secret.slice(place + 1))).toBeNull();
  }
});

test.each(["", "rdk_", "rdk_short_x", "sk_live_1", ` ${newToken().secret}`, `${newToken().secret}0`])(
  "%s is not a token",
  (text) => {
    expect(parseToken(text)).toBeNull();
  },
);

test("no two of 10,000 tokens share an id, and every character is used", () => {
  const tokens = Array.from({ length: 10_000 }, newToken);
  expect(new Set(tokens.map(({ prefix }) => prefix)).size).toBe(tokens.length);
  expect(new Set(tokens.map(({ secret }) => secret.slice(17, 60)).join("")).size).toBe(62);
});
