/** Hostile input: JSON and queries of about a given size, each designed to be expensive for some step. */

type Make = (size: number) => string;

/** As many generated parts as fit, separated by commas. */
function filled(size: number, open: string, close: string, part: (index: number) => string): string {
  const parts: string[] = [];
  for (let length = open.length + close.length; ; ) {
    const next = part(parts.length);
    length += Buffer.byteLength(next) + 1;
    if (length > size) return open + parts.join(",") + close;
    parts.push(next);
  }
}

const list = (size: number, part: (index: number) => string) => filled(size, "[", "]", part);
const object = (size: number, part: (index: number) => string) => filled(size, "{", "}", part);

/** Repeats `text` in quotes. */
const repeated =
  (text: string, before = "", after = ""): Make =>
  (size) => {
    const room = size - Buffer.byteLength(before + after) - 2;
    return `"${before}${text.repeat(Math.max(1, Math.floor(room / Buffer.byteLength(text))))}${after}"`;
  };

/** Combining marks of two classes in the wrong order. Sorting them takes quadratic time. */
const marks: Make = (size) => {
  const half = Math.floor((size - 4) / 4);
  return `"a${"\u0315".repeat(half)}${"\u0300".repeat(half)}"`;
};
const runsOf30 = `a${"\u0315".repeat(15)}${"\u0300".repeat(15)}`;

/** Strings for a field of any type. */
export const texts: Record<string, Make> = {
  "endless marks": marks,
  "marks as escapes": repeated("\\u0315\\u0300"),
  "runs of 30 marks": repeated(runsOf30),
  "one letter": repeated("a"),
  spaces: repeated(" ", "", "x"),
  "only spaces": repeated(" "),
  "digits after a second": repeated("1", "2026-11-02T09:30:00.", "Z"),
  labels: repeated("a.", "x@", "-"),
  "a URL": repeated("漢", "https://"),
  hyphens: repeated("-", "a@a", "a"),
  emoji: repeated("😀"),
  ligatures: repeated("\ufdfa"),
  "lone surrogates": repeated("\\ud800"),
  "control characters": repeated("\\u0000"),
};

/** Other values for a field of any type. */
export const others: Record<string, Make> = {
  "a list of empty texts": (size) => list(size, () => '""'),
  "a list of marks": (size) => list(size, () => marks(size / 50)),
  "a list of numbers": (size) => list(size, (index) => String(index)),
  "an object of many keys": (size) => object(size, (index) => `"k${index}":1`),
  "a long number": (size) => `0.${"1".repeat(size - 2)}`,
};

/** Whole bodies of valid JSON. */
export const bodies: Record<string, Make> = {
  "unknown keys": (size) => object(size, (index) => `"k${index}":1`),
  "short unknown keys": (size) => object(size, (index) => `"${index.toString(36)}":1`),
  "keys like numbers": (size) => object(size, (index) => `"${(index * 7919) % 4294967291}":1`),
  "keys a power of two apart": (size) => object(size, (index) => `"${index * 8388608}":1`),
  "one long key": (size) => `{${repeated("k")(size - 4)}:1}`,
  "one key of marks": (size) => `{${marks(size - 4)}:1}`,
  "one key of escapes": (size) => `{${repeated("\\u0315")(size - 4)}:1}`,
  "keys that objects inherit": (size) =>
    object(size, (index) => `"${["__proto__", "constructor", "toString"][index] ?? `__proto__${index}`}":{}`),
  "objects with one key each": (size) => list(size, (index) => `{"k${index}":1}`),
  "objects with __proto__": (size) => list(size, () => '{"__proto__":{}}'),
  "empty objects": (size) => list(size, () => "{}"),
  "empty lists": (size) => list(size, () => "[]"),
  "deep lists": (size) => list(size, () => "[".repeat(30) + "]".repeat(30)),
  "deep objects": (size) => list(size, () => `${'{"a":'.repeat(30)}1${"}".repeat(30)}`),
  ones: (size) => list(size, () => "1"),
  "long numbers": (size) => list(size, () => `1.${"7".repeat(300)}`),
  "tiny numbers": (size) => list(size, () => "2.2250738585072011e-308"),
  "a long exponent": (size) => `[1e${"0".repeat(size - 5)}1]`,
  escapes: repeated("\\n"),
  "white space": (size) => `{${" \n".repeat(size / 2 - 1)}}`,
};

/** Whole bodies that are rejected while they are parsed. */
export const broken: Record<string, Make> = {
  "the last key again": (size) => `{${"\n".repeat(size - 20)}"k":1,"k":1}`,
  "the first key again": (size) => object(size - 8, (index) => `"k${index}":1`).replace(/}$/, ',"k0":1}'),
  "open lists": (size) => "[".repeat(size),
  "open objects": (size) => '{"a":'.repeat(size / 5),
  "a list that never ends": (size) => list(size, () => "1").replace(/]$/, ","),
  "a text that never ends": (size) => `{"a":"${"a".repeat(size - 7)}`,
  "an end after many lines": (size) => `{${"\n".repeat(size - 2)}x`,
  "only spaces": (size) => " ".repeat(size),
  quotes: (size) => '"'.repeat(size),
  backslashes: (size) => `["${"\\".repeat(size - 2)}`,
  commas: (size) => `[${",".repeat(size - 1)}`,
  minuses: (size) => `[${"-".repeat(size - 1)}`,
  comments: (size) => "/*".repeat(size / 2),
  "a number out of range": (size) => `[${"9".repeat(size - 2)}]`,
  words: (size) => "null ".repeat(size / 5),
};

const times = (text: string, size: number) => text.repeat(Math.floor(size / text.length));

/** Whole queries, percent-encoded. */
export const queries: Record<string, Make> = {
  "unknown names": (size) => Array.from({ length: size / 6 }, (_, index) => `n${index}`).join("&"),
  "one repeated name": (size) => times("limit=1&", size),
  "a repeated unknown name": (size) => times("a&", size),
  "names of marks": (size) => times("%CC%95%CC%80&", size),
  ampersands: (size) => times("&", size),
  "percent signs": (size) => times("%", size),
  "names that objects inherit": (size) => times("__proto__=1&constructor=1&toString&", size),
};

/** Values of one parameter, percent-encoded. */
export const parameters: Record<string, Make> = {
  marks: (size) => `a${times("%CC%95", size / 2)}${times("%CC%80", size / 2)}`,
  "runs of 30 marks": (size) => times(encodeURIComponent(runsOf30), size),
  letters: (size) => times("a", size),
  words: (size) => times("ab+", size),
  commas: (size) => times(",", size),
  "a list of letters": (size) => times("a,", size),
  "a list of marks": (size) => times(`${times("%CC%95", 240)},`, size),
  ids: (size) => times("con_01jd8qv5k7e9ga3m2x4n6r8t0w,", size),
  digits: (size) => `2026-11-02T09:30:00.${times("1", size)}Z`,
  labels: (size) => times("a.", size),
  base64: (size) => times("WyJhIiwi", size),
  "bytes that aren't UTF-8": (size) => times("%FF", size),
  emoji: (size) => times("%F0%9F%98%80", size),
};

/** Request headers. */
export const heads: Record<string, (size: number) => Record<string, string>> = {
  "many cookies": (size) => ({
    Cookie: Array.from({ length: size / 6 }, (_, index) => `${index.toString(36)}=`).join("; "),
  }),
  "one repeated cookie": (size) => ({ Cookie: times("a=b;", size) }),
  "pieces of a session": (size) => ({
    Cookie: Array.from({ length: size / 30 }, (_, index) => `repdesk-session-3000.${index}=a`).join("; "),
  }),
  "a long client name": (size) => ({ "User-Agent": times("a", size) }),
  "a client name of hyphens": (size) => ({ "User-Agent": times("-a", size) }),
  "many media types": (size) => ({ Accept: `${times("a/b;q=0.1,", size - 4)}*/*` }),
  "many encodings": (size) => ({ "Accept-Encoding": times("gzip;q=0.1,", size) }),
  "many addresses": (size) => ({ "X-Forwarded-For": times("10.0.0.1,", size) }),
  "a long address": (size) => ({ "X-Forwarded-For": times(":", size) }),
  "many ETags": (size) => ({ "If-None-Match": times('"a",', size) }),
  "many ranges": (size) => ({ Range: `bytes=${times("0-1,", size)}` }),
  "a long credential": (size) => ({ Authorization: `Bearer ${times("a.", size)}` }),
  "a deep router state": (size) => ({ RSC: "1", "Next-Router-State-Tree": times("%5B", size) }),
  "many headers": (size) =>
    Object.fromEntries(Array.from({ length: size / 16 }, (_, index) => [`x-${index.toString(36)}`, "1"])),
};
