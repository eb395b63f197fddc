import { z } from "zod";
import { account } from "#lib/contract/accounts";
import { byId, endpoint } from "#lib/contract/endpoint";
import {
  actor,
  email,
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
} from "#lib/contract/fields";
import { tagFilter, tags } from "#lib/contract/items";
import { chosen, instantFilter, listParameters, page } from "#lib/contract/list";
import { member } from "#lib/contract/members";

export const contact = z.object({
  id: id("con"),
  name: z
    .string()
    .meta({ description: "For display and sorting: first and last name, else the e-mail address.", maxLength: 254 }),
  first_name: z.string().nullable(),
  last_name: z.string().nullable(),
  email: z.string().nullable(),
  phone: z.string().nullable(),
  title: z.string().nullable(),
  account_id: id("acc").nullable(),
  description: z.string().nullable(),
  tags: z.array(z.string()),
  external_id: z.string().nullable(),
  owner_id: id("mem"),
  do_not_contact: z.boolean(),
  version,
  created_at: instant,
  updated_at: instant,
  created_by: actor,
  updated_by: actor,
});

const fields = {
  first_name: orNull(line(100)).optional(),
  last_name: orNull(line(100)).optional(),
  email: keyOrNull(email).optional().meta({
    description:
      "Kept as written. Compared in lower case and by the domain's A-label; unique among the company's contacts.",
  }),
  phone: orNull(phone).optional(),
  title: orNull(line(150)).optional().meta({ description: "Their job title." }),
  account_id: keyOrNull(id("acc")).optional().meta({ description: "The account they belong to." }),
  description: orNull(text(longestText)).optional(),
  tags: tags.optional(),
  external_id: keyOrNull(key(128))
    .optional()
    .meta({ description: "Your own key; unique among the company's contacts." }),
  owner_id: id("mem").optional().meta({ description: "The member who looks after them." }),
  do_not_contact: z.boolean().optional().meta({ description: "Whether they asked not to be contacted." }),
};

export const contactPatch = z.strictObject(fields);

/** At least one of three says who it is. Looked at whatever else is wrong, so that one answer lists all faults. */
export const contactInput = z
  .strictObject({
    ...fields,
    owner_id: fields.owner_id.meta({ description: "The member who looks after them. Default: the caller." }),
    do_not_contact: fields.do_not_contact.meta({
      description: "Whether they asked not to be contacted. Default: `false`.",
    }),
  })
  .refine(({ first_name, last_name, email }) => Boolean(first_name || last_name || email), {
    params: { code: "required" },
    message: "Give at least one of first name, last name and e-mail address.",
    path: ["first_name"],
    when: ({ value }) => typeof value === "object" && value !== null && !Array.isArray(value),
  })
  .meta({
    anyOf: ["first_name", "last_name", "email"].map((name) => ({
      required: [name],
      properties: { [name]: { not: { type: "null" } } },
    })),
  });

export const contactList = {
  sorts: ["created_at", "updated_at", "name"],
  filters: {
    account_id: { schema: id("acc"), operators: ["eq", "in", "is_null"] },
    email: { schema: email, operators: ["eq", "in", "is_null"] },
    external_id: { schema: key(128), operators: ["eq", "in", "is_null"] },
    owner_id: { schema: id("mem"), operators: ["eq", "in"] },
    do_not_contact: {
      schema: z.enum(["true", "false"]).transform((value) => value === "true"),
      operators: ["eq"],
    },
    tags: tagFilter,
    created_at: instantFilter,
    updated_at: instantFilter,
  },
  search: "names, e-mail address, phone and, with accounts:read, the account's name",
  counted: true,
  includes: ["account", "owner"],
} as const;

const included = z.object({ accounts: z.array(account).optional(), members: z.array(member).optional() }).optional();

const record = {
  id: example("con"),
  name: "Ana Ruiz",
  first_name: "Ana",
  last_name: "Ruiz",
  email: "ana.ruiz@northwind.example.com",
  phone: "+1 555 0101",
  title: "Head of Purchasing",
  account_id: example("acc"),
  description: null,
  tags: ["newsletter"],
  external_id: null,
  owner_id: example("mem"),
  do_not_contact: false,
  version: 1,
  created_at: "2026-11-02T09:30:00.000Z",
  updated_at: "2026-11-02T09:30:00.000Z",
  created_by: { member_id: example("mem"), token_id: example("tok") },
  updated_by: { member_id: example("mem"), token_id: example("tok") },
};

const common = { tag: "Contacts", auth: "any", company: "required" } as const;

export const listContacts = endpoint({
  ...common,
  operation: "listContacts",
  method: "GET",
  path: "/contacts",
  summary: "List contacts",
  description: "The people that your company knows, newest first.",
  permission: "contacts:read",
  list: contactList,
  query: listParameters(contactList, Object.keys(contact.shape)),
  status: 200,
  output: page(contact).extend({ included }),
  example: {
    query: { limit: "1", "filter[email]": "ana.ruiz@northwind.example.com" },
    answer: { data: [record], pagination: { limit: 1, has_more: false, next_cursor: null } },
  },
});

export const createContact = endpoint({
  ...common,
  operation: "createContact",
  method: "POST",
  path: "/contacts",
  summary: "Create a contact",
  description: "Makes one contact. At least one of first name, last name and e-mail address is needed.",
  permission: "contacts:write",
  body: contactInput,
  status: 201,
  output: contact,
  versioned: true,
  location: (made) => `/contacts/${made.id}`,
  errors: ["duplicate"],
  example: {
    body: {
      first_name: "Ana",
      last_name: "Ruiz",
      email: "ana.ruiz@northwind.example.com",
      title: "Head of Purchasing",
    },
    answer: { ...record, account_id: null, phone: null, tags: [] },
  },
});

export const readContact = endpoint({
  ...common,
  operation: "readContact",
  method: "GET",
  path: "/contacts/{id}",
  summary: "Read a contact",
  description:
    "One contact, whole, or only the `fields` that you ask for; with `include`, related records under `included`.",
  permission: "contacts:read",
  params: byId(id("con")),
  query: z.strictObject({ fields: chosen(Object.keys(contact.shape)), include: chosen(contactList.includes) }),
  status: 200,
  output: contact.extend({ included }),
  versioned: true,
  example: { params: { id: example("con") }, answer: record },
});

export const updateContact = endpoint({
  ...common,
  operation: "updateContact",
  method: "PATCH",
  path: "/contacts/{id}",
  summary: "Update a contact",
  description:
    "Changes the fields that are sent (RFC 7396): an absent field stays, null clears. A change of nothing raises no version.",
  permission: "contacts:write",
  params: byId(id("con")),
  body: contactPatch,
  status: 200,
  output: contact,
  versioned: true,
  errors: ["duplicate"],
  example: {
    params: { id: example("con") },
    body: { phone: "+1 555 0102", do_not_contact: true },
    answer: { ...record, phone: "+1 555 0102", do_not_contact: true, version: 2 },
  },
});

export const deleteContact = endpoint({
  ...common,
  operation: "deleteContact",
  method: "DELETE",
  path: "/contacts/{id}",
  summary: "Delete a contact",
  description: "Deletes the contact for good.",
  permission: "contacts:write",
  params: byId(id("con")),
  status: 204,
  versioned: true,
  example: { params: { id: example("con") } },
});
