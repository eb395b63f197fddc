import { readFileSync } from "node:fs";
import type { ErrorCode } from "#lib/contract/errors";
import { tokenLength, tokenPattern } from "#lib/format/token";
import { scopes, tokenLimits } from "#lib/vocabulary";
import { problemBlock } from "#scripts/api-docs/markdown";
import { codes } from "#scripts/api-docs/words";
import { inProject } from "#scripts/project";

/** What the placeholders of guide.md stand for. */
const fillings: Record<string, (argument: string) => string> = {
  problem: (code) => problemBlock(code as ErrorCode),
  scopes: () => codes(scopes),
  token_pattern: () => tokenPattern.source,
  token_length: () => String(tokenLength),
  token_max_days: () => String(tokenLimits.maxDays),
  token_default_days: () => String(tokenLimits.defaultDays),
  token_per_member: () => String(tokenLimits.perMember),
};

/** `docs/PUBLIC_API.md`: the text of guide.md, with its placeholders filled in. */
export function guide(): string {
  const text = readFileSync(inProject("scripts/api-docs/guide.md"), "utf8");
  return text.replaceAll(/\{\{(\w+)(?: (\w+))?\}\}/g, (_whole, name: string, argument = "") => {
    const filling = fillings[name];
    if (!filling) throw new Error(`guide.md has an unknown placeholder: ${name}`);
    return filling(argument);
  });
}
