import { createDocument, type oas31, type ZodOpenApiOperationObject, type ZodOpenApiPathsObject } from "zod-openapi";
import type { Endpoint } from "#lib/contract/endpoint";
import { registry } from "#lib/contract/registry";
import { tokenPattern } from "#lib/format/token";
import { nouns } from "#lib/nouns/nouns";
import { nounNames } from "#lib/vocabulary";
import { choices } from "#scripts/api-docs/choices";
import { parametersOf } from "#scripts/api-docs/parameters";
import { problemExamples, problemSchemas } from "#scripts/api-docs/problems";
import { inheritLimits, override, withReferences } from "#scripts/api-docs/rendering";
import { responsesOf, sharedHeaders, sharedResponses } from "#scripts/api-docs/responses";
import { callersOf, isScope } from "#scripts/api-docs/words";

/** The contract as an OpenAPI 3.1 document, made from the declarations. */
export function openApi(): oas31.OpenAPIObject {
  const document: oas31.OpenAPIObject = createDocument(
    {
      openapi: "3.1.1",
      info,
      servers: [server],
      tags: tags(),
      security: [],
      paths: paths(),
      components: {
        securitySchemes,
        headers: sharedHeaders,
        responses: sharedResponses,
        schemas: { ...choices, ...problemSchemas },
        examples: problemExamples(),
      },
    },
    { override },
  );
  inheritLimits(document.components?.schemas ?? {});
  return withReferences(document);
}

const info: oas31.InfoObject = {
  title: "RepDesk API",
  version: "1.0.0",
  description: [
    "The public REST API of RepDesk. The browser app uses it with a session, and integrations use it with an API token.",
    "Create a token in My Settings, API Tokens, and send it as `Authorization: Bearer rdk_…`.",
    "Errors are `application/problem+json` (RFC 9457) with a stable `code`. Lists use cursors, records have an `ETag`, and every POST with a credential takes an `Idempotency-Key`.",
    "Within v1, changes are additions only: endpoints, optional parameters, response fields, and error codes.",
  ].join("\n\n"),
  contact: { name: "RepDesk support", email: "support@repdesk.io", url: "https://repdesk.io/help" },
  license: { name: "Proprietary", identifier: "LicenseRef-Proprietary" },
};

/** Paths are whole, so that the root is `/api/v1` and not `/api/v1/`, which is a redirect. */
const server: oas31.ServerObject = {
  url: "https://{host}",
  description: "Production.",
  variables: { host: { default: "repdesk.io" } },
  "x-internal": false,
};

const tagWords: Record<string, string> = {
  Service: "The API's entry point, the OpenAPI document, and the health check.",
  You: "Who is calling, in which company, and with which permissions.",
  Companies: "The companies that you belong to. Everything else happens in one of them.",
  Members: "The people in your company, who own its records.",
  "API tokens": "Long-lived credentials for scripts and integrations. Each belongs to one company and one member.",
};

const nounWords = new Map<string, string>(nouns.map(({ name, description }) => [nounNames[name].plural, description]));

function tags(): oas31.TagObject[] {
  return [...new Set(registry.map((endpoint) => endpoint.tag))].map((name) => {
    const description = tagWords[name] ?? nounWords.get(name.toLowerCase());
    if (!description) throw new Error(`The tag ${name} needs a description in scripts/api-docs/openapi.ts.`);
    return { name, description };
  });
}

const securitySchemes: Record<string, oas31.SecuritySchemeObject> = {
  apiToken: {
    type: "http",
    scheme: "bearer",
    bearerFormat: "rdk_",
    description: `An API token, created in My Settings, API Tokens, or with \`createToken\`. It matches \`${tokenPattern.source}\`.`,
  },
  sessionToken: {
    type: "http",
    scheme: "bearer",
    bearerFormat: "JWT",
    description:
      "The access token of a signed-in session, for clients that keep no cookies. A JSON Web Token that we verify by its signature, as RFC8725 recommends. It lasts at most an hour and ends with the session.",
  },
  sessionCookie: {
    type: "apiKey",
    in: "cookie",
    name: "__Host-repdesk-session",
    description: "The browser's session. Writes with it must come from RepDesk's own pages.",
  },
};

function paths(): ZodOpenApiPathsObject {
  const found: ZodOpenApiPathsObject = {};
  for (const endpoint of registry) {
    const path = `/api/v1${endpoint.path}`;
    found[path] = { ...found[path], [endpoint.method.toLowerCase()]: operation(endpoint) };
  }
  return found;
}

function operation(endpoint: Endpoint): ZodOpenApiOperationObject {
  const { operation: operationId, tag, summary, description, permission, body, example } = endpoint;
  const parameters = parametersOf(endpoint);
  return {
    operationId,
    tags: [tag],
    summary,
    description: `${description}\n\n${callersOf(endpoint)}`,
    ...(permission && { [isScope(permission) ? "x-required-scope" : "x-required-permission"]: permission }),
    security: security(endpoint),
    ...(parameters.length > 0 && { parameters }),
    ...(body && {
      requestBody: {
        required: true,
        content: Object.fromEntries(
          mediaTypes(endpoint).map((type) => [type, { schema: body, example: example.body }]),
        ),
      },
    }),
    responses: responsesOf(endpoint),
  };
}

/** JSON is the first one, which generated clients send. */
function mediaTypes({ method }: Endpoint): string[] {
  return ["application/json", ...(method === "PATCH" ? ["application/merge-patch+json"] : [])];
}

function security({ auth }: Endpoint): oas31.SecurityRequirementObject[] {
  const session: oas31.SecurityRequirementObject[] = [{ sessionToken: [] }, { sessionCookie: [] }];
  const token: oas31.SecurityRequirementObject[] = [{ apiToken: [] }];
  return { none: [], token, session, any: [...token, ...session] }[auth];
}
