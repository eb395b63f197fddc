import { z } from "zod";
import { longestCursor } from "#lib/format/cursor";
import { bounded, instant, text } from "#lib/nouns/values";
import type { Operator } from "#lib/vocabulary";

/** The parameters and responses of lists, derived from an endpoint's list options. */

export type FilterOptions = { schema: z.ZodType; operators: readonly Operator[] };

export type ListOptions = {
  /** Sort keys; `-` before one means descending. The first one, descending, is the default. */
  sorts: readonly string[];
  filters: Record<string, FilterOptions>;
  /** What `q` searches, for the documentation. Without it there is no search. */
  search?: string;
  /** Related records that `include` adds. */
  includes?: readonly string[];
  /** Whether `count=true` adds the number of matches. */
  counted?: boolean;
};

export type Filter = { field: string; operator: Operator; value: unknown };

/** What a list's verb gets. */
export type ListQuery = {
  limit: number;
  cursor: string | null;
  sort: { key: string; descending: boolean };
  q: string | null;
  filters: Filter[];
  include: string[];
  /** Whether to count the matches, up to `mostCounted`. */
  count?: boolean;
};

/** A list counts up to this many matches. Beyond that it only says that there are more. */
export const mostCounted = 10_000;

/**
 * Normalizes the forms of a timestamp that RFC 3339 allows: `t`, `z`, a space instead of `T`, and a leap second, which is read as
 * the next second.
 */
function plainInstant(value: unknown): unknown {
  if (typeof value !== "string") return value;
  const parts = /^(\d{4}-\d\d-\d\d)[Tt ](\d\d:\d\d:)(\d\d)(\.\d+)?([Zz]|[+-]\d\d:\d\d)$/.exec(value);
  if (!parts) return value;
  const [, date, time, second, fraction = "", offset = ""] = parts;
  if (second !== "60") return `${date}T${time}${second}${fraction}${offset.toUpperCase()}`;
  const next = new Date(Date.parse(`${date}T${time}59${offset.toUpperCase()}`) + 1000);
  // Leap seconds are the last seconds of a month, in UTC.
  return Number.isNaN(next.getTime()) || !next.toISOString().endsWith("-01T00:00:00.000Z") ? value : next.toISOString();
}

export const instantFilter: FilterOptions = {
  schema: z.preprocess(plainInstant, instant),
  operators: ["gt", "gte", "lt", "lte"],
};

const wholeNumber = z
  .string()
  .regex(/^\d{1,4}$/, "A whole number from 1 to 200.")
  .transform(Number)
  .pipe(z.int().min(1).max(200));

/** The value of `q`. Every word has to match. */
const searched = text(200).refine(
  (value) => value.split(/[\s\p{Pd},;:!?、。・،؛؟]+/u).length <= 10,
  "At most 10 words.",
);

/** The longest URL that is accepted. */
const longestList = 8192;

/** Whether a parameter takes a list. Its values are comma-separated, and the parameter can be repeated. */
export function takesList(name: string): boolean {
  return /^(?:fields|include)$|\[(?:in|any|all|none)\]$/.test(name);
}

const listed = / *(?:"((?:[^"]|"")*)" *|(?! *")([^,]*))(,|$)/y;

/** Reads comma-separated values. A quoted value can contain commas and doubled quotation marks. Returns null if a quote isn't closed. */
export function readList(text: string): string[] | null {
  const values: string[] = [];
  listed.lastIndex = 0;
  for (let separator = ","; separator === ","; ) {
    const found = listed.exec(text);
    if (!found) return null;
    values.push(found[1]?.replaceAll('""', '"') ?? found[2] ?? "");
    separator = found[3] as string;
  }
  return values;
}

/** A list of at most 100 values, counted before any of them is checked. */
function commaList<T>(item: z.ZodType<T>) {
  return z
    .preprocess((value) => (Array.isArray(value) ? value : [value]), z.array(bounded(longestList)))
    .transform((parts, context) => {
      const lists = parts.map(readList);
      if (!lists.includes(null)) return lists.flatMap((values) => values ?? []);
      const message =
        'A quotation mark begins a value and is not closed. Put a value with a comma in quotation marks ("a, b"), and double a quotation mark inside it.';
      context.addIssue({ code: "custom", params: { code: "invalid_format" }, message });
      return z.NEVER;
    })
    .pipe(z.array(z.string()).min(1).max(100))
    .pipe(z.array(item as z.ZodType<T, string>));
}

/** A boolean in a query. */
export const trueOrFalse = z.enum(["true", "false"]).transform((value) => value === "true");

/** Returns the name of a filter's parameter: `filter[email]` for equality, otherwise with the operator: `filter[created_at][gte]`. */
export function filterName(field: string, operator: Operator): string {
  return operator === "eq" ? `filter[${field}]` : `filter[${field}][${operator}]`;
}

function filterSchema(options: FilterOptions, operator: Operator): z.ZodType {
  if (operator === "in" || operator === "any" || operator === "all" || operator === "none")
    return commaList(options.schema);
  if (operator === "is_null") return trueOrFalse;
  return options.schema;
}

/** Every filter of a list by the name of its parameter. */
function filtersOf(list: ListOptions) {
  return Object.entries(list.filters).flatMap(([field, { operators }]) =>
    operators.map((operator) => ({ name: filterName(field, operator), field, operator })),
  );
}

/** Every filter parameter of a list, with the schema of its value. */
export function filterParameters(list: ListOptions) {
  return filtersOf(list).map((filter) => ({
    ...filter,
    schema: filterSchema(list.filters[filter.field] as FilterOptions, filter.operator),
  }));
}

/** The query parameters of a list, by name. The pipeline uses `fields`, the verb the rest. */
export function listParameters(list: ListOptions, fields: readonly string[]): z.ZodObject {
  const shape: Record<string, z.ZodType> = {
    limit: wholeNumber.optional(),
    cursor: bounded(longestCursor).min(1).max(longestCursor).optional(),
    sort: z.enum(list.sorts.flatMap((key) => [key, `-${key}`])).optional(),
    fields: chosen(fields),
  };
  if (list.search) shape.q = searched.optional();
  if (list.counted) shape.count = trueOrFalse.optional();
  if (list.includes) shape.include = chosen(list.includes);
  for (const filter of filterParameters(list)) shape[filter.name] = filter.schema.optional();
  return z.strictObject(shape);
}

/** A parameter that takes names: fields of a record, or records to include. */
export function chosen(names: readonly string[]) {
  return commaList(z.enum(names as [string, ...string[]])).optional();
}

/** Turns validated parameters into what a verb gets. */
export function listQuery(list: ListOptions, values: Record<string, unknown>): ListQuery {
  const sort = (values.sort as string | undefined) ?? `-${list.sorts[0]}`;
  const filters = filtersOf(list)
    .filter((filter) => values[filter.name] !== undefined)
    .map(({ name, field, operator }) => ({ field, operator, value: values[name] }));
  return {
    limit: (values.limit as number | undefined) ?? 50,
    cursor: (values.cursor as string | undefined) ?? null,
    sort: { key: sort.replace(/^-/, ""), descending: sort.startsWith("-") },
    q: (values.q as string | undefined) ?? null,
    filters,
    include: (values.include as string[] | undefined) ?? [],
    count: values.count === true,
  };
}

/** The response of a list. */
export function pageSchema<T extends z.ZodType>(item: T) {
  return z.object({ data: z.array(item), pagination });
}

export const pagination = z.object({
  limit: z.int().min(1).max(200),
  has_more: z.boolean(),
  next_cursor: z
    .string()
    .nullable()
    .meta({ description: "The `cursor` of the next page; `null` on the last one.", maxLength: longestCursor }),
  total_count: z
    .int()
    .min(0)
    .max(mostCounted)
    .optional()
    .meta({
      description: `With \`count=true\`: how many records match, counted up to ${mostCounted.toLocaleString("en")}.`,
    }),
  total_is_exact: z
    .boolean()
    .optional()
    .meta({ description: "With `count=true`: `false` if more records match than were counted." }),
});
