import { z } from "zod";
import type { Endpoint } from "#lib/contract/endpoint";
import * as list from "#lib/contract/list";
import * as members from "#lib/contract/members";
import { registry } from "#lib/contract/registry";
import * as tokens from "#lib/contract/token";
import { tokenLeakReport, tokenLeaks } from "#lib/contract/token-leaks";
import * as fields from "#lib/nouns/values";

/** The schemas that have a name in the document. Names follow from operations: `listContacts` names `Contact` and `ContactPage`. */

const names = new Map<z.ZodType, string>([
  [fields.actor, "Actor"],
  [list.pagination, "Pagination"],
  [members.member, "MemberSummary"],
  [tokens.tokenSelf, "CallingToken"],
  [tokenLeaks, "TokenLeaks"],
  [tokenLeakReport, "TokenLeakReport"],
]);

/** By name of a record: the same record with every field but the id optional, as `fields` returns it. */
const parts = new Map<string, z.ZodObject>();

/** Pages of lists whose records may be partial, by the output that the endpoint declares. */
const pages = new Map<z.ZodType, z.ZodType>();

/** `contacts` → `contact`, `Companies` → `Company`. */
export function singular(plural: string): string {
  return plural.replace(/ies$/, "y").replace(/s$/, "");
}

function give(schema: z.ZodType, ...candidates: string[]): void {
  const taken = [...names.values()];
  const free = candidates.find((name) => !taken.includes(name));
  if (!names.has(schema) && free) names.set(schema, free);
}

/** One record of an endpoint's answer, also when the answer is a list. */
export function recordOf({ output }: Endpoint): z.ZodObject {
  const data = output instanceof z.ZodObject ? output.shape.data : undefined;
  return (data instanceof z.ZodArray ? data.element : output) as z.ZodObject;
}

function takesFields({ query }: Endpoint): boolean {
  return query !== undefined && "fields" in query.shape;
}

const isList = ({ operation }: Endpoint) => operation.startsWith("list");

// Lists come first: their record has the noun's own name.
for (const endpoint of registry.toSorted((a, b) => Number(isList(b)) - Number(isList(a)))) {
  const [, verb, rest = ""] = /^([a-z]+)(.+)$/.exec(endpoint.operation) ?? [];
  const noun = isList(endpoint) ? singular(rest) : rest;
  if (endpoint.body) {
    const own = `${endpoint.operation.charAt(0).toUpperCase()}${endpoint.operation.slice(1)}Input`;
    give(endpoint.body, verb === "create" ? `${noun}Input` : verb === "update" ? `${noun}Patch` : own);
  }
  if (!endpoint.output) continue;
  give(recordOf(endpoint), ...(verb === "create" ? [`Created${noun}`] : [noun, `${noun}Detail`]));
  if (isList(endpoint)) give(endpoint.output, `${noun}Page`);
  if (takesFields(endpoint)) {
    const description = "A record with the fields that were asked for.";
    parts.set(noun, recordOf(endpoint).partial().required({ id: true }).meta({ description }));
  }
}

for (const endpoint of registry.filter(takesFields)) {
  if (isList(endpoint))
    pages.set(
      endpoint.output as z.ZodType,
      (endpoint.output as z.ZodObject).extend({ data: z.array(wholeOrPart(endpoint)) }),
    );
}

function wholeOrPart(endpoint: Endpoint): z.ZodType {
  const record = recordOf(endpoint);
  const part = parts.get(names.get(record)?.replace(/Detail$/, "") ?? "");
  return part ? z.union([record, part]) : record;
}

/** What an endpoint answers with, for `createDocument`: with `fields`, a record may be partial. */
export function answerSchema(endpoint: Endpoint): z.ZodType {
  const output = endpoint.output as z.ZodType;
  if (!takesFields(endpoint)) return output;
  return pages.get(output) ?? wholeOrPart(endpoint);
}

/** The name of a schema, if it has one. */
export function nameOf(schema: z.ZodType): string | undefined {
  return names.get(schema);
}

// `createDocument` makes a component of every schema with an id, and a reference wherever it is used.
for (const [schema, name] of names) identify(pages.get(schema) ?? schema, name);
for (const [noun, part] of parts) identify(part, `${noun}Part`);

function identify(schema: z.ZodType, id: string): void {
  z.globalRegistry.add(schema, { ...z.globalRegistry.get(schema), id });
}
