import { fieldOf } from "#components/records/values";
import type { Fault } from "#lib/contract/errors";
import { tokenInput } from "#lib/contract/tokens";
import { tokenLimits } from "#lib/vocabulary";

/** What is wrong with a token's fields, in words; checked by the contract's own schema. */

export type TokenField = keyof typeof tokenInput.shape;
export type TokenFaults = Partial<Record<TokenField, string>>;

const isField = (name: unknown): name is TokenField => typeof name === "string" && name in tokenInput.shape;

/** Where the contract's sentence does not say what to do. */
const ownWords: Partial<Record<string, string>> = {
  "name blank": "Give the token a name, so you can tell it apart later.",
  "name too_long": `Use at most ${tokenLimits.nameLength} characters for the name.`,
  "scopes too_small": "Choose at least one thing that the token may do.",
};

export function checkToken(input: unknown): TokenFaults {
  const faults: TokenFaults = {};
  for (const issue of tokenInput.safeParse(input).error?.issues ?? []) {
    const [field] = issue.path;
    const code = issue.code === "custom" ? issue.params?.code : issue.code;
    if (isField(field)) faults[field] ??= ownWords[`${field} ${code}`] ?? issue.message;
  }
  return faults;
}

export function checkName(name: string): string | null {
  return checkToken({ name, scopes: [] }).name ?? null;
}

/** What the server found, by field. */
export function serverFaults(errors: readonly Fault[]): TokenFaults {
  const faults: TokenFaults = {};
  for (const { pointer, detail } of errors) {
    const field = fieldOf(pointer);
    if (isField(field)) faults[field] ??= detail;
  }
  return faults;
}
