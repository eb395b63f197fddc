import { expect, test } from "vitest";
import { crc32, maskToken, newToken, parseToken, tokenPattern, tokensIn, withoutTokens } from "#lib/format/token";

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

test("tokens are found anywhere in a text, also where something else only looks like one", () => {
  const [{ secret: one }, { secret: two }] = [newToken(), newToken()];
  expect(tokensIn(`a=${one}&b=${two}`)).toEqual([one, two]);
  expect(tokensIn(`x${one}0`)).toEqual([one]);
  // The first rdk_ has the form of a token that ends with the rdk of the second.
  expect(tokensIn(`rdk_${"a".repeat(12)}_${"b".repeat(46)}${one}`)).toEqual([one]);
  const mistyped = one.slice(0, -1) + (one.endsWith("0") ? "1" : "0");
  for (const text of ["", "rdk_", mistyped, one.slice(0, -1), one.toUpperCase()]) expect(tokensIn(text)).toEqual([]);
});

test("a text without its tokens keeps their public parts", () => {
  const { prefix, secret } = newToken();
  expect(withoutTokens(`a ${secret} b ${secret}`)).toBe(`a ${prefix}_… b ${prefix}_…`);
  expect(withoutTokens("nothing")).toBe("nothing");
});
