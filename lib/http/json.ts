import { visit } from "jsonc-parser";
import { Refusal } from "#lib/http/problem";

const maxDepth = 32;

function invalidJson(detail: string): Refusal {
  return new Refusal("invalid_json", detail);
}

/**
 * Parses a body strictly (RFC 8259, and I-JSON, RFC 7493, where it says more): UTF-8 without a byte order mark, depth at most 32,
 * no key twice, no number that a double cannot hold. Throws `invalid_json` with the place.
 */
export function parseJson(bytes: Uint8Array): unknown {
  const text = decode(bytes);
  inspect(text);
  try {
    return JSON.parse(text);
  } catch (error) {
    throw invalidJson(`The body is not valid JSON: ${place(error as SyntaxError, text)}.`);
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

/** What `JSON.parse` accepts in silence. Faults of syntax are left to it: its sentences are better. */
function inspect(text: string): void {
  const keys: Set<string>[] = [];
  const enter = () => {
    keys.push(new Set());
    if (keys.length > maxDepth) throw invalidJson(`The body nests deeper than ${maxDepth} levels.`);
  };
  const leave = () => {
    keys.pop();
  };
  visit(
    text,
    {
      onObjectBegin: enter,
      onArrayBegin: enter,
      onObjectEnd: leave,
      onArrayEnd: leave,
      onObjectProperty: (key, offset) => {
        const seen = keys.at(-1);
        if (seen?.has(key))
          throw invalidJson(
            `The key ${JSON.stringify(key.slice(0, 100))} stands twice in one object, ${at(text, offset)}.`,
          );
        seen?.add(key);
      },
      onLiteralValue: (value, offset) => {
        if (typeof value === "number" && !Number.isFinite(value)) {
          throw invalidJson(`A number is out of range, ${at(text, offset)}.`);
        }
      },
    },
    { disallowComments: true },
  );
}

function at(text: string, offset: number): string {
  const before = text.slice(0, offset).split("\n");
  return `line ${before.length}, column ${(before.at(-1) as string).length + 1}`;
}

/** Where reading stopped. The engine's own message may quote the body, and so a secret: only its position is used. */
function place(error: SyntaxError, text: string): string {
  const position = /position (\d+)/.exec(error.message)?.[1];
  return position ? `reading stopped at ${at(text, Number(position))}` : "it ends too early";
}
