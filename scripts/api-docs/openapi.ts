import type { oas31 } from "zod-openapi";
import type { Endpoint } from "#lib/contract/endpoint";
import { registry } from "#lib/contract/registry";
import { tokenPattern } from "#lib/format/token";
import { parametersOf, sharedParameters } from "#scripts/api-docs/parameters";
import { problemExamples, problemSchemas } from "#scripts/api-docs/problems";
import { callersOf, isScope } from "#scripts/api-docs/prose";
import { responsesOf, sharedHeaders, sharedResponses } from "#scripts/api-docs/responses";
import { namedSchemas, reference, withChoices } from "#scripts/api-docs/schemas";

/** The contract as an OpenAPI 3.1 document, made from the declarations. */
export function openApi(): oas31.OpenAPIObject {
  return withChoices({
    openapi: "3.1.1",
    info,
    servers: [server],
    tags: tags(),
    security: [],
    paths: paths(),
    components: {
      securitySchemes,
      parameters: sharedParameters,
      headers: sharedHeaders,
      responses: sharedResponses(),
      schemas: { ...namedSchemas(), ...problemSchemas },
      examples: problemExamples(),
    },
  });
}

const info: oas31.InfoObject = {
  title: "RepDesk API",
  version: "1.0.0",
  description: [
    "RepDesk's one public API. The browser app uses it with a session, integrations with an API token.",
    "Make a token in My Settings, API Tokens, and send it as `Authorization: Bearer rdk_…`.",
    "Errors are `application/problem+json` (RFC 9457) with a stable `code`; lists are read by cursor; records have an ETag; every POST takes an `Idempotency-Key`.",
    "Within v1 only additions are made: new endpoints, optional parameters, fields in answers and error codes.",
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
  Service: "The API itself: where to begin, this document, and whether it is well.",
  You: "Who is calling, in which company, and what they may do.",
  Companies: "The companies that you belong to. Everything else happens inside one of them.",
  "API tokens": "Long-lived credentials for scripts and integrations. Each belongs to one company and one member.",
  Accounts: "The firms that your company sells to.",
  Contacts: "The people that your company knows.",
};

function tags(): oas31.TagObject[] {
  return [...new Set(registry.map((endpoint) => endpoint.tag))].map((name) => {
    const description = tagWords[name];
    if (!description) throw new Error(`The tag ${name} has no words yet: add them in scripts/api-docs/openapi.ts.`);
    return { name, description };
  });
}

const securitySchemes: Record<string, oas31.SecuritySchemeObject> = {
  apiToken: {
    type: "http",
    scheme: "bearer",
    bearerFormat: "rdk_",
    description: `An API token, made in My Settings, API Tokens, or with \`createToken\`. It has the form \`${tokenPattern.source}\`.`,
  },
  sessionToken: {
    type: "http",
    scheme: "bearer",
    bearerFormat: "JWT",
    description:
      "The access token of a signed-in session, for clients without a cookie jar. A JSON Web Token, verified by its signature as RFC8725 advises; it lasts an hour at most and ends with the session.",
  },
  sessionCookie: {
    type: "apiKey",
    in: "cookie",
    name: "__Host-repdesk-session",
    description: "The browser's session. Writes with it must come from RepDesk's own pages.",
  },
};

function paths(): oas31.PathsObject {
  const found: oas31.PathsObject = {};
  for (const endpoint of registry) {
    const path = `/api/v1${endpoint.path}`;
    found[path] = { ...found[path], [endpoint.method.toLowerCase()]: operation(endpoint) };
  }
  return found;
}

function operation(endpoint: Endpoint): oas31.OperationObject {
  const { operation: operationId, tag, summary, description, permission, body, example } = endpoint;
  const parameters = parametersOf(endpoint);
  return {
    operationId,
    tags: [tag],
    summary,
    description: `${description}\n\n${callersOf(endpoint)}`,
    ...(permission && isScope(permission) ? { "x-required-scope": permission } : {}),
    ...(permission && !isScope(permission) ? { "x-required-permission": permission } : {}),
    security: security(endpoint),
    ...(parameters.length > 0 ? { parameters } : {}),
    ...(body
      ? {
          requestBody: {
            required: true,
            content: Object.fromEntries(
              mediaTypesOf(endpoint).map((type) => [type, { schema: reference(body), example: example.body }]),
            ),
          },
        }
      : {}),
    responses: responsesOf(endpoint),
  };
}

/** JSON first: generated clients send the first one. */
function mediaTypesOf({ method }: Endpoint): string[] {
  return ["application/json", ...(method === "PATCH" ? ["application/merge-patch+json"] : [])];
}

function security({ auth }: Endpoint): oas31.SecurityRequirementObject[] {
  const session: oas31.SecurityRequirementObject[] = [{ sessionToken: [] }, { sessionCookie: [] }];
  const token: oas31.SecurityRequirementObject[] = [{ apiToken: [] }];
  return { none: [], token, session, any: [...token, ...session] }[auth];
}
