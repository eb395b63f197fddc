import { z } from "zod";
import { endpoint } from "#lib/contract/endpoint";
import { pagination } from "#lib/contract/list";
import { example, id, instant, key, line } from "#lib/nouns/values";
import { reservedSlugs, roles } from "#lib/vocabulary";

const slugPattern = /^[a-z0-9](?:[a-z0-9-]*[a-z0-9])?$/;

export const company = z.object({
  id: id("cmp"),
  slug: z.string().meta({ description: "The company's name in URLs.", maxLength: 40, pattern: slugPattern.source }),
  name: z.string().meta({ description: "The company's name.", maxLength: 100 }),
  role: z.enum(roles).meta({ description: "Your role in the company." }),
  suspended_at: instant.nullable().meta({ description: "When it was suspended; `null` if it isn't." }),
  created_at: instant,
});

export const companyInput = z.strictObject({
  name: line(100).meta({ description: "The company's name." }),
  slug: key(40, 3)
    .regex(slugPattern, "Use a to z, 0 to 9, and hyphens between them.")
    .refine((value) => !reservedSlugs.includes(value), "RepDesk uses this slug for its own pages. Choose another one.")
    .meta({ description: "The company's name in URLs: a to z, 0 to 9, and hyphens between them. Unique in RepDesk." }),
});

const record = {
  id: example("cmp"),
  slug: "acme",
  name: "Acme",
  role: "admin",
  suspended_at: null,
  created_at: "2026-11-02T09:00:00.000Z",
};

const common = { tag: "Companies", auth: "session", company: "none", permission: null } as const;

export const listCompanies = endpoint({
  ...common,
  operation: "listCompanies",
  method: "GET",
  path: "/companies",
  summary: "List your companies",
  description: "Returns the companies in which you are an active member, sorted by name. The list is always one page.",
  status: 200,
  output: z.object({ data: z.array(company), pagination }),
  example: { answer: { data: [record], pagination: { limit: 200, has_more: false, next_cursor: null } } },
});

export const createCompany = endpoint({
  ...common,
  operation: "createCompany",
  method: "POST",
  path: "/companies",
  summary: "Create a company",
  description: "Creates a company with you as its admin.",
  body: companyInput,
  status: 201,
  output: company,
  errors: ["duplicate", "limit_reached"],
  example: {
    body: { name: "Acme West", slug: "acme-west" },
    answer: { ...record, name: "Acme West", slug: "acme-west" },
  },
});
