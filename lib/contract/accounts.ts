import { z } from "zod";
import { byId, endpoint } from "#lib/contract/endpoint";
import {
  actor,
  domainName,
  example,
  id,
  instant,
  key,
  keyOrNull,
  line,
  longestText,
  orNull,
  phone,
  text,
  version,
  webAddress,
} from "#lib/contract/fields";
import { tagFilter, tags } from "#lib/contract/items";
import { chosen, instantFilter, listParameters, page } from "#lib/contract/list";
import { member } from "#lib/contract/members";
import { accountLimits, accountTypes } from "#lib/vocabulary";

export const account = z.object({
  id: id("acc"),
  name: z.string(),
  domain: z.string().nullable(),
  website: z.string().nullable(),
  phone: z.string().nullable(),
  industry: z.string().nullable(),
  type: z.enum(accountTypes),
  description: z.string().nullable(),
  tags: z.array(z.string()),
  external_id: z.string().nullable(),
  owner_id: id("mem"),
  contact_count: z.int().min(0).meta({
    description: "How many contacts name this account, counted at each reading: it is no part of the version.",
  }),
  version,
  created_at: instant,
  updated_at: instant,
  created_by: actor,
  updated_by: actor,
});

const fields = {
  name: line(200).meta({ description: "The company's name." }),
  domain: keyOrNull(domainName).optional().meta({
    description:
      "Kept as A-labels in lower case, without `www.`; unique among the company's accounts. A URL is reduced to its host.",
  }),
  website: orNull(webAddress).optional(),
  phone: orNull(phone).optional(),
  industry: orNull(line(100)).optional(),
  type: z.enum(accountTypes).optional(),
  description: orNull(text(longestText)).optional(),
  tags: tags.optional(),
  external_id: keyOrNull(key(128))
    .optional()
    .meta({ description: "Your own key; unique among the company's accounts." }),
  owner_id: id("mem").optional().meta({ description: "The member who looks after it." }),
};

export const accountPatch = z.strictObject(fields).partial();
export const accountInput = z.strictObject({
  ...fields,
  type: fields.type.meta({ description: "Default: `prospect`." }),
  owner_id: fields.owner_id.meta({ description: "The member who looks after it. Default: the caller." }),
});

export const accountList = {
  sorts: ["created_at", "updated_at", "name"],
  filters: {
    type: { schema: z.enum(accountTypes), operators: ["eq", "ne", "in"] },
    domain: { schema: domainName, operators: ["eq", "in", "is_null"] },
    external_id: { schema: key(128), operators: ["eq", "in", "is_null"] },
    owner_id: { schema: id("mem"), operators: ["eq", "in"] },
    tags: tagFilter,
    created_at: instantFilter,
    updated_at: instantFilter,
  },
  search: "name and domain",
  counted: true,
  includes: ["owner"],
} as const;

const included = z.object({ members: z.array(member).optional() }).optional();

const record = {
  id: example("acc"),
  name: "Northwind Trading",
  domain: "northwind.example.com",
  website: "https://northwind.example.com",
  phone: "+1 555 0100",
  industry: "Wholesale",
  type: "customer",
  description: null,
  tags: ["wholesale"],
  external_id: "erp-1001",
  owner_id: example("mem"),
  contact_count: 3,
  version: 1,
  created_at: "2026-11-02T09:30:00.000Z",
  updated_at: "2026-11-02T09:30:00.000Z",
  created_by: { member_id: example("mem"), token_id: example("tok") },
  updated_by: { member_id: example("mem"), token_id: example("tok") },
};

const common = { tag: "Accounts", auth: "any", company: "required" } as const;

export const listAccounts = endpoint({
  ...common,
  operation: "listAccounts",
  method: "GET",
  path: "/accounts",
  summary: "List accounts",
  description: "The firms that your company sells to, newest first.",
  permission: "accounts:read",
  list: accountList,
  query: listParameters(accountList, Object.keys(account.shape)),
  status: 200,
  output: page(account).extend({ included }),
  example: {
    query: { limit: "1", "filter[type]": "customer" },
    answer: { data: [record], pagination: { limit: 1, has_more: false, next_cursor: null } },
  },
});

export const createAccount = endpoint({
  ...common,
  operation: "createAccount",
  method: "POST",
  path: "/accounts",
  summary: "Create an account",
  description: "Makes one account. The name is all that is needed.",
  permission: "accounts:write",
  body: accountInput,
  status: 201,
  output: account,
  versioned: true,
  location: (made) => `/accounts/${made.id}`,
  errors: ["duplicate"],
  example: {
    body: { name: "Northwind Trading", domain: "northwind.example.com", type: "customer", tags: ["wholesale"] },
    answer: record,
  },
});

export const readAccount = endpoint({
  ...common,
  operation: "readAccount",
  method: "GET",
  path: "/accounts/{id}",
  summary: "Read an account",
  description:
    "One account, whole, or only the `fields` that you ask for; with `include`, related records under `included`.",
  permission: "accounts:read",
  params: byId(id("acc")),
  query: z.strictObject({ fields: chosen(Object.keys(account.shape)), include: chosen(accountList.includes) }),
  status: 200,
  output: account.extend({ included }),
  versioned: true,
  example: { params: { id: example("acc") }, answer: record },
});

export const updateAccount = endpoint({
  ...common,
  operation: "updateAccount",
  method: "PATCH",
  path: "/accounts/{id}",
  summary: "Update an account",
  description:
    "Changes the fields that are sent (RFC 7396): an absent field stays, null clears. A change of nothing raises no version.",
  permission: "accounts:write",
  params: byId(id("acc")),
  body: accountPatch,
  status: 200,
  output: account,
  versioned: true,
  errors: ["duplicate"],
  example: {
    params: { id: example("acc") },
    body: { industry: "Wholesale", website: null },
    answer: { ...record, website: null, version: 2 },
  },
});

export const deleteAccount = endpoint({
  ...common,
  operation: "deleteAccount",
  method: "DELETE",
  path: "/accounts/{id}",
  summary: "Delete an account",
  description: `Deletes the account for good. Its contacts stay, without an account. An account with more than ${accountLimits.contactsAtDeletion.toLocaleString("en-US")} contacts can't be deleted: delete or move contacts first.`,
  permission: "accounts:write",
  params: byId(id("acc")),
  status: 204,
  versioned: true,
  errors: ["has_dependents"],
  example: { params: { id: example("acc") } },
});
