import type { Schema } from "#scripts/api-docs/schemas";

export type Side = "request" | "answer";

/** As many records as one answer can hold. */
const mostRecords = 200;

/** As long as a text in an answer can be. */
const longestText = 10_000;

/** How an instant is answered; in requests any offset is taken. */
const instant = {
  request: { maxLength: 64 },
  answer: { minLength: 24, maxLength: 24, pattern: "^\\d{4}-\\d{2}-\\d{2}T\\d{2}:\\d{2}:\\d{2}\\.\\d{3}Z$" },
} as const;

const rules: ((schema: Schema, side: Side) => void)[] = [
  nullable,
  instants,
  patterns,
  texts,
  integers,
  arrays,
  strict,
  examples,
];

/** Brings a generated schema into the document's form. Bodies are closed; answers are open, since v1 may add to them. */
export function tidy(schema: Schema, side: Side): Schema {
  for (const rule of rules) rule(schema, side);
  for (const child of children(schema)) tidy(child, side);
  return schema;
}

function children(schema: Schema): Schema[] {
  const parts = [
    ...Object.values(schema.properties ?? {}),
    schema.items,
    ...(schema.anyOf ?? []),
    ...(schema.allOf ?? []),
  ];
  return parts.filter((part): part is Schema => typeof part === "object" && part !== null);
}

/** “This or null” in one line, where it has no keyword of two meanings. */
function nullable(schema: Schema): void {
  if (schema.anyOf?.length !== 2) return;
  const [first, second] = schema.anyOf as [Schema, Schema];
  if (second.type !== "null" || typeof first.type !== "string" || first.enum) return;
  delete schema.anyOf;
  Object.assign(schema, { ...first, ...schema, type: [first.type, "null"] });
}

function instants(schema: Schema, side: Side): void {
  if (schema.format !== "date-time") return;
  // The generated pattern is a calendar in a regular expression; the format says the same.
  delete schema.pattern;
  Object.assign(schema, instant[side]);
}

/** Classes of letters are understood in Unicode mode only, which few readers of a document use; the format says what is meant. */
function patterns(schema: Schema): void {
  if (schema.pattern?.includes("\\p{")) delete schema.pattern;
}

/** An id's pattern gives its length away: a prefix, `_` and 26 characters. Where a text names no limit of its own, one holds for all. */
function texts(schema: Schema, side: Side): void {
  if (![schema.type].flat().includes("string")) return;
  const prefix = /^\^([a-z]+_)\[0-7\]/.exec(schema.pattern ?? "")?.[1];
  if (prefix) Object.assign(schema, { minLength: prefix.length + 26, maxLength: prefix.length + 26 });
  else if (side === "answer" && !schema.enum) schema.maxLength ??= longestText;
}

function integers(schema: Schema): void {
  if (![schema.type].flat().includes("integer")) return;
  schema.format = (schema.maximum ?? Number.POSITIVE_INFINITY) < 2 ** 31 ? "int32" : "int64";
}

function arrays(schema: Schema, side: Side): void {
  if (schema.type !== "array") return;
  const choices = (schema.items as Schema | undefined)?.enum?.length;
  if (choices) Object.assign(schema, { maxItems: choices, ...(side === "answer" ? { uniqueItems: true } : {}) });
  else if (side === "answer") schema.maxItems ??= mostRecords;
}

function strict(schema: Schema, side: Side): void {
  delete schema.propertyNames;
  if (side === "answer") delete schema.additionalProperties;
  else if ([schema.type].flat().includes("object") && schema.additionalProperties === undefined)
    schema.additionalProperties = false;
}

function examples(schema: Schema): void {
  if (schema.example === undefined) return;
  schema.examples = [schema.example];
  delete schema.example;
}
