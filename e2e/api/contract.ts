import { Ajv2020 } from "ajv/dist/2020.js";
import formats from "ajv-formats";
import { expect } from "playwright/test";
import openapi from "#docs/openapi.json" with { type: "json" };
import { answersOf } from "#lib/contract/answers";
import type { Endpoint } from "#lib/contract/endpoint";
import type { ErrorCode } from "#lib/contract/errors";

/** Checks every response of the run against the OpenAPI document. Undocumented keys fail too. */

type Schema = Record<string, unknown>;
type Answer = { content?: Record<string, { schema: Schema }> };
type Operation = { operationId: string; requestBody?: Answer; responses: Record<string, Answer> };

const ajv = new Ajv2020({ strict: false, allErrors: true });
formats.default(ajv);

const operations = new Map(
  Object.values(openapi.paths as unknown as Record<string, Record<string, Operation>>)
    .flatMap((path) => Object.values(path))
    .map((operation) => [operation.operationId, operation]),
);

/**
 * A strict version of the document. For clients, responses are open to new keys, but today none may be undocumented. `whole`: without
 * `fields`, a record is complete, although the document also allows a part of one.
 */
function strict(node: unknown, whole: boolean): unknown {
  if (Array.isArray(node)) return node.map((each) => strict(each, whole));
  if (node === null || typeof node !== "object") return node;
  const { anyOf, ...schema } = node as Schema & { anyOf?: { $ref?: string }[] };
  const part = anyOf?.find(({ $ref }) => $ref?.endsWith("Part"));
  if (part) return whole ? anyOf?.find((each) => each !== part) : part;
  const closed = schema.type === "object" && schema.properties ? { additionalProperties: false } : {};
  return Object.fromEntries(Object.entries({ ...closed, ...node }).map(([key, value]) => [key, strict(value, whole)]));
}

const references = { whole: "whole", part: "part", request: "request" } as const;
for (const $id of [references.whole, references.part])
  ajv.addSchema({ $id, ...(strict(openapi, $id === references.whole) as Schema) });

/** A format says what a text is meant to be, as JSON Schema has it: where null is allowed, a blank text is sent for it too. */
const requests = new Ajv2020({ strict: false, allErrors: true, validateFormats: false });
requests.addSchema({ ...(openapi as Schema), $id: references.request });

/** Resolves references within the document. */
function absolute(schema: unknown, document: string): unknown {
  if (Array.isArray(schema)) return schema.map((each) => absolute(each, document));
  if (schema === null || typeof schema !== "object") return schema;
  return Object.fromEntries(
    Object.entries(schema).map(([key, value]) => [
      key,
      key === "$ref" ? `${document}${value}` : absolute(value, document),
    ]),
  );
}

const validators = new Map<string, ReturnType<typeof ajv.compile>>();

/** Fails the test if the document doesn't describe such a response of the endpoint. `isPart`: the request has `fields`. */
export function expectPromised(
  contract: Endpoint,
  status: number,
  type: string | null,
  body: unknown,
  isPart = false,
): void {
  const responses = operations.get(contract.operation)?.responses;
  const answer = responses?.[String(status)] as (Answer & { $ref?: string }) | undefined;
  expect(answer, `${contract.operation} promises no status ${status}: ${JSON.stringify(body)}`).toBeDefined();
  const resolved = answer?.$ref ? component(answer.$ref) : answer;
  const media = type?.split(";")[0];
  if (!resolved?.content) {
    expect(body, `${contract.operation} ${status} has no body`).toBeNull();
    return;
  }
  const schema = resolved.content[media ?? ""]?.schema;
  expect(schema, `${contract.operation} ${status} is not promised as ${media}`).toBeDefined();
  const document = isPart ? references.part : references.whole;
  const key = `${contract.operation} ${status} ${media} ${document}`;
  const validate = validators.get(key) ?? ajv.compile(absolute(strict(schema, !isPart), document) as Schema);
  validators.set(key, validate);
  expect(validate(body) ? [] : validate.errors, `${key}: ${JSON.stringify(body)}`).toEqual([]);
  const { code } = (body ?? {}) as { code?: ErrorCode };
  if (media === "application/problem+json") expect(answersOf(contract).get(status), `${key}: ${code}`).toContain(code);
}

/** Fails the test if the document does not allow such a body, which the endpoint accepted. */
export function expectAllowed(operation: string, body: unknown): void {
  const content = Object.values(operations.get(operation)?.requestBody?.content ?? {});
  const key = `the body of ${operation}`;
  const validate = validators.get(key) ?? requests.compile(absolute(content[0]?.schema, references.request) as Schema);
  validators.set(key, validate);
  expect(validate(body) ? [] : validate.errors, `${key}: ${JSON.stringify(body)}`).toEqual([]);
}

function component(reference: string): Answer {
  const name = reference.split("/").at(-1) as string;
  return (openapi.components as unknown as { responses: Record<string, Answer> }).responses[name] as Answer;
}
