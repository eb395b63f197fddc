import { z } from "zod";
import { endpoint } from "#lib/contract/endpoint";
import { pagination } from "#lib/contract/list";
import { example, id, instant, key, line } from "#lib/nouns/values";
import { reservedSlugs, roles } from "#lib/vocabulary";

export const company = z.object({
  id: id("cmp"),
  slug: z.string().meta({ description: "The company's name in URLs.", maxLength: 40 }),
  name: z.string().meta({ maxLength: 100 }),
  role: z.enum(roles).meta({ description: "Your role in it." }),
  suspended_at: instant.nullable(),
  created_at: instant,
});

export const companyInput = z.strictObject({
  name: line(100),
  slug: key(40, 3)
    .regex(/^[a-z0-9](?:[a-z0-9-]*[a-z0-9])?$/, "Only a to z, 0 to 9 and, between them, hyphens.")
    .refine((value) => !reservedSlugs.includes(value), "This one is kept for RepDesk's own pages. Choose another.")
    .meta({ description: "3 to 40 characters of a to z, 0 to 9 and hyphens; unique in RepDesk." }),
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
  description: "The companies that you are an active member of, by name. There are few: the list is one page.",
  status: 200,
  output: z.object({ data: z.array(company), pagination }),
  example: { answer: { data: [record], pagination: { limit: 200, has_more: false, next_cursor: null } } },
});

export const createCompany = endpoint({
  ...common,
  operation: "createCompany",
  method: "POST",
  path: "/companies",
  summary: "Make a company",
  description: "Makes a company and makes you its admin.",
  body: companyInput,
  status: 201,
  output: company,
  errors: ["duplicate", "limit_reached"],
  example: {
    body: { name: "Acme West", slug: "acme-west" },
    answer: { ...record, name: "Acme West", slug: "acme-west" },
  },
});
