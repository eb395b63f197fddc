import { z } from "zod";
import { company } from "#lib/contract/companies";
import { endpoint } from "#lib/contract/endpoint";
import { tokenSelf } from "#lib/contract/tokens";
import { example, id, line, version } from "#lib/nouns/values";
import { flags, roles, scopes, sessionPermissions } from "#lib/vocabulary";

export const me = z.object({
  user: z.object({
    id: z.string().meta({ example: example("usr"), maxLength: 36 }),
    email: z.string().meta({ maxLength: 254 }),
  }),
  company: company.pick({ id: true, slug: true, name: true }).nullable(),
  member: z
    .object({
      id: id("mem"),
      name: z.string().meta({ maxLength: 100 }),
      email: z.string().meta({ maxLength: 254 }),
      role: z.enum(roles),
      flags: z.array(z.enum(flags)),
      version,
    })
    .nullable(),
  permissions: z
    .array(z.enum([...scopes, ...sessionPermissions]))
    .meta({ description: "What this very credential may do now." }),
  signed_in_with: z.enum(["session", "token"]),
  token: tokenSelf.pick({ id: true, name: true, prefix: true, scopes: true, expires_at: true }).nullable(),
});

export const mePatch = z.strictObject({
  name: line(100).meta({ description: "Your name in this company." }).optional(),
});

const record = {
  user: { id: example("usr"), email: "admin@acme.example.com" },
  company: { id: example("cmp"), slug: "acme", name: "Acme" },
  member: {
    id: example("mem"),
    name: "Ana Ruiz",
    email: "admin@acme.example.com",
    role: "admin",
    flags: [],
    version: 1,
  },
  permissions: ["contacts:read"],
  signed_in_with: "token",
  token: {
    id: example("tok"),
    name: "Nightly sync",
    prefix: "rdk_7Fh2kQ9xLmAb",
    scopes: ["contacts:read"],
    expires_at: "2027-01-31T09:30:00.000Z",
  },
};

export const readMe = endpoint({
  tag: "You",
  operation: "readMe",
  method: "GET",
  path: "/me",
  summary: "Who am I",
  description:
    "The user, the company, the role and what this credential may do. The quickest proof that a token works.",
  auth: "any",
  company: "optional",
  permission: null,
  status: 200,
  output: me,
  example: { answer: record },
});

export const updateMe = endpoint({
  tag: "You",
  operation: "updateMe",
  method: "PATCH",
  path: "/me",
  summary: "Change your name",
  description: "Changes your name in this company. Records that you made show it from then on.",
  auth: "session",
  company: "required",
  permission: null,
  body: mePatch,
  status: 200,
  output: me,
  example: {
    body: { name: "Ana Ruiz" },
    answer: { ...record, signed_in_with: "session", token: null, permissions: ["contacts:read", "contacts:write"] },
  },
});
