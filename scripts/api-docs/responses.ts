import type { oas31, ZodOpenApiResponseObject } from "zod-openapi";
import { answersOf, hasEtag, takesKey } from "#lib/contract/answers";
import type { Endpoint } from "#lib/contract/endpoint";
import { type ErrorCode, errors } from "#lib/contract/errors";
import { registry } from "#lib/contract/registry";
import { idPattern } from "#lib/format/ids";
import { acceptPatch } from "#lib/http/body";
import { example } from "#lib/nouns/values";
import { answerSchema } from "#scripts/api-docs/components";

const text = (description: string, example: string, schema: oas31.SchemaObject = {}): oas31.HeaderObject => ({
  description,
  schema: { type: "string", maxLength: 2000, ...schema },
  example,
});

const id = (prefix: "req" | "cmp") => ({ pattern: idPattern(prefix).source, minLength: 30, maxLength: 30 });

/** The headers of answers. */
export const sharedHeaders = {
  "X-Request-Id": {
    ...text("The request's ID. Include it when you write to support.", example("req"), id("req")),
    required: true,
  },
  "RateLimit-Policy": text(
    "The quotas that apply: the most requests at once (`q`), and the seconds in which an empty quota fills up (`w`).",
    '"credential";q=600;w=60, "company";q=2400;w=60',
  ),
  RateLimit: text(
    "What is left of each quota (`r`), and the seconds until it is full again (`t`).",
    '"credential";r=598;t=1, "company";r=2391;t=1',
  ),
  "RepDesk-Token-Expires-At": text("When the calling token expires.", "2027-01-31T09:30:00.000Z", {
    format: "date-time",
  }),
  "RepDesk-Token-Warning": text(
    "In the token's last 14 days.",
    "This token expires on 2027-01-31T09:30:00.000Z. Rotate it in My Settings, API Tokens.",
  ),
  "RepDesk-Company": text("The company that the request ran in.", example("cmp"), id("cmp")),
  ETag: text("The record's version, for `If-Match` and `If-None-Match`.", '"v7"', { maxLength: 100 }),
  Location: text("The path of the new record.", `/api/v1/contacts/${example("con")}`, { format: "uri-reference" }),
  Link: text(
    'The next page, with `rel="next"`, if there is one.',
    '<https://repdesk.io/api/v1/contacts?limit=50&cursor=WyJhIiwiYiJd>; rel="next"',
    { maxLength: 8192 },
  ),
  "Idempotent-Replayed": text("`true` if this repeats the first answer to the same key.", "true", { const: "true" }),
  "Retry-After": {
    description: "The seconds to wait before you try again.",
    schema: { type: "integer", format: "int32", minimum: 1, maximum: 86_400 },
    example: 12,
  },
  "WWW-Authenticate": text(
    "How to authenticate, and what was wrong (RFC 6750).",
    'Bearer realm="repdesk", error="invalid_token", error_description="The token is not valid."',
  ),
  "Accept-Patch": text("The media types that a PATCH takes (RFC 5789).", acceptPatch, { const: acceptPatch }),
  "Accept-Encoding": text("After a compressed body: send bodies uncompressed.", "identity", { const: "identity" }),
  "Access-Control-Allow-Origin": text(
    "The calling browser origin, if the operator allows it; `*` for what any origin may read.",
    "https://tool.example.com",
    { pattern: "^(\\*|[a-z][a-z0-9+.-]*://[^\\s/]+)$" },
  ),
} satisfies Record<string, oas31.HeaderObject>;

type HeaderName = keyof typeof sharedHeaders;

const onAll: HeaderName[] = ["X-Request-Id", "RateLimit-Policy", "RateLimit", "Access-Control-Allow-Origin"];

/** The statuses of answers that come before the company is known. */
const beforeCompany = [401, 406, 413, 414, 415, 500, 503];

function headersOf(endpoint: Endpoint, status: number): oas31.HeadersObject {
  const success = status === endpoint.status;
  const isForTokens = endpoint.auth === "any" || endpoint.auth === "token";
  const sometimes: [HeaderName, boolean][] = [
    ["RepDesk-Token-Expires-At", isForTokens && !beforeCompany.includes(status)],
    ["RepDesk-Token-Warning", isForTokens && !beforeCompany.includes(status)],
    ["RepDesk-Company", endpoint.company !== "none" && !beforeCompany.includes(status)],
    ["ETag", (success && hasEtag(endpoint)) || status === 304],
    ["Location", success && endpoint.location !== undefined],
    ["Link", success && endpoint.list !== undefined],
    ["Idempotent-Replayed", success && takesKey(endpoint)],
    ["Accept-Patch", status === 415 && endpoint.method === "PATCH"],
    ["Accept-Encoding", status === 415],
    ["WWW-Authenticate", status === 401 || status === 403],
    ["Retry-After", status === 429 || status === 503 || (status === 409 && endpoint.method === "POST")],
  ];
  const names = [...onAll, ...sometimes.filter(([, carried]) => carried).map(([name]) => name)];
  return Object.fromEntries(names.map((name) => [name, { $ref: `#/components/headers/${name}` }]));
}

const successWords = { 200: "OK.", 201: "Created.", 202: "Accepted.", 204: "Done. There is no body." } as const;

function success(endpoint: Endpoint): ZodOpenApiResponseObject {
  const { output, example, status } = endpoint;
  const content = { "application/json": { schema: output && answerSchema(endpoint), example: example.answer } };
  return {
    description: successWords[status],
    headers: headersOf(endpoint, status),
    ...(output && { content }),
  };
}

function failure(endpoint: Endpoint, status: number, codes: ErrorCode[]): ZodOpenApiResponseObject {
  return {
    description: codes.map((code) => `\`${code}\`: ${errors[code].title}.`).join("  \n"),
    headers: headersOf(endpoint, status),
    content: {
      "application/problem+json": {
        schema: { $ref: "#/components/schemas/Problem" },
        examples: Object.fromEntries(codes.map((code) => [code, { $ref: `#/components/examples/${code}` }])),
      },
    },
  };
}

/** Every answer that an operation can give, by status. */
export function responsesOf(endpoint: Endpoint): Record<string, ZodOpenApiResponseObject | oas31.ReferenceObject> {
  const all = [...answersOf(endpoint)].map(([status, codes]) => {
    if (status === endpoint.status) return [status, success(endpoint)];
    if (status === 304) return [status, { description: "Your copy is current.", headers: headersOf(endpoint, 304) }];
    const own = failure(endpoint, status, codes);
    const name = `Problem${status}`;
    return [status, isSame(own, sharedResponses[name]) ? { $ref: `#/components/responses/${name}` } : own];
  });
  return Object.fromEntries(all);
}

const isSame = (a: unknown, b: unknown) => JSON.stringify(a) === JSON.stringify(b);

/** For each status, the answer that most operations have in common. */
export const sharedResponses: Record<string, ZodOpenApiResponseObject> = Object.fromEntries(
  statuses().flatMap((status) => {
    const all = registry.flatMap((endpoint) => {
      const codes = answersOf(endpoint).get(status) ?? [];
      return codes.length > 0 ? [failure(endpoint, status, codes)] : [];
    });
    const count = (one: unknown) => all.filter((other) => isSame(one, other)).length;
    const commonest = all.toSorted((a, b) => count(b) - count(a))[0];
    return commonest && count(commonest) > 1 ? [[`Problem${status}`, commonest]] : [];
  }),
);

function statuses(): number[] {
  return [...new Set(Object.values(errors).map(({ status }) => status))];
}
