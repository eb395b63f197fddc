import { z } from "zod";
import { endpoint } from "#lib/contract/endpoint";

const common = { tag: "Service", auth: "none", company: "none", permission: null, method: "GET", status: 200 } as const;

export const readRoot = endpoint({
  ...common,
  operation: "readRoot",
  path: "",
  summary: "Read the API's entry point",
  description: "Returns the version, and links to the reference, the OpenAPI document, and the help.",
  output: z.object({
    name: z.string().meta({ description: "The name of the API." }),
    version: z.string().meta({ description: "The version, as in the path." }),
    links: z
      .object({
        openapi: z.string().meta({ description: "The OpenAPI document." }),
        reference: z.string().meta({ description: "The guide and the reference." }),
        help: z.string().meta({ description: "The help article about API tokens." }),
        me: z.string().meta({ description: "Who is calling." }),
      })
      .meta({ description: "Where to go from here." }),
  }),
  example: {
    answer: {
      name: "RepDesk API",
      version: "v1",
      links: {
        openapi: "https://repdesk.example.com/api/v1/openapi.json",
        reference: "https://repdesk.example.com/docs/api",
        help: "https://repdesk.example.com/help/api-token-public-api",
        me: "https://repdesk.example.com/api/v1/me",
      },
    },
  },
});

export const readOpenApi = endpoint({
  ...common,
  operation: "readOpenApi",
  path: "/openapi.json",
  summary: "Read the OpenAPI document",
  description: "Returns the API as an OpenAPI 3.1 document. It has an `ETag`, and any origin may read it.",
  output: z.record(z.string(), z.unknown()),
  shared: true,
  example: { answer: { openapi: "3.1.1" } },
});

export const readHealth = endpoint({
  ...common,
  operation: "readHealth",
  path: "/health",
  summary: "Check the service's health",
  description:
    "Returns 200 while the app and its database work; otherwise 503 within a second. With `ready`, for load balancers, it also returns 503 while the app starts or stops.",
  query: z.strictObject({
    ready: z
      .enum(["", "true"])
      .optional()
      .meta({ description: "Whether the app is ready for requests. Send it empty or as `true`." }),
  }),
  output: z.object({
    status: z.enum(["ok"]).meta({ description: "Whether the app works." }),
    database: z.enum(["ok"]).meta({ description: "Whether the database works." }),
  }),
  unlimited: true,
  errors: ["unavailable"],
  example: { answer: { status: "ok", database: "ok" } },
});
