import { visit } from "jsonc-parser";
import { Refusal } from "#lib/http/problem";

const maxDepth = 32;
/** Many times what any body of ours has: each value takes time, in us and in the engine. */
const maxValues = 10_000;

function invalidJson(detail: string): Refusal {
  return new Refusal("invalid_json", detail);
}

/**
 * Parses a body strictly (RFC 8259, and I-JSON, RFC 7493, where it says more): UTF-8 without a byte order mark, depth at most 32,
 * no key twice, no number that a double cannot hold. Throws `invalid_json` with the place, and `payload_too_large`
 * for more than `maxValues` objects, lists and literals.
 */
export function parseJson(bytes: Uint8Array): unknown {
  const text = decode(bytes);
  inspect(text);
  try {
    return JSON.parse(text);
  } catch {
    // The engine's own message may quote the body, and so a secret.
    throw invalidJson("The body is not valid JSON.");
  }
}

function decode(bytes: Uint8Array): string {
  let text: string;
  try {
    text = new TextDecoder("utf-8", { fatal: true, ignoreBOM: true }).decode(bytes);
  } catch {
    throw invalidJson("The body is not valid UTF-8.");
  }
  if (text.startsWith("\ufeff")) throw invalidJson("The body begins with a byte order mark. Send it without.");
  if (text.trim() === "") throw invalidJson("The body is empty. Send a JSON object.");
  return text;
}

/** Reads to the first fault, or to the end: each byte is looked at once, and no tree is made. */
function inspect(text: string): void {
  let begun = 0;
  let values = 0;
  const countValue = () => {
    values += 1;
    if (values > maxValues)
      throw new Refusal("payload_too_large", "The body has more than 10,000 values. Send less at a time.");
  };
  /** The objects and lists that are open, numbered as they began. */
  const open: number[] = [];
  /** By depth, where one is open at a time: in which object each key was last seen. */
  const seen: Map<string, number>[] = [];
  const enter = () => {
    countValue();
    begun += 1;
    if (open.push(begun) > maxDepth) throw invalidJson(`The body nests deeper than ${maxDepth} levels.`);
  };
  const leave = () => {
    open.pop();
  };
  visit(
    text,
    {
      onObjectBegin: enter,
      onArrayBegin: enter,
      onObjectEnd: leave,
      onArrayEnd: leave,
      onObjectProperty: (key, offset) => {
        const object = open.at(-1) as number;
        seen[open.length] ??= new Map();
        const keys = seen[open.length] as Map<string, number>;
        if (keys.get(key) === object)
          throw invalidJson(
            `The key ${JSON.stringify(key.slice(0, 100))} appears twice in one object, ${at(text, offset)}.`,
          );
        keys.set(key, object);
      },
      onLiteralValue: (value, offset) => {
        countValue();
        if (typeof value === "number" && !Number.isFinite(value)) {
          throw invalidJson(`A number is out of range, ${at(text, offset)}.`);
        }
      },
      onError: (_error, offset) => {
        const place = offset < text.length ? `reading stopped at ${at(text, offset)}` : "it ends too early";
        throw invalidJson(`The body is not valid JSON: ${place}.`);
      },
    },
    { disallowComments: true },
  );
}

/** A place for people. Called once, for the fault that ends the reading. */
function at(text: string, offset: number): string {
  let line = 1;
  let start = 0;
  for (let end = text.indexOf("\n"); end !== -1 && end < offset; end = text.indexOf("\n", start)) {
    line += 1;
    start = end + 1;
  }
  return `line ${line}, column ${offset - start + 1}`;
}
