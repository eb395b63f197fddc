type Referable<T> = T | { $ref: string };
type Parameter = { name: string; in: string; example?: unknown; schema?: { default?: unknown; examples?: unknown } };
type Answer = { description: string; headers?: Record<string, unknown>; content?: unknown };
type Operation = {
  security?: Record<string, string[]>[];
  parameters?: Referable<Parameter>[];
  responses: Record<string, Referable<Answer>>;
};

/** The parts of the OpenAPI document that are changed for the viewer. */
type Document = {
  servers?: unknown;
  paths: Record<string, Record<string, Operation>>;
  components: {
    securitySchemes: Record<string, unknown>;
    parameters: Record<string, Parameter>;
    responses: Record<string, Answer>;
  };
};

/** Headers that only some responses have. All others are on every response. */
const ownHeaders = ["ETag", "Location", "Link", "Idempotent-Replayed"];

/**
 * Loads the document for the viewer. Requests go to this app's origin. The session cookie isn't offered as a credential: the browser
 * sends it automatically, and scripts can't set it.
 */
export async function fetchDocument(): Promise<Document> {
  const response = await fetch("/api/v1/openapi.json");
  if (!response.ok) throw new Error(`the document responded with ${response.status}`);
  const document = (await response.json()) as Document;
  document.servers = undefined;
  delete document.components.securitySchemes.sessionCookie;
  for (const parameter of Object.values(document.components.parameters)) withoutExample(parameter);
  for (const operation of Object.values(document.paths).flatMap((path) => Object.values(path)))
    adapt(operation, document);
  return document;
}

function adapt(operation: Operation, { components }: Document): void {
  operation.security = operation.security?.filter((way) => !("sessionCookie" in way));
  for (const parameter of operation.parameters ?? []) if ("name" in parameter) withoutExample(parameter);
  for (const [status, answer] of Object.entries(operation.responses)) {
    const whole = "$ref" in answer ? components.responses[answer.$ref.split("/").at(-1) as string] : answer;
    if (whole) operation.responses[status] = Number(status) < 300 ? success(whole) : { description: whole.description };
  }
}

/** The viewer fills fields with examples and defaults. A request should contain only what was entered. */
function withoutExample(parameter: Parameter): void {
  parameter.example = undefined;
  if (parameter.schema) parameter.schema = { ...parameter.schema, default: undefined, examples: undefined };
}

function success(answer: Answer): Answer {
  const headers = Object.entries(answer.headers ?? {}).filter(([name]) => ownHeaders.includes(name));
  return { ...answer, headers: Object.fromEntries(headers) };
}
