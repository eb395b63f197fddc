import { Ajv2020 } from "ajv/dist/2020.js";
import formats from "ajv-formats";
import { expect } from "playwright/test";
import openapi from "#docs/openapi.json" with { type: "json" };
import type { Endpoint } from "#lib/contract/endpoint";

/** Every answer of the whole run is held against the document. An answer with a key that it does not name breaks it too. */

type Schema = Record<string, unknown>;
type Answer = { content?: Record<string, { schema: Schema }> };
type Operation = { operationId: string; responses: Record<string, Answer> };

const ajv = new Ajv2020({ strict: false, allErrors: true });
formats.default(ajv);
ajv.addSchema({ $id: "openapi", ...openapi });

const operations = new Map(
  Object.values(openapi.paths as unknown as Record<string, Record<string, Operation>>)
    .flatMap((path) => Object.values(path))
    .map((operation) => [operation.operationId, operation]),
);

/** References inside the document are looked up in the document. */
function absolute(schema: unknown): unknown {
  if (Array.isArray(schema)) return schema.map(absolute);
  if (schema === null || typeof schema !== "object") return schema;
  return Object.fromEntries(
    Object.entries(schema).map(([key, value]) => [key, key === "$ref" ? `openapi${value}` : absolute(value)]),
  );
}

const validators = new Map<string, ReturnType<typeof ajv.compile>>();

/** Fails the test if the document does not promise such an answer of this endpoint. `isPart`: `fields` asked for less. */
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
  const key = `${contract.operation} ${status} ${media}`;
  const validate = validators.get(key) ?? ajv.compile(absolute(schema) as Schema);
  validators.set(key, validate);
  const faults = validate(body) ? [] : (validate.errors ?? []);
  const broken = isPart ? faults.filter(({ keyword }) => keyword !== "required") : faults;
  expect(broken, `${key}: ${JSON.stringify(body)}`).toEqual([]);
}

function component(reference: string): Answer {
  const name = reference.split("/").at(-1) as string;
  return (openapi.components as unknown as { responses: Record<string, Answer> }).responses[name] as Answer;
}
