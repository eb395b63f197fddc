/** Finds where a text stops being JSON (RFC 8259), what is there, and which common mistake it looks like. */

/** The first unexpected character. If something is missing at the end, `offset` is the length of the text. */
type Stop = { offset: number; wanted: Wanted };
type Wanted =
  | "value"
  | "item"
  | "key"
  | "first key"
  | "colon"
  | "comma or ]"
  | "comma or }"
  | "end"
  | "string"
  | "escape";

const space = /[ \t\n\r]*/y;
const scalar = /true|false|null|-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d+)?/y;
// biome-ignore lint/suspicious/noControlCharactersInRegex: these must be escaped in a string
const string = /"[^"\\\u0000-\u001f]*(?:\\(?:["\\/bfnrt]|u[0-9a-fA-F]{4})[^"\\\u0000-\u001f]*)*/y;

/** The end of the match that begins at `offset`; `offset` itself if there is none. */
function end(pattern: RegExp, text: string, offset: number): number {
  pattern.lastIndex = offset;
  return pattern.test(text) ? pattern.lastIndex : offset;
}

/** Parses strictly up to the first fault; null if there is none. */
function stopOf(text: string): Stop | null {
  const open: ("{" | "[")[] = [];
  let wanted: Wanted = "value";
  const afterValue = (): Wanted => (open.length === 0 ? "end" : open.at(-1) === "{" ? "comma or }" : "comma or ]");
  for (let offset = 0; ; ) {
    offset = end(space, text, offset);
    const character = text[offset];
    const isKey: boolean = wanted === "key" || wanted === "first key";
    const isValue: boolean = wanted === "value" || wanted === "item";
    if (character === undefined) return wanted === "end" ? null : { offset, wanted };
    if (character === '"' && (isKey || isValue)) {
      offset = end(string, text, offset);
      if (text[offset] === "\\") return { offset: offset + 1, wanted: "escape" };
      if (text[offset] !== '"') return { offset, wanted: "string" };
      offset += 1;
      wanted = isKey ? "colon" : afterValue();
    } else if ((character === "{" || character === "[") && isValue) {
      open.push(character);
      offset += 1;
      wanted = character === "{" ? "first key" : "item";
    } else if (
      (character === "}" && (wanted === "first key" || wanted === "comma or }")) ||
      (character === "]" && (wanted === "item" || wanted === "comma or ]"))
    ) {
      open.pop();
      offset += 1;
      wanted = afterValue();
    } else if (character === ":" && wanted === "colon") {
      offset += 1;
      wanted = "value";
    } else if (character === "," && (wanted === "comma or }" || wanted === "comma or ]")) {
      offset += 1;
      wanted = wanted === "comma or }" ? "key" : "value";
    } else {
      const after = isValue ? end(scalar, text, offset) : offset;
      if (after === offset) return { offset, wanted };
      offset = after;
      wanted = afterValue();
    }
  }
}

/** What the mistake is guessed from: the text after and just before the fault, and how the whole text begins and ends. */
type Seen = { wanted: Wanted; isFirst: boolean; rest: string; before: string; start: string; last: string };

function seenAt(text: string, { offset, wanted }: Stop): Seen {
  const [start, before] = [text.slice(0, 200).trimStart(), text.slice(Math.max(0, offset - 50), offset).trimEnd()];
  const isFirst = text.slice(0, offset).trim() === "";
  return { wanted, isFirst, rest: text.slice(offset, offset + 50), before, start, last: text.slice(-50).trimEnd() };
}

const cutOff = "The body is cut off: check the end of it, and that Content-Length counts bytes and not characters.";
const inString = ({ wanted }: Seen) => wanted === "string" || wanted === "escape";
const isKey = ({ wanted }: Seen) => wanted === "key" || wanted === "first key";

/** Common mistakes of shells, languages, and people, the most specific ones first. */
const mistakes: [when: (seen: Seen) => boolean, words: string][] = [
  [
    (seen) => seen.isFirst && /^'\s*["'[{]/.test(seen.rest) && seen.last.endsWith("'"),
    'Single quotes are around all of it: Windows shells do not remove them. Put double quotes around the argument and \\" inside, or send a file.',
  ],
  [
    ({ start, wanted }) => wanted === "item" && start.startsWith("[object "),
    "[object Object] is an object turned into text. Send JSON.stringify(object).",
  ],
  [
    ({ isFirst, rest }) => isFirst && /^(?:undefined|None|nil)\s*$/.test(rest),
    "The variable that should hold the body has no value.",
  ],
  [({ isFirst, rest }) => isFirst && /^</.test(rest), "This is HTML or XML, not JSON."],
  [({ isFirst, rest }) => isFirst && rest.startsWith("--"), "This is multipart form data, not JSON."],
  [
    ({ isFirst, rest }) => isFirst && /^[\w.%+[\]-]+=/.test(rest),
    "This is form encoding (a=b&c=d), not JSON. Let your HTTP library send JSON.",
  ],
  [({ start }) => /^(?:\0.|.\0)/s.test(start), "The body looks like UTF-16. Send UTF-8."],
  [
    (seen) => !inString(seen) && /^[\u2018-\u201f\u00ab\u00bb]/.test(seen.rest),
    'A curly quotation mark is not ". Editors and chat programs replace straight ones.',
  ],
  [
    (seen) => !inString(seen) && /^[\u00a0\u2000-\u200f\u2028-\u202f\u2060\u3000\ufeff]/.test(seen.rest),
    "This character looks like a space or like nothing, often copied from a document. Use plain spaces.",
  ],
  [(seen) => !inString(seen) && /^(?:\/[/*]|#)/.test(seen.rest), "JSON has no comments."],
  [
    (seen) => isKey(seen) && seen.rest.startsWith("\\"),
    "The quotation marks are escaped. Your shell passes the backslashes on. Remove them.",
  ],
  [
    ({ rest, before }) => /^\{\{|^\$\{|^\$\w|^<\w/.test(rest) || (rest.startsWith("{") && before.endsWith("{")),
    "A template's placeholder was not filled in.",
  ],
  [
    ({ rest, before }) => /^[\]}]/.test(rest) && before.endsWith(","),
    "Remove the comma before it: JSON has no trailing commas.",
  ],
  [
    (seen) => isKey(seen) && seen.rest.startsWith("'"),
    "Keys and text are in double quotes. This looks like Python's repr or JavaScript: use json.dumps or JSON.stringify.",
  ],
  [
    (seen) => isKey(seen) && /^[\w$]/.test(seen.rest),
    "Put the key in double quotes. Some shells remove them: escape them there, or send a file.",
  ],
  [({ rest }) => /^(?:True|False|None)\b/.test(rest), "This looks like Python's repr: use json.dumps."],
  [
    ({ rest, wanted }) => wanted !== "end" && /^-?(?:NaN|Infinity)\b/.test(rest),
    "JSON has no NaN and no Infinity. Send null.",
  ],
  [({ rest }) => /^undefined\b/.test(rest), "JSON has no undefined. Send null, or leave the field out."],
  [({ rest }) => /^(?:true|false|null|nil)\b/i.test(rest), "JSON writes true, false and null, in lower case."],
  [({ rest, wanted }) => /^['`]/.test(rest) && wanted !== "string" && wanted !== "escape", "Text is in double quotes."],
  [
    ({ rest, wanted }) => (wanted === "value" || wanted === "item") && /^[+.]/.test(rest),
    "A number has no plus sign and begins with a digit.",
  ],
  [
    ({ rest, before }) =>
      (/(?:^|[^\w."])-?0$/.test(before) && /^[\dxob]/i.test(rest)) || (/\d$/.test(before) && /^[._]/.test(rest)),
    "A number has no leading zero, no prefix such as 0x, and digits after its point.",
  ],
  [({ rest, wanted }) => wanted === "string" && /^[\r\n]/.test(rest), "Write a line break in text as \\n."],
  [({ rest, wanted }) => wanted === "string" && rest.startsWith("\t"), "Write a tab in text as \\t."],
  [
    ({ rest, wanted }) => wanted === "string" && rest !== "",
    "Write a control character in text as \\u and four hexadecimal digits.",
  ],
  [({ rest, wanted }) => wanted === "escape" && rest.startsWith("u"), "\\u needs four hexadecimal digits after it."],
  [({ rest, wanted }) => wanted === "escape" && rest !== "", "Write a backslash in text as \\\\."],
  [({ rest }) => rest === "", cutOff],
  [
    ({ rest, wanted }) => wanted === "end" && /^[[{"]/.test(rest),
    "There is more than one JSON document. Send one per request.",
  ],
  [({ wanted }) => wanted === "end", "Nothing may follow the JSON document."],
  [({ rest, wanted }) => wanted.startsWith("comma") && /^[\]}]/.test(rest), "It doesn't match the opening bracket."],
  [
    ({ rest, before, wanted }) => wanted.startsWith("comma") && before.endsWith('"') && /^[^\s"]/.test(rest),
    'Write a quotation mark in text as \\". If the text ends there, a comma is missing.',
  ],
  [({ wanted }) => wanted.startsWith("comma"), "A comma may be missing before it."],
];

const names: Record<string, string> = {
  "\n": "a line break",
  "\r": "a line break",
  "\t": "a tab",
  '"': 'a quotation mark (")',
};

/** One character for people, as it is if it is visible. Never quotes more, since a body may contain a secret. */
function named(text: string, offset: number): string {
  const character = String.fromCodePoint(text.codePointAt(offset) ?? 0);
  if (names[character]) return names[character];
  if (/^[!-~]$/.test(character)) return `"${character}"`;
  return `U+${(character.codePointAt(0) ?? 0).toString(16).toUpperCase().padStart(4, "0")}`;
}

/** Describes in a sentence or two why a text isn't JSON. */
export function jsonFault(text: string): string {
  const stop = stopOf(text);
  if (!stop) return "The body is not valid JSON.";
  const place = at(text, stop.offset);
  const found =
    stop.offset < text.length ? `unexpected ${named(text, stop.offset)} at ${place}` : `it ends too early, at ${place}`;
  const seen = seenAt(text, stop);
  const words = mistakes.find(([when]) => when(seen))?.[1];
  return `The body is not valid JSON: ${found}.${words ? ` ${words}` : ""}`;
}

/** A position for people: line and character, both from 1. */
export function at(text: string, offset: number): string {
  let line = 1;
  let start = 0;
  for (let end = text.indexOf("\n"); end !== -1 && end < offset; end = text.indexOf("\n", start)) {
    line += 1;
    start = end + 1;
  }
  return `line ${line}, column ${offset - start + 1}`;
}
