import { z } from "zod";
import { company } from "#lib/contract/companies";
import { byId, endpoint } from "#lib/contract/endpoint";
import { chosen, listParameters, pageSchema } from "#lib/contract/list";
import { member } from "#lib/contract/members";
import { distinct, example, id, instant, line, version } from "#lib/nouns/values";
import { scopes, tokenLimits, tokenStatuses } from "#lib/vocabulary";

export const token = z.object({
  id: id("tok"),
  name: z.string().meta({ description: "What the token is for.", maxLength: tokenLimits.nameLength }),
  prefix: z.string().meta({ description: "The public part of the token. It grants no access.", maxLength: 16 }),
  scopes: z.array(z.enum(scopes)).meta({ description: "The scopes that the token was given." }),
  status: z.enum(tokenStatuses).meta({ description: "Whether the token works, and if not, why." }),
  member: member.meta({ description: "The member who owns the token." }),
  created_at: instant,
  expires_at: instant.nullable().meta({ description: "When it stops working; `null` if it never expires." }),
  last_used_at: instant.nullable().meta({ description: "When it was last used; `null` if never." }),
  last_used_from: z
    .string()
    .nullable()
    .meta({ description: "The network it was last used from, as a /24 (IPv4) or /48 (IPv6)." }),
  last_used_by: z
    .string()
    .nullable()
    .meta({ description: "The name of the last client that used it, such as `curl`." }),
  revoked_at: instant.nullable().meta({ description: "When it was revoked; `null` if it wasn't." }),
  revoked_by: member.nullable().meta({ description: "The member who revoked it." }),
  revoked_reason: z.string().nullable().meta({ description: "Why it was revoked, if a reason was given." }),
  exposed_at: instant.nullable().meta({
    description:
      "When a request contained it in its URL or body, where others may have seen it; `null` if never. Replace it.",
  }),
  version,
});

/** The response to creating a token: the only one that contains the secret. */
export const tokenMade = token.extend({
  token: z
    .string()
    .nullable()
    .meta({ description: "The secret. It is returned only once; `null` in an idempotent replay.", maxLength: 66 }),
  notice: z.string().nullable().meta({ description: "In a replay: what to do without the secret. `null` otherwise." }),
});

/** The token that makes the request. */
export const tokenSelf = token.extend({
  company: company
    .pick({ id: true, slug: true, name: true })
    .meta({ description: "The company that the token belongs to." }),
  effective_scopes: z
    .array(z.enum(scopes))
    .meta({ description: "The scopes that the member's current role still allows, and the scopes that they include." }),
});

export const tokenInput = z.strictObject({
  name: line(tokenLimits.nameLength).meta({ description: "What the token is for, such as “Nightly sync”." }),
  scopes: distinct(z.enum(scopes), 50)
    .min(1)
    .meta({ description: "What the token may do. Your role must have each of these scopes." }),
  expires_in_days: z
    .int()
    .min(1)
    .max(tokenLimits.maxDays)
    .nullable()
    .optional()
    .meta({
      description: `Days until the token expires. Admins can send \`null\` for a token that never expires. Default: ${tokenLimits.defaultDays}.`,
    }),
});

export const tokenPatch = z.strictObject({
  name: line(tokenLimits.nameLength).meta({ description: "What the token is for." }).optional(),
});

export const tokenList = {
  sorts: ["created_at", "name"],
  filters: {
    status: { schema: z.enum(tokenStatuses), operators: ["eq", "in"] },
    member_id: { schema: id("mem"), operators: ["eq"] },
  },
} as const;

const record = {
  id: example("tok"),
  name: "Nightly sync",
  prefix: "rdk_7Fh2kQ9xLmAb",
  scopes: ["contacts:read"],
  status: "active",
  member: { id: example("mem"), name: "Ana Ruiz" },
  created_at: "2026-11-02T09:30:00.000Z",
  expires_at: "2027-01-31T09:30:00.000Z",
  last_used_at: null,
  last_used_from: null,
  last_used_by: null,
  revoked_at: null,
  revoked_by: null,
  revoked_reason: null,
  exposed_at: null,
  version: 1,
};

const own = { tag: "API tokens", auth: "token", company: "required", permission: null } as const;
const managed = { tag: "API tokens", auth: "session", company: "required", permission: "tokens:own" } as const;

export const createToken = endpoint({
  ...managed,
  operation: "createToken",
  method: "POST",
  path: "/auth/token",
  summary: "Create a token",
  description: "Creates a token for yourself in one company. The secret is returned only in this response.",
  body: tokenInput,
  status: 201,
  output: tokenMade,
  versioned: true,
  location: (made) => `/auth/tokens/${made.id}`,
  once: {
    token: null,
    notice:
      "The secret was returned when the token was created and can't be shown again. If you didn't receive it, revoke this token and create another.",
  },
  errors: ["limit_reached"],
  example: {
    body: { name: "Nightly sync", scopes: ["contacts:read"], expires_in_days: 90 },
    answer: { ...record, token: "rdk_7Fh2kQ9xLmAb_…", notice: null },
  },
});

export const readOwnToken = endpoint({
  ...own,
  operation: "readOwnToken",
  method: "GET",
  path: "/auth/token",
  summary: "Read the calling token",
  description: "Returns the token that makes the request: its name, company, scopes, and expiration.",
  status: 200,
  output: tokenSelf,
  example: {
    answer: {
      ...record,
      company: { id: example("cmp"), slug: "acme", name: "Acme" },
      effective_scopes: ["contacts:read"],
    },
  },
});

export const revokeOwnToken = endpoint({
  ...own,
  operation: "revokeOwnToken",
  method: "DELETE",
  path: "/auth/token",
  summary: "Revoke the calling token",
  description: "Revokes the token that makes the request. Its next request fails.",
  status: 204,
  example: {},
});

export const listTokens = endpoint({
  ...managed,
  operation: "listTokens",
  method: "GET",
  path: "/auth/tokens",
  summary: "List tokens",
  description: `Returns your tokens in this company, newest first. Admins can list the tokens of all members with \`owner=all\`, or of one member with \`filter[member_id]\`. Expired and revoked tokens stay listed for ${tokenLimits.listedDays} days.`,
  list: tokenList,
  query: listParameters(tokenList, Object.keys(token.shape)).extend({
    owner: z
      .enum(["me", "all"])
      .optional()
      .meta({ description: "`all` returns the tokens of all members; admins only. Default: `me`." }),
  }),
  status: 200,
  output: pageSchema(token),
  errors: ["forbidden_role"],
  example: {
    query: { "filter[status]": "active" },
    answer: { data: [record], pagination: { limit: 50, has_more: false, next_cursor: null } },
  },
});

export const readToken = endpoint({
  ...managed,
  operation: "readToken",
  method: "GET",
  path: "/auth/tokens/{id}",
  summary: "Read a token",
  description: "Returns one of your tokens. Admins can get the token of any member.",
  params: byId(id("tok")),
  query: z.strictObject({ fields: chosen(Object.keys(token.shape)) }),
  status: 200,
  output: token,
  versioned: true,
  volatile: true,
  example: { params: { id: example("tok") }, answer: record },
});

export const updateToken = endpoint({
  ...managed,
  operation: "updateToken",
  method: "PATCH",
  path: "/auth/tokens/{id}",
  summary: "Rename a token",
  description: "Changes the name of one of your tokens. Admins can rename the token of any member.",
  params: byId(id("tok")),
  body: tokenPatch,
  status: 200,
  output: token,
  versioned: true,
  example: {
    params: { id: example("tok") },
    body: { name: "Nightly sync (new server)" },
    answer: { ...record, name: "Nightly sync (new server)", version: 2 },
  },
});

export const revokeToken = endpoint({
  ...managed,
  operation: "revokeToken",
  method: "DELETE",
  path: "/auth/tokens/{id}",
  summary: "Revoke a token",
  description:
    "Revokes one of your tokens. Admins can revoke the token of any member. Its next request fails. It stays in the list, with the time and the member who revoked it. Revoking it again changes nothing.",
  params: byId(id("tok")),
  status: 204,
  versioned: true,
  example: { params: { id: example("tok") } },
});
