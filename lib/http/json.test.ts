import { expect, test } from "vitest";
import { parseJson } from "#lib/http/json";

const bytes = (text: string) => new TextEncoder().encode(text);

test.each([
  ['{"a":1,"b":[true,null,"x"]}', { a: 1, b: [true, null, "x"] }],
  ['  {"a":{"a":1}} ', { a: { a: 1 } }],
  ["[]", []],
  ['[{"a":1},{"a":1}]', [{ a: 1 }, { a: 1 }]],
  ['{"a":{"b":1},"b":{"a":1}}', { a: { b: 1 }, b: { a: 1 } }],
  ['{"price":1.5e3}', { price: 1500 }],
])("reads %s", (text, value) => {
  expect(parseJson(bytes(text))).toEqual(value);
});

test("reading stops at more than 10,000 values", () => {
  const values = (count: number) => bytes(`[${Array.from({ length: count }, () => "1").join(",")}]`);
  expect(parseJson(values(9_999))).toHaveLength(9_999);
  expect(() => parseJson(values(10_000))).toThrow("more than 10,000 values");
});

test.each([
  ["", "empty"],
  ["   ", "empty"],
  ["\ufeff{}", "byte order mark"],
  ['{"a":1', "not valid JSON"],
  ['{"a":1}{', "not valid JSON"],
  ["{'a':1}", "not valid JSON"],
  ['{"a":1,}', "not valid JSON"],
  ['{"a":1} // note', "not valid JSON"],
  ['{"a":1,"a":2}', 'The key "a" appears twice'],
  ['{"a":{"b":1,"b":1}}', 'The key "b" appears twice'],
  ['{"a":1,"\\u0061":2}', 'The key "a" appears twice'],
  ['{"a":{"a":{"a":1}},"b":[{"a":1}],"a":2}', 'The key "a" appears twice in one object, line 1, column 34'],
  ['{"__proto__":1,"__proto__":2}', 'The key "__proto__" appears twice'],
  ["[".repeat(33) + "]".repeat(33), "deeper than 32"],
  ["[".repeat(400_000), "deeper than 32"],
  ['{"n":1e400}', "out of range"],
  ['{"n":-1e400}', "out of range"],
  ["NaN", "not valid JSON"],
  ["a=b&c=d", "reading stopped at line 1, column 1."],
  ['{"a":\n\n  x}', "reading stopped at line 3, column 3."],
  ['{"a":"\t"}', "reading stopped at line 1, column 6."],
  ['{"a":', "it ends too early"],
])("refuses %.40s", (text, sentence) => {
  expect(() => parseJson(bytes(text))).toThrow(
    expect.objectContaining({ code: "invalid_json", detail: expect.stringContaining(sentence) }),
  );
});

test("refuses bytes that are not UTF-8", () => {
  expect(() => parseJson(Uint8Array.from([0x22, 0xc3, 0x28, 0x22]))).toThrow(
    expect.objectContaining({ code: "invalid_json" }),
  );
});

test("a refusal never quotes the body, which may hold a secret", () => {
  const secret = "rdk_7Fh2kQ9xLmAb";
  expect(() => parseJson(bytes(`{"a": ${secret}}`))).toThrow(
    expect.objectContaining({ detail: expect.not.stringContaining(secret) }),
  );
});
