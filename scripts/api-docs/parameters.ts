import type { z } from "zod";
import type { oas31 } from "zod-openapi";
import { isCached, takesIfMatch } from "#lib/contract/answers";
import type { Endpoint } from "#lib/contract/endpoint";
import { filterName, filterParameters, type ListOptions, mostCounted, takesList } from "#lib/contract/list";
import { registry } from "#lib/contract/registry";
import type { Operator } from "#lib/vocabulary";
import { recordOf } from "#scripts/api-docs/prose";
import { requestSchema, type Schema } from "#scripts/api-docs/schemas";

type Parameter = oas31.ParameterObject;
type Reference = oas31.ReferenceObject;

const shared = {
  Limit: {
    name: "limit",
    in: "query",
    description: "How many records a page has at most.",
    schema: { type: "integer", format: "int32", minimum: 1, maximum: 200, default: 50 },
  },
  Cursor: {
    name: "cursor",
    in: "query",
    description:
      "Where the page begins: `next_cursor` of the page before, as it came. It is good for this list alone, with the same company, sort, search and filters.",
    schema: { type: "string", minLength: 1, maxLength: 2000 },
  },
  Company: {
    name: "RepDesk-Company",
    in: "header",
    description:
      "The company, by id or slug. A session of a member of several companies must name one. With an API token it is an assertion: another company than the token's is refused.",
    schema: { type: "string", minLength: 3, maxLength: 40 },
    example: "acme",
  },
  IdempotencyKey: {
    name: "Idempotency-Key",
    in: "header",
    description:
      "Makes the request safe to repeat: within 7 days the same key with the same body gets the first answer again, and nothing happens twice. A UUID does well.",
    schema: { type: "string", minLength: 1, maxLength: 255, pattern: "^[\\x20-\\x7e]+$" },
    example: "5f0c4e2a-3c1b-4d63-9f0e-8a7b6c5d4e3f",
  },
  IfMatch: {
    name: "If-Match",
    in: "header",
    description:
      "The ETag of the version that you read, or `*` for any. If the record has changed since, the answer is 412 and nothing is done. A tag that a proxy made weak (`W/`) counts as the strong one.",
    schema: { type: "string", maxLength: 14, pattern: '^(\\*|(W/)?"v[1-9][0-9]{0,8}")$' },
    example: '"v7"',
  },
  IfNoneMatch: {
    name: "If-None-Match",
    in: "header",
    description: "The ETag of your own copy. If it is still good, the answer is 304 without a body.",
    schema: { type: "string", maxLength: 1000 },
    example: '"v7"',
  },
} satisfies Record<string, Parameter>;

/** Parameters that several operations share. */
export const sharedParameters: Record<string, Parameter> = shared;

const share = (name: keyof typeof shared): Reference => ({ $ref: `#/components/parameters/${name}` });

/** Everything that an operation takes beside its body. */
export function parametersOf(endpoint: Endpoint): (Parameter | Reference)[] {
  return [...pathParameters(endpoint), ...queryParameters(endpoint), ...headerParameters(endpoint)];
}

function pathParameters({ params, path, example }: Endpoint): Parameter[] {
  return Object.entries(params?.shape ?? {}).map(([name, schema]) => ({
    name,
    in: "path",
    required: true,
    description: `The id of the ${recordOf(path)}.`,
    schema: requestSchema(schema as z.ZodType),
    example: example.params?.[name],
  }));
}

function headerParameters(endpoint: Endpoint): Reference[] {
  const { auth, company, method } = endpoint;
  return [
    ...(company !== "none" && auth !== "none" ? [share("Company")] : []),
    ...(method === "POST" ? [share("IdempotencyKey")] : []),
    ...(takesIfMatch(endpoint) ? [share("IfMatch")] : []),
    ...(isCached(endpoint) ? [share("IfNoneMatch")] : []),
  ];
}

function queryParameters(endpoint: Endpoint): (Parameter | Reference)[] {
  const { query, list, output, example } = endpoint;
  const known = list ? listParameters(list, query, fieldsOf(output)) : new Map<string, Parameter | Reference>();
  return Object.entries(query?.shape ?? {}).map(([name, schema]) => {
    const parameter = known.get(name) ?? chooser(name, endpoint) ?? plainParameter(name, schema as z.ZodType);
    const value = example.query?.[name];
    return value === undefined || "$ref" in parameter ? parameter : { ...parameter, example: value };
  });
}

function plainParameter(name: string, schema: z.ZodType): Parameter {
  const { description, ...rendered } = requestSchema(schema);
  return { name, in: "query", description, schema: rendered };
}

/** The names of the fields of a list's records. */
function fieldsOf(output: Endpoint["output"]): string[] {
  const { data } = (output as z.ZodObject).shape;
  return Object.keys((data as z.ZodArray<z.ZodObject>).element.shape);
}

/** Values with commas between them. */
function listed(items: Schema, maxItems: number): Pick<Parameter, "schema" | "style" | "explode"> {
  return { style: "form", explode: false, schema: { type: "array", items, minItems: 1, maxItems } };
}

function fieldsParameter(fields: readonly string[]): Parameter {
  const description = "Only these fields of a record, and its id.";
  return { name: "fields", in: "query", description, ...listed(choice(fields), fields.length) };
}

function includeParameter(includes: readonly string[]): Parameter {
  const description = "Related records to send along, under `included`, as far as you may read them.";
  return { name: "include", in: "query", description, ...listed(choice(includes), includes.length) };
}

/** The parameters of a single record that choose: which fields, which related records. */
function chooser(name: string, { output, path }: Endpoint): Parameter | undefined {
  const shape = (output as z.ZodObject).shape;
  if (name === "fields") return fieldsParameter(Object.keys(shape).filter((key) => key !== "included"));
  const list = registry.find((endpoint) => endpoint.list && path.startsWith(`${endpoint.path}/`))?.list;
  return name === "include" && list?.includes ? includeParameter(list.includes) : undefined;
}

const choice = (values: readonly string[]): Schema => ({ type: "string", enum: [...values] });

function listParameters(
  list: ListOptions,
  query: Endpoint["query"],
  fields: string[],
): Map<string, Parameter | Reference> {
  const named = new Map<string, Parameter | Reference>();
  const add = (name: string, parameter: Omit<Parameter, "name" | "in">) =>
    named.set(name, { name, in: "query", ...parameter });
  named.set("limit", share("Limit"));
  named.set("cursor", share("Cursor"));
  add("sort", {
    description: `The order: ${list.sorts.map((key) => `\`${key}\``).join(", ")}, with \`-\` before it descending. The id breaks ties.`,
    schema: { ...requestSchema(query?.shape.sort as z.ZodType), default: `-${list.sorts[0]}` },
  });
  if (fields.length > 0) named.set("fields", fieldsParameter(fields));
  if (list.search) {
    add("q", {
      description: `Searches in ${list.search}, whatever the case and accents.`,
      schema: requestSchema(query?.shape.q as z.ZodType),
    });
  }
  if (list.counted) {
    add("count", {
      description: `Whether to count the matches, in \`pagination.total_count\`: exact up to ${mostCounted.toLocaleString("en")}, and beyond that \`total_is_exact\` is false.`,
      schema: { type: "boolean", default: false },
    });
  }
  if (list.includes) named.set("include", includeParameter(list.includes));
  for (const { name, field, operator } of filterParameters(list)) {
    const one = requestSchema((list.filters[field] as { schema: z.ZodType }).schema);
    const quoting = takesList(name) && ![one.enum, one.pattern].some(Boolean) ? ` ${howToQuote}` : "";
    add(name, { description: `\`${field}\` ${meanings[operator]}.${quoting}`, ...filterForm(operator, one) });
  }
  return named;
}

const howToQuote =
  'A value that contains a comma, or begins with a quotation mark, goes in quotation marks, and these are doubled inside: `"a, b"`.';

const meanings: Record<Operator, string> = {
  eq: "is this",
  ne: "is not this",
  in: "is one of these",
  gt: "is after this",
  gte: "is this or after it",
  lt: "is before this",
  lte: "is this or before it",
  is_null: "is empty (`true`), or is not (`false`)",
  any: "has at least one of these",
  all: "has all of these",
  none: "has none of these",
};

function filterForm(operator: Operator, one: Schema): Pick<Parameter, "schema" | "style" | "explode"> {
  if (takesList(filterName("x", operator))) return listed(one, 100);
  const yesOrNo = operator === "is_null" || one.enum?.join() === "true,false";
  return { schema: yesOrNo ? { type: "boolean" } : one };
}
