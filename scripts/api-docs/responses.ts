import type { z } from "zod";
import type { oas31 } from "zod-openapi";
import { answersOf, hasEtag } from "#lib/contract/answers";
import type { Endpoint } from "#lib/contract/endpoint";
import { type ErrorCode, errors } from "#lib/contract/errors";
import { registry } from "#lib/contract/registry";
import { idPattern } from "#lib/format/ids";
import { acceptPatch } from "#lib/http/body";
import { example } from "#lib/nouns/values";
import { reference, type Schema, wholeOrPart } from "#scripts/api-docs/schemas";

type Response = oas31.ResponseObject;
type Header = oas31.HeaderObject;

const text = (description: string, example: string, schema: Schema = {}, more: Partial<Header> = {}): Header => ({
  description,
  schema: { type: "string", maxLength: 2000, ...schema },
  example,
  ...more,
});

/** What an answer carries beside its body. */
export const sharedHeaders = {
  "X-Request-Id": text(
    "The request's id. Name it when you write to support.",
    example("req"),
    { pattern: idPattern("req").source, minLength: 30, maxLength: 30 },
    { required: true },
  ),
  "RateLimit-Policy": text(
    "The quotas that count: how many requests at once (`q`), and in how many seconds an empty quota fills again (`w`).",
    '"credential";q=600;w=60, "company";q=2400;w=60',
  ),
  RateLimit: text(
    "What is left of each quota (`r`), and in how many seconds it is full again (`t`).",
    '"credential";r=598;t=1, "company";r=2391;t=1',
  ),
  "RepDesk-Company": text("The company that the request ran in.", example("cmp"), {
    pattern: idPattern("cmp").source,
    minLength: 30,
    maxLength: 30,
  }),
  ETag: text("The record's version, for If-Match and If-None-Match.", '"v7"', { maxLength: 100 }),
  Location: text("The path of the record that was created.", `/api/v1/contacts/${example("con")}`, {
    format: "uri-reference",
  }),
  Link: text(
    'The next page, with `rel="next"`, where there is one.',
    '<https://repdesk.io/api/v1/contacts?limit=50&cursor=WyJhIiwiYiJd>; rel="next"',
    { maxLength: 8192 },
  ),
  "Idempotent-Replayed": text("`true` where this is the first answer to the same key, sent again.", "true", {
    const: "true",
  }),
  "Retry-After": {
    description: "After how many seconds to try again.",
    schema: { type: "integer", format: "int32", minimum: 1, maximum: 86_400 },
    example: 12,
  },
  "WWW-Authenticate": text(
    "How to authenticate, and what was wrong (RFC 6750).",
    'Bearer realm="repdesk", error="invalid_token", error_description="The token is not valid."',
  ),
  "Accept-Patch": text("What a PATCH may be labeled as (RFC 5789).", acceptPatch, { const: acceptPatch }),
  "Accept-Encoding": text("With a body that was compressed: bodies are taken as they are.", "identity", {
    const: "identity",
  }),
  "Access-Control-Allow-Origin": text(
    "The browser origin that calls, where the operator has listed it; `*` for what any origin may read.",
    "https://tool.example.com",
    { pattern: "^(\\*|[a-z][a-z0-9+.-]*://[^\\s/]+)$" },
  ),
} satisfies Record<string, Header>;

type HeaderName = keyof typeof sharedHeaders;

const onAll: HeaderName[] = ["X-Request-Id", "RateLimit-Policy", "RateLimit", "Access-Control-Allow-Origin"];

function headers(names: HeaderName[]): oas31.HeadersObject {
  return Object.fromEntries([...onAll, ...names].map((name) => [name, { $ref: `#/components/headers/${name}` }]));
}

/** Statuses that come before anybody knows which company it is about. */
const beforeCompany = [401, 406, 413, 414, 415, 500, 503];

function headersOf(endpoint: Endpoint, status: number): oas31.HeadersObject {
  const success = status === endpoint.status;
  const named: [HeaderName, boolean][] = [
    ["RepDesk-Company", endpoint.company !== "none" && !beforeCompany.includes(status)],
    ["ETag", (success && hasEtag(endpoint)) || status === 304],
    ["Location", success && endpoint.location !== undefined],
    ["Link", success && endpoint.list !== undefined],
    ["Idempotent-Replayed", success && endpoint.method === "POST"],
    ["Accept-Patch", status === 415 && endpoint.method === "PATCH"],
    ["Accept-Encoding", status === 415],
    ["WWW-Authenticate", status === 401 || status === 403],
    ["Retry-After", status === 429 || status === 503 || (status === 409 && endpoint.method === "POST")],
  ];
  return headers(named.filter(([, carries]) => carries).map(([name]) => name));
}

/** Every answer that an operation can give, by status. */
export function responsesOf(endpoint: Endpoint): Record<string, Response | oas31.ReferenceObject> {
  const all = [...answersOf(endpoint)].map(([status, refusals]) => {
    if (status === endpoint.status) return [status, success(endpoint)];
    if (refusals.length === 0)
      return [status, { description: "Your copy is still good.", headers: headersOf(endpoint, status) }];
    const own = refusal(endpoint, status, refusals);
    return [
      status,
      same(sharedResponses()[names[status] ?? ""], own) ? { $ref: `#/components/responses/${names[status]}` } : own,
    ];
  });
  return Object.fromEntries(all);
}

const done = { 200: "What was asked for.", 201: "It is made.", 204: "It is done; there is no body." } as const;

function success(endpoint: Endpoint): Response {
  const { output, example, status } = endpoint;
  const sent = { description: done[status], headers: headersOf(endpoint, status) };
  return output
    ? { ...sent, content: { "application/json": { schema: schemaOf(endpoint, output), example: example.answer } } }
    : sent;
}

/** A list's page says itself that its records may be parts. */
function schemaOf({ query }: Endpoint, output: z.ZodType): Schema | oas31.ReferenceObject {
  return query && "fields" in query.shape ? wholeOrPart(reference(output)) : reference(output);
}

function refusal(endpoint: Endpoint, status: number, refusals: ErrorCode[]): Response {
  return {
    description: refusals.map((code) => `\`${code}\`: ${errors[code].title}.`).join("  \n"),
    headers: headersOf(endpoint, status),
    content: {
      "application/problem+json": {
        schema: { $ref: "#/components/schemas/Problem" },
        examples: Object.fromEntries(refusals.map((code) => [code, { $ref: `#/components/examples/${code}` }])),
      },
    },
  };
}

const names: Record<number, string> = {
  400: "BadRequest",
  401: "Unauthorized",
  403: "Forbidden",
  404: "NotFound",
  406: "NotAcceptable",
  409: "Conflict",
  412: "PreconditionFailed",
  413: "ContentTooLarge",
  414: "UriTooLong",
  415: "UnsupportedMediaType",
  422: "UnprocessableContent",
  429: "TooManyRequests",
  500: "InternalServerError",
  503: "ServiceUnavailable",
};

const same = (a: unknown, b: unknown) => JSON.stringify(a) === JSON.stringify(b);

let shared: Record<string, Response> | undefined;

/** The refusals that several operations share: of each status the commonest. */
export function sharedResponses(): Record<string, Response> {
  shared ??= Object.fromEntries(
    Object.entries(names).flatMap(([status, name]) => {
      const all = registry.flatMap((endpoint) => {
        const refusals = answersOf(endpoint).get(Number(status)) ?? [];
        return refusals.length > 0 ? [refusal(endpoint, Number(status), refusals)] : [];
      });
      const count = (one: Response) => all.filter((other) => same(one, other)).length;
      const commonest = all.toSorted((a, b) => count(b) - count(a))[0];
      return commonest && count(commonest) > 1 ? [[name, commonest]] : [];
    }),
  );
  return shared;
}
