import { z } from "zod";
import { endpoint } from "#lib/contract/endpoint";

const common = { tag: "Service", auth: "none", company: "none", permission: null, method: "GET", status: 200 } as const;

export const readRoot = endpoint({
  ...common,
  operation: "readRoot",
  path: "",
  summary: "Read the API's name and links",
  description: "Where to begin: the version and the links to the reference, the document and the help.",
  output: z.object({
    name: z.string(),
    version: z.string(),
    links: z.object({ openapi: z.string(), reference: z.string(), help: z.string(), me: z.string() }),
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
  description: "This contract as OpenAPI 3.1. It has an ETag and may be read from any origin.",
  output: z.record(z.string(), z.unknown()),
  shared: true,
  example: { answer: { openapi: "3.1.1" } },
});

export const readHealth = endpoint({
  ...common,
  operation: "readHealth",
  path: "/health",
  summary: "Read the service's health",
  description:
    "200 while the app and its database answer, else 503 within a second. With `ready`, 503 also while the app starts or stops: for load balancers.",
  query: z.strictObject({
    ready: z.enum(["", "true"]).optional().meta({ description: "Ask whether it may be sent requests." }),
  }),
  output: z.object({ status: z.enum(["ok"]), database: z.enum(["ok"]) }),
  unlimited: true,
  errors: ["unavailable"],
  example: { answer: { status: "ok", database: "ok" } },
});
