import type { z } from "zod";
import type { Endpoint } from "#lib/contract/endpoint";
import type { Fault } from "#lib/contract/errors";
import { listQuery, takesList } from "#lib/contract/list";
import { notFound } from "#lib/domain/errors";
import { requireNoTokensInQuery } from "#lib/http/exposed-tokens";
import { badFields, badParameters, maxFaults, pointer } from "#lib/http/problem";
import type { FaultCode } from "#lib/vocabulary";

type Issue = z.core.$ZodIssue;
type Values = Record<string, unknown>;
/** Reports the value of each issue, and omits Zod's message that lists every unknown key. */
const reading: z.core.ParseContext<z.core.$ZodIssue> = {
  reportInput: true,
  error: (issue) => (issue.code === "unrecognized_keys" ? "Unknown." : undefined),
};
type Written = { body?: z.ZodType; output?: z.ZodType };

/** Reads path parameters. A malformed ID is answered like one that doesn't exist. */
export function readParams(contract: Endpoint, params: Values): Values {
  if (!contract.params) return {};
  const result = contract.params.safeParse(params);
  if (!result.success) throw notFound();
  return result.data;
}

/**
 * Reads the parameters of a query as it was sent. Each may appear once; repeating one that takes a list adds values.
 * Throws `unknown_parameter` or `invalid_parameter` with all faults, up to 100.
 */
export function readQuery(contract: Endpoint, query: string): Values {
  const known = Object.keys(contract.query?.shape ?? {});
  const sent = parametersOf(query);
  requireNoTokensInQuery(sent);
  const result = contract.query?.safeParse(knownValues(sent, known), reading);
  const faults = [...queryFaults(contract, sent, result?.error?.issues ?? []).take(maxFaults + 1)];
  if (faults.length > 0) throw badParameters(faults);
  const values: Values = result?.data ?? {};
  return contract.list ? { ...values, ...listQuery(contract.list, values) } : values;
}

/** The values sent under one name. */
type Parameter = { values: string[]; isMalformed: boolean; raws: string[] };

/** `filter[email][eq]` is `filter[email]`. */
const equals = /^(filter\[\w+\])\[eq\]$/;

function parametersOf(query: string): Map<string, Parameter> {
  const sent = new Map<string, Parameter>();
  for (const part of query.replace(/^\?/, "").split("&")) {
    if (part === "") continue;
    const [, rawName = "", rawValue = ""] = /^([^=]*)=?(.*)$/s.exec(part) ?? [];
    const [decodedName, value] = [decoded(rawName), decoded(rawValue)];
    const name = (decodedName ?? rawName).replace(equals, "$1");
    const parameter = sent.get(name) ?? { values: [], isMalformed: false, raws: [] };
    if (decodedName === null || value === null) parameter.isMalformed = true;
    parameter.values.push(value ?? "");
    parameter.raws.push(rawValue);
    sent.set(name, parameter);
  }
  return sent;
}

/** Decodes a part of a query. Null for an incomplete escape or bytes that aren't UTF-8, which `URLSearchParams` would replace. */
function decoded(raw: string): string | null {
  try {
    return decodeURIComponent(raw.replaceAll("+", " "));
  } catch {
    return null;
  }
}

function knownValues(sent: Map<string, Parameter>, known: string[]): Values {
  return Object.fromEntries(
    known.flatMap((name) => {
      const parameter = sent.get(name);
      return parameter && !parameter.isMalformed
        ? [[name, takesList(name) ? parameter.values : parameter.values[0]]]
        : [];
    }),
  );
}

/** Builds faults lazily: a caller can cause any number of them, and only 100 are listed. */
function* queryFaults(contract: Endpoint, sent: Map<string, Parameter>, issues: readonly Issue[]): Generator<Fault> {
  const known = Object.keys(contract.query?.shape ?? {});
  const allowed = known.length > 0 ? `This endpoint takes ${known.join(", ")}.` : "This endpoint takes no parameters.";
  let unknown = 0;
  for (const [name, { values, isMalformed }] of sent) {
    const parameter = name.slice(0, 100);
    if (isMalformed) {
      const detail = `${parameter} is not percent-encoded UTF-8: é is %C3%A9, and a percent sign is %25.`;
      yield { parameter, code: "invalid_format", detail };
    } else if (!known.includes(name)) {
      const detail = `No parameter ${JSON.stringify(parameter)}.`;
      // Listed once, since a hundred lists would make the response many times the size of the request.
      yield { parameter, code: "unknown_field", detail: unknown++ === 0 ? `${detail} ${allowed}` : detail };
    } else if (values.length > 1 && !takesList(name)) {
      yield { parameter, code: "invalid_format", detail: `${name} appears twice in the URL.` };
    }
  }
  for (const issue of issues) {
    const name = String(issue.path[0]);
    const parameter = sent.get(name);
    if (parameter?.isMalformed) continue;
    const hint = isPlusMeant(contract, name, parameter?.raws ?? []) ? " A + in a URL is a space: send %2B." : "";
    yield { parameter: name, code: faultCode(issue), detail: `${name}: ${sentence(issue)}${hint}` };
  }
}

/** Whether a value would be valid if each `+` were a literal plus, which its sender then forgot to encode. In a search, `+` is a space. */
function isPlusMeant({ query }: Endpoint, name: string, raws: string[]): boolean {
  const schema = query?.shape[name] as z.ZodType | undefined;
  if (name === "q" || !raws.some((raw) => raw.includes("+"))) return false;
  const values = raws.map((raw) => decoded(raw.replaceAll("+", "%2B")));
  return schema?.safeParse(takesList(name) ? values : values[0]).success === true;
}

/** Reads the fields of a body. Throws `validation_failed` with all faults, up to 100, each with a pointer (RFC 6901). */
export function readFields(contract: Written, body: unknown): Values {
  const { fields, faults } = readForm(contract, body);
  if (faults.length > 0) throw badFields(faults);
  return fields;
}

/** The fields of a body and its faults, up to one more than are listed. If there are faults, only the fields without one. */
export function readForm(contract: Written, body: unknown): { fields: Values; faults: Fault[] } {
  if (!contract.body) return { fields: {}, faults: [] };
  const result = contract.body.safeParse(body, reading);
  if (result.success) return { fields: result.data as Values, faults: [] };
  const faults = [...bodyFaults(result.error.issues, answeredFields(contract)).take(maxFaults + 1)];
  return { fields: rightFields(contract.body, body), faults };
}

function rightFields(schema: z.ZodType, body: unknown): Values {
  if (typeof body !== "object" || body === null) return {};
  const shape: Record<string, z.ZodType> = (schema as z.ZodObject).shape ?? {};
  return Object.fromEntries(
    Object.entries(shape).flatMap(([name, field]) => {
      const result = Object.hasOwn(body, name) ? field.safeParse((body as Values)[name]) : undefined;
      return result?.success ? [[name, result.data]] : [];
    }),
  );
}

function answeredFields(contract: Written): string[] {
  const output = contract.output as z.ZodObject | undefined;
  return Object.keys(output?.shape ?? {});
}

function* bodyFaults(issues: readonly Issue[], answered: string[]): Generator<Fault> {
  for (const issue of issues) {
    if (issue.code !== "unrecognized_keys")
      yield { pointer: pointer(issue.path), code: faultCode(issue), detail: `${sentence(issue)}${twiceHint(issue)}` };
    else for (const key of issue.keys) yield unknownField(issue.path, key, answered);
  }
}

/** Whether a body is a string that contains JSON, because it was serialized twice. */
function twiceHint({ path, input }: Issue): string {
  const isTwice = path.length === 0 && typeof input === "string" && /^\s*[{[]/.test(input);
  return isTwice ? " The body is JSON inside of a JSON string: serialize it once, not twice." : "";
}

function unknownField(path: readonly PropertyKey[], key: string, answered: string[]): Fault {
  return {
    pointer: pointer([...path, key.slice(0, 100)]),
    ...(path.length === 0 && answered.includes(key)
      ? { code: "read_only", detail: "RepDesk sets this field. Remove it." }
      : { code: "unknown_field", detail: "There is no such field. Check the spelling, or remove it." }),
  };
}

function faultCode(issue: Issue): FaultCode {
  if (issue.code === "custom") return (issue.params?.code as FaultCode | undefined) ?? "invalid_format";
  if (issue.code === "invalid_type") return issue.input === undefined ? "required" : "invalid_type";
  if (issue.code === "invalid_value") return issue.input === undefined ? "required" : "invalid_enum";
  if (issue.code === "too_small")
    return issue.origin === "number" || issue.origin === "int" ? "out_of_range" : "too_short";
  if (issue.code === "too_big") {
    if (issue.origin === "array") return "too_many_items";
    return issue.origin === "string" ? "too_long" : "out_of_range";
  }
  if (issue.code === "unrecognized_keys") return "unknown_field";
  return issue.code === "invalid_union" ? "invalid_type" : "invalid_format";
}

/** Describes a fault in a sentence that says what to fix. */
function sentence(issue: Issue): string {
  const code = faultCode(issue);
  if (code === "required") return issue.code === "custom" ? issue.message : "This field is required.";
  if (issue.code === "invalid_type") return `Must be ${article(issue.expected)}.`;
  if (issue.code === "invalid_value") return `Must be one of ${issue.values.map(String).join(", ")}.`;
  if (issue.code === "too_big" && issue.origin === "array") return `At most ${issue.maximum} items.`;
  if (issue.code === "too_small" && issue.origin === "array")
    return `At least ${issue.minimum} item${issue.minimum === 1 ? "" : "s"}.`;
  if (issue.code === "too_big") return `At most ${issue.maximum}.`;
  if (issue.code === "too_small") return `At least ${issue.minimum}.`;
  if (issue.code === "invalid_format" && issue.format === "datetime")
    return "Not an instant such as 2026-11-02T09:30:00Z, with Z or an offset (RFC 3339).";
  return issue.message;
}

const expected: Record<string, string> = {
  string: "text",
  int: "a whole number",
  number: "a number",
  boolean: "true or false",
  array: "a list",
  object: "an object",
  null: "null",
};

function article(type: string): string {
  return expected[type] ?? `of type ${type}`;
}
