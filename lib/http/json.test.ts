import fc from "fast-check";
import { expect, test } from "vitest";
import { contactEndpoints } from "#lib/contract/records";
import { AppError } from "#lib/errors";
import { readFields } from "#lib/http/input";
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

test("stops reading after 10,000 values", () => {
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
  ["{'a':1}", 'unexpected "\'" at line 1, column 2.'],
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
  ["NaN", "JSON has no NaN"],
  ["'{\"a\":1}'", 'unexpected "\'" at line 1, column 1. Single quotes are around all of it'],
  [
    "{'a': True}",
    "unexpected \"'\" at line 1, column 2. Keys and text are in double quotes. This looks like Python's repr",
  ],
  ['{"a": True}', 'unexpected "T" at line 1, column 7. This looks like Python'],
  ['{"a": None}', 'unexpected "N" at line 1, column 7. This looks like Python'],
  ['{"a": TRUE}', "in lower case"],
  ["{\"a\": 'x'}", "Text is in double quotes"],
  ["{a:1}", "Put the key in double quotes"],
  ['{\\"a\\":1}', "The quotation marks are escaped"],
  ["[object Object]", "[object Object] is an object turned into text"],
  ["undefined", "has no value"],
  ['{"a":undefined}', "JSON has no undefined"],
  ['{"a":-Infinity}', "JSON has no NaN and no Infinity"],
  ["filter[a]=b", "form encoding"],
  ["<!doctype html>", "HTML or XML"],
  ["--boundary\r\nContent-Disposition: form-data", "multipart form data"],
  ["[1,]", 'unexpected "]" at line 1, column 4. Remove the comma'],
  ['/* a */ {"a":1}', "JSON has no comments"],
  ['{"a":1} # a', "JSON has no comments"],
  ["{\u201ca\u201d:1}", "unexpected U+201C at line 1, column 2. A curly quotation mark"],
  ['{"a":\u201cx\u201d}', "A curly quotation mark"],
  ['\u00a0{"a":1}', "looks like a space"],
  ['{"a":"x\ny"}', "unexpected a line break at line 1, column 8. Write a line break in text as \\n."],
  ['{"a":"C:\\temp\\x"}', "Write a backslash in text as \\\\."],
  ['{"a":"\\u12"}', "four hexadecimal digits"],
  ['{"a":"b"c"}', "Write a quotation mark in text as"],
  ['{"a":1}{"b":2}', 'unexpected "{" at line 1, column 8. There is more than one JSON document'],
  ['{"a":1}\n{"b":2}\n', 'unexpected "{" at line 2, column 1. There is more than one JSON document'],
  ['{"a":1}x', "Nothing may follow"],
  ['{"a":1]', "opening bracket"],
  ['{"a":1 "b":2}', "A comma may be missing"],
  ['{"a":01}', "no leading zero"],
  ['{"a":1.}', "digits after its point"],
  ['{"a":+1}', "no plus sign"],
  ['{"a":{{name}}}', "placeholder was not filled in"],
  ['{"a":$NAME}', "placeholder was not filled in"],
  ['{\0"\0a\0', "looks like UTF-16"],
  ['{"a":"x', "it ends too early, at line 1, column 8. The body is cut off"],
  ["a=b&c=d", 'unexpected "a" at line 1, column 1. This is form encoding'],
  ['{"a":\n\n  x}', 'unexpected "x" at line 3, column 3.'],
  ['{"a":"\t"}', "unexpected a tab at line 1, column 7. Write a tab"],
  ['{"a":', "it ends too early"],
])("rejects %.40s", (text, sentence) => {
  expect(() => parseJson(bytes(text))).toThrow(
    expect.objectContaining({ code: "invalid_json", detail: expect.stringContaining(sentence) }),
  );
});

test("rejects bytes that aren't UTF-8, and says where they are", () => {
  const detailOf = (bytes: Uint8Array) => refusalOf(bytes)?.detail;
  expect(detailOf(Uint8Array.from([0x22, 0xc3, 0x28, 0x22]))).toContain("not valid UTF-8, at line 1, column 2.");
  const after = Buffer.concat([Buffer.from('{"a":"\ufffd\ufffd",\n"b":"'), Buffer.from([0xe9]), Buffer.from('"}')]);
  expect(detailOf(after)).toContain("not valid UTF-8, at line 2, column 6.");
  expect(detailOf(Buffer.from('\ufeff{"a":1}', "utf16le"))).toContain("UTF-16, as PowerShell writes files");
});

function refusalOf(bytes: Uint8Array): AppError | null {
  try {
    parseJson(bytes);
    return null;
  } catch (error) {
    if (error instanceof AppError) return error;
    throw error;
  }
}

/** The offset where a text stops being JSON; null if it is JSON. */
function offsetOf(text: string): number | null {
  const detail = refusalOf(bytes(text))?.detail;
  if (detail === undefined) return null;
  const [, line, column] = /at line (\d+), column (\d+)\./.exec(detail) ?? [];
  const lines = text.split("\n").slice(0, Number(line) - 1);
  return lines.reduce((sum, each) => sum + each.length + 1, 0) + Number(column) - 1;
}

const mangled = fc
  .tuple(fc.json({ maxDepth: 4 }), fc.nat(), fc.nat(2), fc.constantFrom(..."{}[]:,\"'\\ 0.-+eEtfnuN\n\t/\u201c\u00a0<"))
  .map(([json, where, cut, character]) => {
    const text = JSON.stringify(JSON.parse(json), null, where % 3);
    const place = where % (text.length + 1);
    return text.slice(0, place) + character + text.slice(place + cut);
  })
  .filter((text) => /[^ \t\r\n]/.test(text));

test("the position is exact: the text before it could be the beginning of JSON, but not with the next character", () => {
  fc.assert(
    fc.property(mangled, (text) => {
      const isJson = () => JSON.parse(text) !== undefined;
      fc.pre(!/out of range|appears twice/.test(refusalOf(bytes(text))?.detail ?? ""));
      const offset = offsetOf(text);
      if (offset === null) return isJson();
      expect(isJson).toThrow();
      const before = text.slice(0, offset);
      // The text before it has no fault, except that it ends.
      if (/[^ \t\r\n]/.test(before)) expect([null, before.length]).toContain(offsetOf(before));
      if (offset < text.length) expect(offsetOf(text.slice(0, offset + 1))).toBe(offset);
      return true;
    }),
    { numRuns: 3_000 },
  );
});

test("a body that was serialized twice is valid JSON, and rejected when its fields are read", () => {
  const twice = JSON.stringify(JSON.stringify({ first_name: "Ana" }));
  const read = () => readFields(contactEndpoints.create, parseJson(bytes(twice)));
  expect(read).toThrow(expect.objectContaining({ code: "validation_failed" }));
  expect(faultsOf(read)).toEqual([
    {
      pointer: "#",
      code: "invalid_type",
      detail: "Must be an object. The body is JSON inside of a JSON string: serialize it once, not twice.",
    },
  ]);
});

function faultsOf(read: () => unknown) {
  try {
    read();
  } catch (error) {
    return (error as AppError).extra.errors;
  }
}

test("an error never quotes more than one character of the body, which may contain a secret", () => {
  const secret = "7Fh2kQ9xLmAb";
  for (const text of [
    '{"a": S}',
    "{'a': 'S'}",
    "S=S",
    "{S}",
    '{"a":"S',
    '{"a":"S\nS"}',
    '{"a":"S"S}',
    "'S'",
    '{"a":"\\S"}',
  ])
    expect(refusalOf(bytes(text.replaceAll("S", secret)))?.detail).not.toMatch(/7F|Fh|h2|Ab/);
});
