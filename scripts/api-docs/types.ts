import type { oas31 } from "zod-openapi";
import { codes } from "#scripts/api-docs/words";

type Schema = Exclude<oas31.SchemaObject, boolean>;
type Node = oas31.SchemaObject | oas31.ReferenceObject | undefined;

const formats: Record<string, string> = { email: "email address", uri: "web address", "date-time": "timestamp" };

/** The types of a document's schemas, in words. */
export function typesIn(document: oas31.OpenAPIObject) {
  /** What a reference leads to, or the object itself. */
  function resolve<T extends object>(node: T | oas31.ReferenceObject): T {
    if (!("$ref" in node) || typeof node.$ref !== "string") return node as T;
    const [, , kind = "", name = ""] = node.$ref.split("/");
    return (document.components as Record<string, Record<string, T>>)[kind]?.[name] as T;
  }

  const schemaOf = (node: Node): Schema => (typeof node === "object" ? resolve<Schema>(node as Schema) : {});

  /** `string, up to 100 characters, or null`. Limits are for what callers send. */
  function typeOf(node: Node, limits: boolean): string {
    const schema = schemaOf(node);
    const types = [schema.type].flat();
    const preset = (node as Schema).default;
    return [
      schema.anyOf
        ? schema.anyOf.map((each) => typeOf(each as Node, limits)).join(" or ")
        : plain(schema, types[0] ?? "", limits),
      types.includes("null") && types.length > 1 ? "or `null`" : "",
      preset === undefined ? "" : `default \`${preset}\``,
    ]
      .filter(Boolean)
      .join(", ");
  }

  function plain(schema: Schema, type: string, limits: boolean): string {
    if (schema.enum) return choice(schema.enum.map(String));
    const prefix = /\^([a-z]{3}_)\[/.exec(schema.pattern ?? "")?.[1];
    if (prefix) return `ID (\`${prefix}…\`)`;
    if (type === "null") return "`null`";
    const bounds = limits ? boundsOf(schema) : "";
    if (type === "array") return `array${bounds}: ${typeOf(schema.items as Node, limits)}`;
    return (formats[schema.format ?? ""] ?? type) + bounds;
  }

  /** A row for each field, and for each field of the objects in it: name, type, meaning. Bodies are closed, and have limits. */
  function fieldsOf(node: Node, before = ""): string[][] {
    const schema = schemaOf(node);
    const isBody = schema.additionalProperties === false;
    return Object.entries(schema.properties ?? {}).flatMap(([name, property]) => {
      const field = property as Schema;
      const inner = schemaOf((field.anyOf?.[0] ?? field) as Node);
      const required = isBody && schema.required?.includes(name) ? ", **required**" : "";
      const row = [`\`${before}${name}\``, typeOf(field as Node, isBody) + required, field.description ?? ""];
      return [row, ...(inner.properties ? fieldsOf(inner, `${before}${name}.`) : [])];
    });
  }

  return { resolve, schemaOf, typeOf, fieldsOf };
}

function choice(values: string[]): string {
  if (values.length > 10) return "any of the record's fields";
  const named = values.map((value) => (value === "" ? "empty" : codes([value])));
  return named.length === 1 ? named.join() : `one of ${named.join(", ")}`;
}

function boundsOf(schema: Schema): string {
  if (schema.format === "date-time") return "";
  const { minimum, maximum, minLength = 0, maxLength, minItems = 0, maxItems } = schema;
  const between = (from: number, to: number, unit: string) =>
    `, ${from > 1 ? `${from} to` : "up to"} ${to.toLocaleString("en-US")} ${unit}`;
  if (maxLength !== undefined) return between(minLength, maxLength, "characters");
  if (maxItems !== undefined) return between(minItems, maxItems, "items");
  return minimum === undefined || maximum === undefined ? "" : `, ${minimum} to ${maximum.toLocaleString("en-US")}`;
}
