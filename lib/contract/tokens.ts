import { z } from "zod";
import { byId, endpoint } from "#lib/contract/endpoint";
import { chosen, listParameters, pageSchema } from "#lib/contract/list";
import { exampleToken, token, tokenInput, tokenMade, tokenPatch, tokenSelf } from "#lib/contract/token";
import { example, id } from "#lib/nouns/values";
import { tokenLimits, tokenStatuses } from "#lib/vocabulary";

export const tokenList = {
  sorts: ["created_at", "name"],
  filters: {
    status: { schema: z.enum(tokenStatuses), operators: ["eq", "in"] },
    member_id: { schema: id("mem"), operators: ["eq"] },
  },
} as const;

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
    answer: { ...exampleToken, token: "rdk_7Fh2kQ9xLmAb_…", notice: null },
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
      ...exampleToken,
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
    answer: { data: [exampleToken], pagination: { limit: 50, has_more: false, next_cursor: null } },
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
  example: { params: { id: example("tok") }, answer: exampleToken },
});

export const updateToken = endpoint({
  ...managed,
  operation: "updateToken",
  method: "PATCH",
  path: "/auth/tokens/{id}",
  summary: "Change a token",
  description:
    "Changes the name, the scopes, the expiration, or the allowed addresses of one of your tokens. Admins can change the token of any member, but not add scopes. Of an expired or revoked token, only the name can be changed.",
  params: byId(id("tok")),
  body: tokenPatch,
  status: 200,
  output: token,
  versioned: true,
  errors: ["token_ended"],
  example: {
    params: { id: example("tok") },
    body: { name: "Nightly sync (new server)" },
    answer: { ...exampleToken, name: "Nightly sync (new server)", version: 2 },
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
