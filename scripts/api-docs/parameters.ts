import { z } from "zod";
import type { oas31 } from "zod-openapi";
import { isCached, takesIfMatch, takesKey } from "#lib/contract/answers";
import type { Endpoint } from "#lib/contract/endpoint";
import { filterParameters, type ListOptions, mostCounted, takesList } from "#lib/contract/list";
import { registry } from "#lib/contract/registry";
import { longestCursor } from "#lib/format/cursor";
import type { Operator } from "#lib/vocabulary";
import { recordOf, singular } from "#scripts/api-docs/components";
import { codes } from "#scripts/api-docs/words";

type Details = Partial<oas31.ParameterObject> & { id?: string };

function parameter(place: oas31.ParameterLocation, name: string, schema: z.ZodType, details: Details): z.ZodType {
  return schema.meta({ param: { in: place, name, ...details } });
}

const query = (name: string, schema: z.ZodType, details: Details) =>
  parameter("query", name, schema.optional(), details);
const header = (name: string, schema: z.ZodType, details: Details) =>
  parameter("header", name, schema.optional(), details);

/** Parameters that several operations share. */
const shared = {
  limit: query("limit", z.int().min(1).max(200).default(50), {
    id: "Limit",
    description: "The most records that a page has.",
  }),
  cursor: query("cursor", z.string().min(1).max(longestCursor), {
    id: "Cursor",
    description:
      "Where the page begins: `next_cursor` of the previous page. It works only with the same company, sort, search, and filters.",
  }),
  company: header("RepDesk-Company", z.string().min(3).max(40), {
    id: "Company",
    description:
      "The company, by ID or slug. A session of a member of several companies must name one. With an API token it is a check: if it isn't the token's company, the answer is 403.",
    example: "acme",
  }),
  key: header(
    "Idempotency-Key",
    z
      .string()
      .min(1)
      .max(255)
      .regex(/^[\x20-\x7e]+$/),
    {
      id: "IdempotencyKey",
      description:
        "Makes the request safe to repeat. For 7 days, the same key with the same body gets the first answer again. Use a UUID.",
      example: "5f0c4e2a-3c1b-4d63-9f0e-8a7b6c5d4e3f",
    },
  ),
  ifMatch: header(
    "If-Match",
    z
      .string()
      .max(14)
      .regex(/^(\*|(W\/)?"v[1-9][0-9]{0,8}")$/),
    {
      id: "IfMatch",
      description:
        "The `ETag` of the version that you read, or `*` for any. If the record has changed since then, nothing is done and the answer is 412.",
      example: '"v7"',
    },
  ),
  ifNoneMatch: header("If-None-Match", z.string().max(1000), {
    id: "IfNoneMatch",
    description: "The `ETag` of your own copy. If it is current, the answer is 304 without a body.",
    example: '"v7"',
  }),
};

/** Everything that an operation takes in addition to its body. */
export function parametersOf(endpoint: Endpoint): z.ZodType[] {
  const { params, path, example } = endpoint;
  const paths = Object.entries(params?.shape ?? {}).map(([name, schema]) =>
    parameter("path", name, schema as z.ZodType, {
      description: `The ID of the ${nounOf(path)}.`,
      example: example.params?.[name],
    }),
  );
  const named = endpoint.list ? listParameters(endpoint, endpoint.list) : choosers(endpoint);
  const queries = Object.entries(endpoint.query?.shape ?? {}).map(
    ([name, schema]) => named[name] ?? plain(endpoint, name, schema as z.ZodType),
  );
  return [...paths, ...queries, ...headersOf(endpoint)];
}

/** What a path's ID belongs to: `/auth/tokens/{id}/usage` → `token`. */
export function nounOf(path: string): string {
  const [, before = path.split("/").at(-1) ?? "record"] = /([^/]+)\/\{/.exec(path) ?? [];
  return singular(before);
}

function headersOf(endpoint: Endpoint): z.ZodType[] {
  const { auth, company } = endpoint;
  return [
    ...(company !== "none" && auth !== "none" ? [shared.company] : []),
    ...(takesKey(endpoint) ? [shared.key] : []),
    ...(takesIfMatch(endpoint) ? [shared.ifMatch] : []),
    ...(isCached(endpoint) ? [shared.ifNoneMatch] : []),
  ];
}

function plain({ example }: Endpoint, name: string, schema: z.ZodType): z.ZodType {
  return parameter("query", name, schema, { description: schema.description, example: example.query?.[name] });
}

/** Values with commas between them. */
function listed(name: string, items: z.ZodType, most: number, details: Details): z.ZodType {
  return query(name, z.array(items).min(1).max(most), { style: "form", explode: false, ...details });
}

/** `fields` and `include`, of a list or of a single record. */
function choosers(endpoint: Endpoint): Record<string, z.ZodType> {
  const { includes } = registry.find(({ list, path }) => list && endpoint.path.startsWith(path))?.list ?? {};
  if (!endpoint.query || !("fields" in endpoint.query.shape)) return {};
  const fields = Object.keys(recordOf(endpoint).shape).filter((key) => key !== "included");
  return {
    fields: listed("fields", z.enum(fields), fields.length, {
      description: "Only these fields of a record, and its ID.",
    }),
    ...(includes && {
      include: listed("include", z.enum(includes), includes.length, {
        description: "Related records to return under `included`, if you may read them.",
      }),
    }),
  };
}

const meanings: Record<Operator, string> = {
  eq: "equals this",
  ne: "does not equal this",
  in: "is one of these",
  gt: "is after this",
  gte: "is at or after this",
  lt: "is before this",
  lte: "is at or before this",
  is_null: "is empty (`true`) or is not (`false`)",
  any: "has at least one of these",
  all: "has all of these",
  none: "has none of these",
};

const howToQuote =
  'Put a value that contains a comma or begins with a quotation mark in quotation marks, and double the ones inside it: `"a, b"`.';

function listParameters(endpoint: Endpoint, list: ListOptions): Record<string, z.ZodType> {
  const { example } = endpoint;
  const own = (endpoint.query?.shape ?? {}) as Record<string, z.ZodType>;
  const filters = filterParameters(list).map(({ name, field, operator }) => {
    const value = (list.filters[field] as { schema: z.ZodType }).schema;
    const quoting = takesList(name) && value.safeParse("a, b").success ? ` ${howToQuote}` : "";
    const details = { description: `\`${field}\` ${meanings[operator]}.${quoting}`, example: example.query?.[name] };
    const isBoolean = operator === "is_null" || own[name]?.safeParse("true").data === true;
    const schema = isBoolean ? z.boolean() : value;
    return [name, takesList(name) ? listed(name, value, 100, details) : query(name, schema, details)] as const;
  });
  return {
    ...choosers(endpoint),
    limit: shared.limit,
    cursor: shared.cursor,
    sort: query("sort", z.enum(list.sorts.flatMap((key) => [key, `-${key}`])).default(`-${list.sorts[0]}`), {
      description: `Sorts by ${codes(list.sorts)}; \`-\` before the field means descending. The ID breaks ties.`,
    }),
    ...(own.q && {
      q: query("q", own.q, {
        description: `Searches ${list.search ?? "the records"}, ignoring case and accents.`,
      }),
    }),
    ...(list.counted && {
      count: query("count", z.boolean().default(false), {
        description: `Whether to count the matches in \`pagination.total_count\`, up to ${mostCounted.toLocaleString("en-US")}.`,
      }),
    }),
    ...Object.fromEntries(filters),
  };
}
