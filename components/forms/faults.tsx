import type { z } from "zod";
import type { FaultCode } from "#lib/vocabulary";

export interface FieldFault {
  field: string;
  code: FaultCode;
  detail: string;
}

/** What the contract has against this input. */
export function faultsOf(schema: z.ZodType, input: object): FieldFault[] {
  const issues = schema.safeParse(input).error?.issues ?? [];
  return issues.map((issue) => ({ field: String(issue.path[0]), code: codeOf(issue), detail: issue.message }));
}

function codeOf(issue: z.core.$ZodIssue): FaultCode {
  if (issue.code === "custom") return (issue.params?.code as FaultCode | undefined) ?? "invalid_format";
  if (issue.code === "too_small") return "too_short";
  if (issue.code === "too_big") return issue.origin === "array" ? "too_many_items" : "too_long";
  return issue.code === "invalid_value" ? "invalid_enum" : "invalid_format";
}

/** The field that a problem's pointer (RFC 6901) leads to: `#/tags/3` is `tags`. */
export function fieldOf(pointer: string | undefined): string {
  return pointer?.match(/^#\/([^/]+)/)?.[1] ?? "";
}

/** Words for faults by field and code, such as `name blank`. */
export function wordsFrom(table: Readonly<Record<string, string>>) {
  return ({ field, code }: FieldFault): string | undefined => table[`${field} ${code}`];
}
