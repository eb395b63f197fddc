import { z } from "zod";
import { endpoint } from "#lib/contract/endpoint";
import { listParameters, pageSchema } from "#lib/contract/list";
import { email, example, id, instant } from "#lib/nouns/values";
import { memberStatuses, roles } from "#lib/vocabulary";

/** A member that a record refers to. */
export const member = z.object({
  id: id("mem"),
  name: z.string().meta({ description: "The member's name.", maxLength: 100 }),
});

export const listedMember = member.extend({
  email: z
    .string()
    .nullable()
    .meta({ description: "The member's email address; `null` if it was erased.", maxLength: 254 }),
  role: z.enum(roles).meta({ description: "The member's role in the company." }),
  status: z.enum(memberStatuses).meta({ description: "Whether the member still has access to the company." }),
  created_at: instant.meta({ description: "When the member joined." }),
});

const options = {
  sorts: ["created_at", "name"],
  filters: {
    id: { schema: id("mem"), operators: ["eq", "in"] },
    email: { schema: email, operators: ["eq", "in"] },
    role: { schema: z.enum(roles), operators: ["eq", "in"] },
    status: { schema: z.enum(memberStatuses), operators: ["eq", "in"] },
  },
  search: "names and email addresses",
  counted: true,
} as const;

export const listMembers = endpoint({
  tag: "Members",
  operation: "listMembers",
  method: "GET",
  path: "/members",
  summary: "List members",
  description:
    "Returns the people in your company, newest first by default. The list includes members who have left, so you can look up the name for any `owner_id` or `created_by`. Only an active member can own a record.",
  auth: "any",
  company: "required",
  permission: "members:read",
  list: options,
  query: listParameters(options, Object.keys(listedMember.shape)),
  status: 200,
  output: pageSchema(listedMember),
  example: {
    query: { "filter[status]": "active", sort: "name", limit: "25" },
    answer: {
      data: [
        {
          id: example("mem"),
          name: "Ana Ruiz",
          email: "admin@acme.example.com",
          role: "admin",
          status: "active",
          created_at: "2026-11-02T09:00:00.000Z",
        },
      ],
      pagination: { limit: 25, has_more: false, next_cursor: null },
    },
  },
});
