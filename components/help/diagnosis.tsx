import { type ErrorCode, errors } from "#lib/contract/errors";
import { faultWords } from "#lib/contract/fault-words";
import { idPattern } from "#lib/format/ids";
import { diagnoseToken, type TokenDiagnosis } from "#lib/format/token-checks";
import type { FaultCode } from "#lib/vocabulary";

/** One thing that was found in a pasted text. */
export type Finding =
  | { kind: "token"; token: TokenDiagnosis }
  | { kind: "token-id"; id: string }
  | { kind: "error"; code: ErrorCode }
  | { kind: "field"; code: FaultCode }
  | { kind: "unknown-code"; code: string }
  /** `time`: when the request was made, in ISO 8601; null if the ID is incomplete. */
  | { kind: "request"; id: string; time: string | null };

/** Says what a pasted text contains. An empty list: nothing that RepDesk knows. */
export function diagnose(pasted: string): Finding[] {
  const text = pasted.trim();
  const others = [...codesIn(text), ...idsIn(text)];
  const token = diagnoseToken(text);
  // An error's detail or a sentence may look like a header or a placeholder.
  return token && (others.length === 0 || token.checks.length > 0) ? [{ kind: "token", token }, ...others] : others;
}

const isError = (code: string): code is ErrorCode => Object.hasOwn(errors, code);
const isField = (code: string): code is FaultCode => Object.hasOwn(faultWords, code);

function findingOf(code: string): Finding {
  if (isError(code)) return { kind: "error", code };
  return isField(code) ? { kind: "field", code } : { kind: "unknown-code", code };
}

function codesIn(text: string): Finding[] {
  const inJson = codeOfProblem(text);
  if (inJson !== undefined) return [findingOf(inJson)];
  const alone = text.replace(/^["'`]|["'`,.:;]+$/g, "").toLowerCase();
  if (
    isError(alone) ||
    isField(alone) ||
    (/^(?!(?:rdk|req|tok)_)[a-z]+(?:_[a-z]+)+$/.test(alone) && text === text.toLowerCase())
  )
    return [findingOf(alone)];
  // In a sentence, a word without an underscore, such as “conflict”, isn't meant as a code.
  const words = new Set(text.match(/[a-z]+(?:_[a-z]+)+/g));
  return [...words].filter(isError).map((code) => ({ kind: "error", code }));
}

/** The `code` of an error response, also with headers before it, or if it is cut off. */
function codeOfProblem(text: string): string | undefined {
  const json = text.slice(text.indexOf("{"), text.lastIndexOf("}") + 1);
  if (json.startsWith("{")) {
    try {
      const { code } = JSON.parse(json);
      if (typeof code === "string") return code;
    } catch (error) {
      if (!(error instanceof SyntaxError)) throw error;
    }
  }
  return /"code"\s*:\s*"(\w{1,60})"/.exec(text)?.[1];
}

function idsIn(text: string): Finding[] {
  const ids = [...new Set(text.match(/\b(?:req|tok)_[0-9a-z]+/g))];
  return ids.map((id) =>
    id.startsWith("tok_")
      ? { kind: "token-id", id }
      : { kind: "request", id, time: idPattern("req").test(id) ? timeOf(id) : null },
  );
}

const base32 = "0123456789abcdefghjkmnpqrstvwxyz";

/** An id begins with its time: 48 bits of milliseconds, in ten digits of base 32. */
function timeOf(id: string): string {
  let milliseconds = 0;
  for (const digit of id.slice("req_".length, "req_".length + 10))
    milliseconds = milliseconds * 32 + base32.indexOf(digit);
  return new Date(milliseconds).toISOString();
}
