import { describe, expect, test } from "vitest";
import {
  crc32,
  maskToken,
  newToken,
  parseToken,
  tokenLength,
  tokenPattern,
  tokensIn,
  wholeToken,
  withoutTokens,
} from "#lib/format/token";

test("CRC-32 returns the standard's check value", () => {
  expect(crc32("123456789")).toBe(0xcbf43926);
});

test("a new token has the published format and valid check digits", () => {
  const { prefix, secret } = newToken();
  expect(secret).toMatch(wholeToken);
  expect(secret).toHaveLength(tokenLength);
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

const million = 1_000_000;
const digits = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz";
const printable = Array.from({ length: 95 }, (_, index) => String.fromCharCode(32 + index)).join("");

/**
 * Texts of a token's length: all parts of one random text, which is the same in every run. So what is expected once in a thousand runs
 * never happens.
 */
function* texts(alphabet: string, count: number, seed = 1): Generator<string> {
  let state = seed;
  let text = "";
  while (text.length < count + tokenLength) {
    state ^= state << 13;
    state ^= state >>> 17;
    state ^= state << 5;
    text += alphabet[(state >>> 0) % alphabet.length];
  }
  for (let start = 0; start < count; start += 1) yield text.slice(start, start + tokenLength);
}

describe("among a million random texts", () => {
  /** 0.0004 are expected among texts of base62 digits and `_`, fewer among others. */
  test.each([
    ["base62 digits", digits],
    ["base62 digits and _", `${digits}_`],
    ["printable ASCII", printable],
  ])("of %s, the published pattern finds none", (_what, alphabet) => {
    let found = 0;
    for (const text of texts(alphabet, million)) if (tokenPattern.test(text)) found += 1;
    expect(found).toBe(0);
  });

  /** The check digits are right with a chance of 1 in 62⁶: 0.00002 are expected. In tenths, for machines that are busy. */
  test.each([1, 2, 3, 4, 5, 6, 7, 8, 9, 10])(
    "that match the pattern, none has the right check digits: tenth %d",
    (seed) => {
      const valid: string[] = [];
      let token = "";
      for (const text of texts(digits, million / 10, seed)) {
        token = `rdk_${text.slice(4, 16)}_${text.slice(17)}`;
        if (parseToken(token)) valid.push(token);
      }
      expect(token).toMatch(wholeToken);
      expect(valid).toEqual([]);
    },
  );
});
