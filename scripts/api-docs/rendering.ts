import type { ZodOpenApiOverrideContext } from "zod-openapi";
import { choiceName } from "#scripts/api-docs/choices";
import { propertyWords } from "#scripts/api-docs/words";

type Schema = ZodOpenApiOverrideContext["jsonSchema"];
type Side = ZodOpenApiOverrideContext["io"];

/** The most records that one answer can hold. */
const mostRecords = 200;

/** The longest text that an answer can hold. */
const longestText = 10_000;

/** An instant as it is answered; in requests any offset is taken. */
const instant = {
  input: { maxLength: 64 },
  output: { minLength: 24, maxLength: 24, pattern: "^\\d{4}-\\d{2}-\\d{2}T\\d{2}:\\d{2}:\\d{2}\\.\\d{3}Z$" },
} as const;

/** Rejects no address that the API accepts: spaces around one are trimmed. */
const address = { input: "^\\s*[^\\s@]+@[^\\s@]+\\s*$", output: "^[^\\s@]+@[^\\s@]+$" } as const;
const blank = "^\\s*$|";

/** Brings each schema that `createDocument` renders into the document's form. */
export function override({ zodSchema, jsonSchema, io }: ZodOpenApiOverrideContext): void {
  const kind = zodSchema._zod.def.type;
  nullable(jsonSchema);
  if (kind === "date" || jsonSchema.format === "date-time") instants(jsonSchema, io);
  if (isOf(jsonSchema, "string")) texts(jsonSchema, io);
  if (kind === "pipe" && io === "input" && isOf(jsonSchema, "null")) blanks(jsonSchema);
  if (isOf(jsonSchema, "integer"))
    jsonSchema.format = (jsonSchema.maximum ?? Number.POSITIVE_INFINITY) < 2 ** 31 ? "int32" : "int64";
  if (isOf(jsonSchema, "array")) arrays(jsonSchema, io);
  if (isOf(jsonSchema, "object")) objects(jsonSchema, io);
  if (jsonSchema.example !== undefined) {
    jsonSchema.examples = [jsonSchema.example];
    delete jsonSchema.example;
  }
}

function isOf({ type }: Schema, wanted: string): boolean {
  return ([type].flat() as unknown[]).includes(wanted);
}

/** `anyOf` with null becomes a list of two types, unless a keyword would change its meaning. */
function nullable(schema: Schema): void {
  if (schema.anyOf?.length !== 2) return;
  const [first, second] = schema.anyOf as [Schema, Schema];
  if (second.type !== "null" || typeof first.type !== "string" || first.enum) return;
  delete schema.anyOf;
  Object.assign(schema, { ...first, ...schema, type: [first.type, "null"] });
}

/** The pattern that Zod generates is a calendar in a regular expression; the format says the same. */
function instants(schema: Schema, side: Side): void {
  delete schema.pattern;
  Object.assign(schema, { type: schema.type ?? "string", format: "date-time", ...instant[side] });
}

function texts(schema: Schema, side: Side): void {
  // Few readers of a document compile patterns in Unicode mode, which classes of letters need.
  if (schema.pattern?.includes("\\p{")) delete schema.pattern;
  // JavaScript escapes a slash, which JSON Schema needs not: a generator that escapes it again writes a broken expression.
  if (schema.pattern) schema.pattern = schema.pattern.replaceAll("\\/", "/");
  if (schema.format === "email") schema.pattern ??= address[side];
  // An id is its prefix, `_` and 26 characters.
  const prefix = /^\^([a-z]+_)\[0-7\]/.exec(schema.pattern ?? "")?.[1];
  if (prefix) Object.assign(schema, { minLength: prefix.length + 26, maxLength: prefix.length + 26 });
  else if (side === "output" && !schema.enum) schema.maxLength ??= longestText;
}

/** Where null is allowed, a request may also send a blank text for it. */
function blanks(schema: Schema): void {
  delete schema.minLength;
  if (schema.pattern && !schema.pattern.startsWith(blank)) schema.pattern = blank + schema.pattern;
}

function arrays(schema: Schema, side: Side): void {
  const items = schema.items as Schema | undefined;
  if (items?.enum && side === "output") schema.uniqueItems = true;
  if (items?.enum && schema.uniqueItems) schema.maxItems = items.enum.length;
  else if (side === "output") schema.maxItems ??= mostRecords;
}

/** Bodies are closed. Answers are open, since v1 may add to them. */
function objects(schema: Schema, side: Side): void {
  delete schema.propertyNames;
  if (side === "output") delete schema.additionalProperties;
}

/** What is always true of these fields in an answer, where they have their final form. */
const answered: Record<string, string> = {
  email: address.output,
  domain: "^(?:[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?\\.)+[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])$",
};

function propertiesOf(schema: unknown): Record<string, Schema> {
  return ((schema as Schema | undefined)?.properties ?? {}) as Record<string, Schema>;
}

/** The document with each list of values that has a name replaced by a reference, and nothing beside references but descriptions. */
export function withReferences<T>(node: T, at = ""): T {
  if (Array.isArray(node)) return node.map((each) => withReferences(each, at)) as T;
  if (node === null || typeof node !== "object") return node;
  const { $ref, type, enum: values, description, default: preset } = node as Schema;
  const name = type === "string" && values ? choiceName(values) : undefined;
  const reference = name && at !== `/components/schemas/${name}` ? `#/components/schemas/${name}` : $ref;
  if (typeof reference === "string")
    return {
      $ref: reference,
      ...(description && { description }),
      ...(preset !== undefined && { default: preset }),
    } as T;
  return Object.fromEntries(
    Object.entries(node).map(([key, value]) => [key, withReferences(value, `${at}/${key}`)]),
  ) as T;
}

function describe(schema: unknown): void {
  for (const [name, property] of Object.entries(propertiesOf(schema))) {
    property.description ??= propertyWords[name];
    describe(property);
  }
}

/** Gives the fields of answers the limits and descriptions that they have in the body of an update. */
export function inheritLimits(schemas: Record<string, unknown>): void {
  for (const schema of Object.values(schemas)) describe(schema);
  for (const [name, answer] of Object.entries(schemas)) {
    const sent = propertiesOf(schemas[`${name.replace(/(?:Detail|Part)$/, "")}Patch`]);
    for (const [key, field] of Object.entries(propertiesOf(answer))) {
      const { maxLength, maxItems, description, items } = sent[key] ?? {};
      if (!(key in sent) || field.$ref) continue;
      if (field.description === propertyWords[key]) field.description = description;
      const pattern = field.pattern ?? answered[key];
      Object.assign(
        field,
        maxLength && { maxLength },
        maxItems && { maxItems },
        items && { items },
        pattern && { pattern },
      );
    }
  }
}
