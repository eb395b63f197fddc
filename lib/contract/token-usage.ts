import { z } from "zod";
import { byId, endpoint } from "#lib/contract/endpoint";
import { example, id, instant } from "#lib/nouns/values";
import { scopes, tokenUsageLimits } from "#lib/vocabulary";

const { days, requests, clients } = tokenUsageLimits;
const calls = (description: string) => z.int().min(0).meta({ description });

export const tokenUsage = z.object({
  first_used_at: instant.nullable().meta({ description: "When the token was first used; `null` if never." }),
  days: z
    .array(
      z.object({
        day: z.iso.date().meta({ description: "The day in UTC." }),
        succeeded: calls("Calls with a status below 400."),
        failed: calls("Calls with a status of 400 to 499, except 429."),
        limited: calls("Calls rejected with 429 by a rate limit."),
        errors: calls("Calls with a status of 500 or above."),
      }),
    )
    .meta({
      description: `Calls per day in the last ${days} days, oldest first. Days without calls are left out.`,
      maxItems: days,
    }),
  scopes_used: z
    .array(
      z.object({
        scope: z.enum(scopes).meta({ description: "The scope." }),
        calls: calls("Successful calls that needed the scope."),
        last_used_at: instant.meta({ description: "When the last of them was made." }),
      }),
    )
    .meta({
      description: `The scopes that the successful calls of the last ${days} days needed. A token with only these scopes could have made them all. \`contacts:write\` includes \`contacts:read\`, and so on.`,
      maxItems: scopes.length,
    }),
  clients: z
    .array(
      z.object({
        from: z.string().nullable().meta({
          description: "The network, as a /24 (IPv4) or /48 (IPv6); `null` if unknown.",
          maxLength: 50,
        }),
        client: z.string().nullable().meta({
          description: "The name of the client, such as `curl`; `null` if it gives none.",
          maxLength: 50,
        }),
        first_seen_at: instant.meta({ description: "When it was first seen." }),
        last_seen_at: instant.meta({ description: "When it was last seen, to the minute." }),
      }),
    )
    .meta({
      description: `The last ${clients} networks and clients that used the token, the latest first.`,
      maxItems: clients,
    }),
  requests: z
    .array(
      z.object({
        at: instant.meta({ description: "When the request arrived." }),
        method: z.string().meta({ description: "The HTTP method.", maxLength: 10 }),
        path: z.string().meta({
          description: "The path with placeholders, such as `/api/v1/contacts/{id}`. IDs and queries aren't kept.",
          maxLength: 200,
        }),
        status: z.int().meta({ description: "The HTTP status of the response." }),
        code: z
          .string()
          .nullable()
          .meta({ description: "The `code` of the error; `null` if there was none.", maxLength: 100 }),
        request_id: z.string().meta({ description: "The `X-Request-Id` of the response.", maxLength: 100 }),
      }),
    )
    .meta({ description: `The last ${requests} requests, newest first.`, maxItems: requests }),
});

export const readTokenUsage = endpoint({
  tag: "API tokens",
  auth: "session",
  company: "required",
  permission: "tokens:own",
  operation: "readTokenUsage",
  method: "GET",
  path: "/auth/tokens/{id}/usage",
  summary: "Read a token's usage",
  description: `Returns what one of your tokens did in the last ${days} days, about two seconds after it did. Admins can get the usage of any member's token. Rejected requests count once the token has authenticated: a request with a revoked or expired token doesn't, and one over the token's rate limit counts in a server process that has seen the token before.`,
  params: byId(id("tok")),
  status: 200,
  output: tokenUsage,
  example: {
    params: { id: example("tok") },
    answer: {
      first_used_at: "2026-11-02T09:35:00.000Z",
      days: [{ day: "2026-11-02", succeeded: 41, failed: 1, limited: 0, errors: 0 }],
      scopes_used: [{ scope: "contacts:read", calls: 41, last_used_at: "2026-11-02T09:59:00.000Z" }],
      clients: [
        {
          from: "203.0.113.0",
          client: "curl",
          first_seen_at: "2026-11-02T09:35:00.000Z",
          last_seen_at: "2026-11-02T09:59:00.000Z",
        },
      ],
      requests: [
        {
          at: "2026-11-02T09:59:00.000Z",
          method: "GET",
          path: "/api/v1/contacts/{id}",
          status: 404,
          code: "not_found",
          request_id: "req_01k91h3x5qe8rv2n7m4c6b9d0f",
        },
      ],
    },
  },
});
