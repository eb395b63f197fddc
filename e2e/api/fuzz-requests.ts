import fc from "fast-check";
import openapi from "#docs/openapi.json" with { type: "json" };
import { anyText } from "../corpora.ts";

/** Requests generated from the OpenAPI document: mostly what it describes, with a fault here and there. */

type Schema = Record<string, unknown> & {
  $ref?: string;
  anyOf?: Schema[];
  enum?: unknown[];
  const?: unknown;
  type?: string | string[];
  items?: Schema;
  properties?: Record<string, Schema>;
  required?: string[];
  pattern?: string;
  format?: string;
  minimum?: number;
  maximum?: number;
  maxLength?: number;
  maxItems?: number;
};
type Parameter = { $ref?: string; in: string; name: string; required?: boolean; schema: Schema };
type Operation = {
  operationId: string;
  security?: Record<string, unknown>[];
  parameters?: Parameter[];
  requestBody?: { content: Record<string, { schema: Schema }> };
};

/** An ID or a cursor is one that the API returned before: the request names only its kind and which of them. */
export type Known = { known: string; index: number };

export type FuzzRequest = {
  operation: string;
  method: string;
  path: string;
  parameters: { in: string; name: string; value: unknown }[];
  body?: unknown;
  /** In place of the body's JSON. */
  raw?: string;
  contentType?: string;
  credential: "token" | "session" | "none" | "wrong";
};

export const isKnown = (value: unknown): value is Known =>
  typeof value === "object" && value !== null && "known" in value;

const components = openapi.components as unknown as Record<string, Record<string, unknown>>;

function resolve<T extends { $ref?: string }>(node: T): T {
  if (!node.$ref) return node;
  const [, , kind = "", name = ""] = node.$ref.split("/");
  return components[kind]?.[name] as T;
}

const known = (kind: string) => fc.nat({ max: 19 }).map((index): Known => ({ known: kind, index }));
const anything = fc.oneof(
  anyText,
  fc.jsonValue({ maxDepth: 2 }),
  fc.constantFrom("", null, -1, 1e21, 0.5, "x".repeat(300)),
);
const instants = fc
  .date({ min: new Date("1900-01-01"), max: new Date("2100-01-01"), noInvalidDate: true })
  .map((date) => date.toISOString());
const words = fc.constantFrom("Ana", "Ruiz", "Northwind", "a b", "x-1");
const addresses = fc.nat({ max: 99 }).map((number) => `person${number}@example.com`);

/** A value that the schema describes, except that any part may be something else altogether. */
function valuesOf(node: Schema): fc.Arbitrary<unknown> {
  const schema = resolve(node);
  return fc.oneof({ weight: 60, arbitrary: described(schema) }, { weight: 1, arbitrary: anything });
}

function described(schema: Schema): fc.Arbitrary<unknown> {
  if (schema.const !== undefined) return fc.constant(schema.const);
  if (schema.enum) return fc.constantFrom(...schema.enum);
  if (schema.anyOf && !schema.properties) return fc.oneof(...schema.anyOf.map(valuesOf));
  const types = [schema.type ?? "object"].flat();
  return fc.oneof(...types.map((type) => typed(schema, type)));
}

function typed(schema: Schema, type: string): fc.Arbitrary<unknown> {
  const { minimum = -1e6, maximum = 1e6, items = {}, maxItems = 5 } = schema;
  if (type === "null") return fc.constant(null);
  if (type === "boolean") return fc.boolean();
  if (type === "integer")
    return fc.oneof(fc.integer({ min: minimum, max: maximum }), fc.constantFrom(minimum, maximum));
  if (type === "array") return fc.array(valuesOf(items), { minLength: 1, maxLength: Math.min(maxItems, 4) });
  if (type === "object") return objects(schema);
  return texts(schema);
}

function texts({ pattern, format, maxLength = 200 }: Schema): fc.Arbitrary<unknown> {
  const kind = /\b([a-z]{3})_\[0-7\]/.exec(pattern ?? "")?.[1];
  if (kind) return known(kind);
  if (format === "email") return addresses;
  if (format === "date-time") return instants;
  if (format === "uri") return words.map((word) => `https://${encodeURIComponent(word)}.example.com/`);
  if (pattern) return fc.stringMatching(new RegExp(pattern)).map((text) => text.slice(0, maxLength));
  const longest = fc.constant("漢".repeat(Math.min(maxLength, 10_000)));
  return fc.oneof(
    { weight: 6, arbitrary: words },
    { weight: 2, arbitrary: anyText },
    { weight: 1, arbitrary: longest },
  );
}

function objects({ properties = {}, required = [] }: Schema): fc.Arbitrary<unknown> {
  const fields = fc.record(
    Object.fromEntries(Object.entries(properties).map(([name, schema]) => [name, valuesOf(schema)])),
    { requiredKeys: required },
  );
  const strange = fc.dictionary(anyText, fc.jsonValue({ maxDepth: 1 }), { minKeys: 1, maxKeys: 2 });
  const incomplete = fields.map((all) => Object.fromEntries(Object.entries(all).slice(1)));
  return fc.oneof(
    { weight: 20, arbitrary: fields },
    { weight: 1, arbitrary: fc.tuple(fields, strange).map(([all, more]) => ({ ...all, ...more })) },
    { weight: 1, arbitrary: incomplete },
  );
}

/** A parameter as it is sent, or undefined where it is not. */
function parameterOf(given: Parameter): fc.Arbitrary<FuzzRequest["parameters"][number] | undefined> {
  const { in: place, name, required, schema } = resolve(given);
  const own = { cursor: known("cursor"), "RepDesk-Company": known("cmp") }[name];
  const value = own
    ? fc.oneof({ weight: 9, arbitrary: own }, { weight: 1, arbitrary: valuesOf(schema) })
    : valuesOf(schema);
  const sent = value.map((one) => ({ in: place, name, value: one }));
  return required ? sent : fc.oneof({ weight: 5, arbitrary: fc.constant(undefined) }, { weight: 1, arbitrary: sent });
}

/** Now and then such a value, mostly none. */
const seldom = <T>(arbitrary: fc.Arbitrary<T>) =>
  fc.oneof({ weight: 20, arbitrary: fc.constant(undefined) }, { weight: 1, arbitrary });

const strangeParameters = seldom(anyText.map((name) => ({ in: "query", name: name || "x", value: "1" })));
/** Mostly one that the operation takes. */
function credentialOf({ security = [] }: Operation): fc.Arbitrary<FuzzRequest["credential"]> {
  const takes = (scheme: string) => security.some((one) => scheme in one);
  return fc.oneof(
    { weight: takes("apiToken") ? 30 : 1, arbitrary: fc.constant("token" as const) },
    { weight: takes("sessionToken") ? 15 : 1, arbitrary: fc.constant("session" as const) },
    { weight: 1, arbitrary: fc.constantFrom("none" as const, "wrong" as const) },
  );
}

const rawBodies = seldom(
  fc.oneof(anyText, fc.json(), fc.constantFrom("", "{", "[", "null", "{'a':1}", '{"a":1,"a":2}')),
);
const strangeTypes = seldom(fc.constantFrom("text/plain", "application/xml", "application/json; charset=latin1", ";"));

function requestOf(path: string, method: string, operation: Operation): fc.Arbitrary<FuzzRequest> {
  const content = operation.requestBody?.content;
  const schema = Object.values(content ?? {})[0]?.schema;
  const body = schema ? valuesOf(schema) : fc.constant(undefined);
  const types = fc.tuple(fc.constantFrom(...Object.keys(content ?? { "": 1 })), strangeTypes);
  const all = fc.tuple(...(operation.parameters ?? []).map(parameterOf), strangeParameters);
  return fc.record({ body, raw: rawBodies, types, all, credential: credentialOf(operation) }).map((made) => ({
    operation: operation.operationId,
    method: method.toUpperCase(),
    path,
    parameters: made.all.filter((one) => one !== undefined),
    credential: made.credential,
    ...(schema && { body: made.body, raw: made.raw, contentType: made.types[1] ?? made.types[0] }),
  }));
}

const operations = Object.entries(openapi.paths as unknown as Record<string, Record<string, Operation>>).flatMap(
  ([path, methods]) => Object.entries(methods).map(([method, operation]) => ({ path, method, operation })),
);

export const operationIds = operations.map(({ operation }) => operation.operationId);

/** The requests of a seed, always the same ones. */
export function requestsOf(seed: number, count: number): FuzzRequest[] {
  const weights: Record<string, number> = { post: 3, delete: 1 };
  const each = operations.map(({ path, method, operation }) => ({
    weight: weights[method] ?? 2,
    arbitrary: requestOf(path, method, operation),
  }));
  return fc.sample(fc.oneof(...each), { seed, numRuns: count });
}
