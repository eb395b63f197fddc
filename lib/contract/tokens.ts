import { z } from "zod";
import { company } from "#lib/contract/companies";
import { byId, endpoint } from "#lib/contract/endpoint";
import { chosen, listParameters, page } from "#lib/contract/list";
import { member } from "#lib/contract/members";
import { distinct, example, id, instant, line, version } from "#lib/nouns/values";
import { scopes, tokenLimits, tokenStatuses } from "#lib/vocabulary";

export const token = z.object({
  id: id("tok"),
  name: z.string().meta({ maxLength: tokenLimits.nameLength }),
  prefix: z
    .string()
    .meta({ description: "The token's public part, `rdk_` and its id. It opens nothing.", maxLength: 16 }),
  scopes: z.array(z.enum(scopes)),
  status: z.enum(tokenStatuses),
  member: member.meta({ description: "Whose token it is." }),
  created_at: instant,
  expires_at: instant.nullable(),
  last_used_at: instant.nullable(),
  last_used_from: z.string().nullable().meta({ description: "The network it was last used from, as a /24 or /48." }),
  last_used_by: z.string().nullable().meta({ description: "The client's own name, such as curl." }),
  revoked_at: instant.nullable(),
  revoked_by: member.nullable(),
  revoked_reason: z.string().nullable(),
  version,
});

/** The answer of making a token: the only one that ever holds a secret. */
export const tokenMade = token.extend({
  token: z
    .string()
    .nullable()
    .meta({ description: "The secret. Shown this once; null in an idempotent replay.", maxLength: 66 }),
  notice: z.string().nullable().meta({ description: "In a replay: what to do, since the secret is not shown again." }),
});

/** What a token learns of itself. */
export const tokenSelf = token.extend({
  company: company.pick({ id: true, slug: true, name: true }),
  effective_scopes: z
    .array(z.enum(scopes))
    .meta({ description: "The scopes as far as the member's present role still holds them, with what they include." }),
});

export const tokenInput = z.strictObject({
  name: line(tokenLimits.nameLength).meta({ description: "What it is for, such as “Nightly sync”." }),
  scopes: distinct(z.enum(scopes), 50)
    .min(1)
    .meta({ description: "What it may do: at least one scope that your own role holds." }),
  expires_in_days: z
    .int()
    .min(1)
    .max(tokenLimits.maxDays)
    .nullable()
    .optional()
    .meta({
      description: `1 to ${tokenLimits.maxDays}, or null (never expires) for admins. Default: ${tokenLimits.defaultDays}.`,
    }),
});

export const tokenPatch = z.strictObject({ name: line(tokenLimits.nameLength).optional() });

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
  description: "Makes a token for yourself in one company. The answer holds the secret, this once.",
  body: tokenInput,
  status: 201,
  output: tokenMade,
  versioned: true,
  location: (made) => `/auth/tokens/${made.id}`,
  once: {
    token: null,
    notice:
      "The secret was shown when the token was first made and cannot be shown again. If it did not reach you, revoke this token and create another.",
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
  description: "What the token that calls is: its name, company, scopes and expiry.",
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
  description: "The kill switch: the token that calls is revoked, and its next request fails.",
  status: 204,
  example: {},
});

export const listTokens = endpoint({
  ...managed,
  operation: "listTokens",
  method: "GET",
  path: "/auth/tokens",
  summary: "List tokens",
  description:
    "Your own tokens in this company, newest first. An admin adds `owner=all` for everybody's, or `filter[member_id]` for one member's. Expired and revoked ones stay listed for 400 days.",
  list: tokenList,
  query: listParameters(tokenList, Object.keys(token.shape)).extend({
    owner: z.enum(["me", "all"]).optional().meta({ description: "`all` for everybody's, admins only. Default: `me`." }),
  }),
  status: 200,
  output: page(token),
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
  description: "One of your tokens; an admin reads anybody's. Whole, or only the `fields` that you ask for.",
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
  description: "Changes the name of one of your tokens; an admin changes anybody's.",
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
    "The token's next request fails. It stays listed, with who revoked it and when. Revoking a revoked token changes nothing.",
  params: byId(id("tok")),
  status: 204,
  versioned: true,
  example: { params: { id: example("tok") } },
});
