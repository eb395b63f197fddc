import { z } from "zod";
import { bounded, instant, text } from "#lib/contract/fields";
import { longestCursor } from "#lib/format/cursor";

/** Lists: their parameters and their answer. Everything follows from what an endpoint says its list can do. */

export const operators = ["eq", "ne", "in", "gt", "gte", "lt", "lte", "is_null"] as const;
export type Operator = (typeof operators)[number];

export type FilterOptions = { schema: z.ZodType; operators: readonly Operator[] };

export type ListOptions = {
  /** Sort keys; `-` before one means descending. The first one, descending, is the default. */
  sorts: readonly string[];
  filters: Record<string, FilterOptions>;
  /** Whether `q` searches it, and in what: the sentence of the documents. */
  search?: string;
  /** Related records that `include` brings along. */
  includes?: readonly string[];
};

export type Filter = { field: string; operator: Operator; value: unknown };

/** What a list's verb is given. */
export type ListQuery = {
  limit: number;
  cursor: string | null;
  sort: { key: string; descending: boolean };
  q: string | null;
  filters: Filter[];
  include: string[];
};

export const instantFilter: FilterOptions = { schema: instant, operators: ["gt", "gte", "lt", "lte"] };

const wholeNumber = z
  .string()
  .regex(/^\d{1,4}$/, "A whole number from 1 to 200.")
  .transform(Number)
  .pipe(z.int().min(1).max(200));

/** What is searched for: each word must be found. */
const searched = text(200).refine((value) => value.split(/\s+/).length <= 10, "At most 10 words.");

/** More than a URL of ours can hold. */
const longestList = 8192;

/** A list in one parameter: values separated by commas, at most 100. They are counted before any of them is looked at. */
function commaList(item: z.ZodType) {
  return bounded(longestList)
    .transform((value) => value.split(","))
    .pipe(z.array(z.string()).min(1).max(100))
    .pipe(z.array(item as z.ZodType<unknown, string>));
}

/** The name of a filter's parameter: `filter[email]` means equal, `filter[created_at][gte]` names the operator. */
export function filterName(field: string, operator: Operator): string {
  return operator === "eq" ? `filter[${field}]` : `filter[${field}][${operator}]`;
}

function filterSchema(options: FilterOptions, operator: Operator): z.ZodType {
  if (operator === "in") return commaList(options.schema);
  if (operator === "is_null") return z.enum(["true", "false"]).transform((value) => value === "true");
  return options.schema;
}

/** Each filter parameter of a list, with the schema of its value. */
export function filterParameters(list: ListOptions) {
  return Object.entries(list.filters).flatMap(([field, options]) =>
    options.operators.map((operator) => ({
      name: filterName(field, operator),
      field,
      operator,
      schema: filterSchema(options, operator),
    })),
  );
}

/** The query parameters of a list, by name. `fields` is taken by the door, the rest by the verb. */
export function listParameters(list: ListOptions, fields: readonly string[]): z.ZodObject {
  const shape: Record<string, z.ZodType> = {
    limit: wholeNumber.optional(),
    cursor: bounded(longestCursor).min(1).max(longestCursor).optional(),
    sort: z.enum(list.sorts.flatMap((key) => [key, `-${key}`])).optional(),
    fields: commaList(z.enum(fields as [string, ...string[]])).optional(),
  };
  if (list.search) shape.q = searched.optional();
  if (list.includes) shape.include = commaList(z.enum(list.includes as [string, ...string[]])).optional();
  for (const filter of filterParameters(list)) shape[filter.name] = filter.schema.optional();
  return z.strictObject(shape);
}

/** Brings checked parameters into the form that a verb takes. */
export function listQuery(list: ListOptions, values: Record<string, unknown>): ListQuery {
  const sort = (values.sort as string | undefined) ?? `-${list.sorts[0]}`;
  const filters = filterParameters(list)
    .filter((filter) => values[filter.name] !== undefined)
    .map(({ name, field, operator }) => ({ field, operator, value: values[name] }));
  return {
    limit: (values.limit as number | undefined) ?? 50,
    cursor: (values.cursor as string | undefined) ?? null,
    sort: { key: sort.replace(/^-/, ""), descending: sort.startsWith("-") },
    q: (values.q as string | undefined) ?? null,
    filters,
    include: (values.include as string[] | undefined) ?? [],
  };
}

/** The answer of a list. */
export function page<T extends z.ZodType>(item: T) {
  return z.object({ data: z.array(item), pagination });
}

export const pagination = z.object({
  limit: z.int().min(1).max(200),
  has_more: z.boolean(),
  next_cursor: z
    .string()
    .nullable()
    .meta({ description: "The `cursor` of the next page; null on the last one.", maxLength: longestCursor }),
});
