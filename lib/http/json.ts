import { visit } from "jsonc-parser";
import { AppError } from "#lib/errors";
import { at, jsonFault } from "#lib/http/json-fault";

const maxDepth = 32;
/** Many times more than any valid body has. Each value costs time, here and in the engine. */
const maxValues = 10_000;

function invalidJson(detail: string): AppError {
  return new AppError("invalid_json", detail);
}

/**
 * Parses a body strictly (RFC 8259, and I-JSON, RFC 7493): UTF-8 without a byte order mark, at most 32 levels deep, no duplicate keys,
 * and no numbers outside the range of a double. Throws `invalid_json` with the position, and `payload_too_large` for more than
 * `maxValues` objects, lists, and literals.
 */
export function parseJson(bytes: Uint8Array): unknown {
  const text = decode(bytes);
  inspect(text);
  try {
    return JSON.parse(text);
  } catch {
    // The engine's message may quote the body, and so a secret.
    throw invalidJson(jsonFault(text));
  }
}

function decode(bytes: Uint8Array): string {
  let text: string;
  try {
    text = new TextDecoder("utf-8", { fatal: true, ignoreBOM: true }).decode(bytes);
  } catch {
    throw invalidJson(utf8Fault(bytes));
  }
  if (text.startsWith("\ufeff")) throw invalidJson("The body begins with a byte order mark. Send it without one.");
  if (/^[ \t\r\n]*$/.test(text)) throw invalidJson("The body is empty. Send a JSON object.");
  return text;
}

/** Describes where bytes stop being UTF-8, and what they look like. */
function utf8Fault(bytes: Uint8Array): string {
  const mark = `${bytes[0]} ${bytes[1]}`;
  if (mark === "255 254" || mark === "254 255") return "The body is UTF-16, as PowerShell writes files. Send UTF-8.";
  const text = new TextDecoder("utf-8", { ignoreBOM: true }).decode(bytes);
  // Skips replacement characters that were sent as such.
  let [offset, read] = [text.indexOf("\ufffd"), 0];
  for (let from = 0; offset !== -1; offset = text.indexOf("\ufffd", from)) {
    read += Buffer.byteLength(text.slice(from, offset));
    if (bytes[read] !== 0xef || bytes[read + 1] !== 0xbf || bytes[read + 2] !== 0xbd) break;
    read += 3;
    from = offset + 1;
  }
  return `The body is not valid UTF-8, at ${at(text, offset)}. It may be in Latin-1 or Windows-1252: send UTF-8.`;
}

/** Scans to the first fault or the end. Reads each byte once and builds no tree. */
function inspect(text: string): void {
  let begun = 0;
  let values = 0;
  const countValue = () => {
    values += 1;
    if (values > maxValues)
      throw new AppError("payload_too_large", "The body has more than 10,000 values. Send less at a time.");
  };
  /** The open objects and lists, numbered in order of appearance. */
  const open: number[] = [];
  /** By depth, since only one object per depth is open: the object in which each key was last seen. */
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
      onError: () => {
        throw invalidJson(jsonFault(text));
      },
    },
    { disallowComments: true },
  );
}
