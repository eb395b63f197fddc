import { readFileSync } from "node:fs";
import type { Endpoint } from "#lib/contract/endpoint";
import { type ErrorCode, errorCodes, errors, faultCodes } from "#lib/contract/errors";
import { faultWords } from "#lib/contract/fault-words";
import { registry } from "#lib/contract/registry";
import { newToken, tokenPattern } from "#lib/format/token";
import { scopes, tokenLimits } from "#lib/vocabulary";
import { answerBlock, problemBlock, requestBlock, table } from "#scripts/api-docs/blocks";
import { commonRefusals, endpointSections, endpointTable } from "#scripts/api-docs/endpoints";
import { codes } from "#scripts/api-docs/prose";
import { inProject } from "#scripts/project";

function find(operation: string): Endpoint {
  const endpoint = registry.find((each) => each.operation === operation);
  if (!endpoint) throw new Error(`guide.md names the operation ${operation}, which is not in the registry.`);
  return endpoint;
}

/** What the text's placeholders stand for. */
const fillings: Record<string, (argument: string) => string> = {
  request: (operation) => requestBlock(find(operation)),
  answer: (operation) => answerBlock(find(operation)),
  example: (operation) => `${requestBlock(find(operation))}\n\n${answerBlock(find(operation))}`,
  problem: (code) => problemBlock(code as ErrorCode),
  problem_of_me: (code) => problemBlock(code as ErrorCode, "/api/v1/me"),
  errors_table: () =>
    table(
      ["Status", "Code", "What it means", "What to do"],
      errorCodes.map((code) => [String(errors[code].status), `\`${code}\``, errors[code].meaning, errors[code].remedy]),
    ),
  fault_codes_table: () =>
    table(
      ["Code", "What it means"],
      faultCodes.map((code) => [`\`${code}\``, faultWords[code]]),
    ),
  common_codes: () => codes(commonRefusals()),
  endpoints_table: endpointTable,
  endpoints: endpointSections,
  scopes: () => codes(scopes),
  token_pattern: () => tokenPattern.source,
  token_length: () => String(newToken().secret.length),
  token_max_days: () => String(tokenLimits.maxDays),
  token_default_days: () => String(tokenLimits.defaultDays),
  token_per_member: () => String(tokenLimits.perMember),
};

/** `docs/PUBLIC_API.md`: the text of guide.md, filled from the tables. */
export function guide(): string {
  const text = readFileSync(inProject("scripts/api-docs/guide.md"), "utf8");
  return text.replaceAll(/\{\{(\w+)(?: (\w+))?\}\}/g, (_whole, name: string, argument: string | undefined) => {
    const filling = fillings[name];
    if (!filling) throw new Error(`guide.md has a placeholder that nothing fills: ${name}`);
    return filling(argument ?? "");
  });
}
