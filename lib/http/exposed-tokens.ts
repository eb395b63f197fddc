import type { Fault } from "#lib/contract/errors";
import { noteExposedTokens, tokenHash } from "#lib/db/trail";
import { AppError } from "#lib/errors";
import { tokensIn, withoutTokens } from "#lib/format/token";
import { badFields, badParameters, maxFaults, pointer } from "#lib/http/problem";

/*
 * API tokens don't belong into queries and bodies: there they are stored, shown, and logged. They are known by their form and check
 * digits, without a lookup, so the response is the same whether or not a token works.
 */

/** A place with tokens in it. */
type Exposure = { fault: Fault; tokens: string[] };

const code = "contains_token";
const detail = "Contains an API token. Remove it. If the token works, replace it, since others may have seen it.";
/** The most tokens of one request that are looked up afterward. */
const mostNoted = 20;
/** Bounds the pointers in a response, since a caller chooses the keys. */
const longestPointer = { parts: 8, part: 50 };

/** Throws `invalid_parameter` if a query's name or value contains a token. No other faults are listed, since they may quote it. */
export function requireNoTokensInQuery(sent: Map<string, { values: string[]; raws: string[] }>): void {
  const found: Exposure[] = [];
  for (const [name, { values, raws }] of sent) {
    const tokens = [name, ...values, ...raws].flatMap(tokensIn);
    if (tokens.length === 0) continue;
    const parameter = withoutTokens(name).slice(0, 100);
    found.push({ fault: { parameter, code, detail: `${parameter}: ${detail}` }, tokens });
  }
  reject(found, badParameters);
}

/**
 * Throws `validation_failed` if a key or a string of a body contains a token, at any depth, also if it is written with escapes such as
 * `\u0072`. `except`: fields that aren't searched, since a password may be anything.
 */
export function requireNoTokensInBody(bytes: Uint8Array, body: unknown, except: readonly string[] = []): void {
  if (!["rdk_", "\\u"].some((part) => Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).includes(part)))
    return;
  const found: Exposure[] = [];
  const path: PropertyKey[] = [];
  const search = (text: string) => {
    const tokens = found.length <= maxFaults ? tokensIn(text) : [];
    if (tokens.length > 0) found.push({ fault: { pointer: pointer(shown(path)), code, detail }, tokens });
  };
  const visit = (value: unknown) => {
    if (typeof value === "string") return search(value);
    if (typeof value !== "object" || value === null) return;
    const isList = Array.isArray(value);
    for (const [key, item] of isList ? value.entries() : Object.entries(value)) {
      if (path.length === 0 && except.includes(String(key))) continue;
      path.push(key);
      if (!isList) search(key as string);
      visit(item);
      path.pop();
    }
  };
  visit(body);
  reject(found, badFields);
}

function shown(path: readonly PropertyKey[]): PropertyKey[] {
  return path
    .slice(0, longestPointer.parts)
    .map((part) => (typeof part === "string" ? withoutTokens(part).slice(0, longestPointer.part) : part));
}

function reject(found: readonly Exposure[], rejection: (faults: Fault[]) => AppError): void {
  if (found.length === 0) return;
  const error = rejection(found.map(({ fault }) => fault));
  const tokens = found.flatMap(({ tokens }) => tokens);
  error.extra.exposed = [...new Set(tokens)].slice(0, mostNoted).map(tokenHash);
  throw error;
}

/** Runs the work of an authenticated request. If it is rejected because of tokens in it, their owners learn of it. */
export async function notingExposed<T>(request_id: string, work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (error) {
    if (error instanceof AppError) noteExposedTokens(error.extra.exposed ?? [], request_id);
    throw error;
  }
}
