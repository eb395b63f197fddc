import { z } from "zod";
import { company } from "#lib/contract/companies";
import { endpoint } from "#lib/contract/endpoint";
import { tokenSelf } from "#lib/contract/token";
import { example, id, line, version } from "#lib/nouns/values";
import { flags, roles, scopes, sessionPermissions } from "#lib/vocabulary";

export const me = z.object({
  user: z
    .object({
      id: z.string().meta({ description: "The user's ID.", example: example("usr"), maxLength: 36 }),
      email: z.string().meta({ description: "The email address that the user signs in with.", maxLength: 254 }),
    })
    .meta({ description: "The person who is signed in, or who owns the token." }),
  company: company
    .pick({ id: true, slug: true, name: true })
    .nullable()
    .meta({ description: "The company that the request runs in; `null` if there is none." }),
  member: z
    .object({
      id: id("mem"),
      name: z.string().meta({ description: "The member's name in this company.", maxLength: 100 }),
      email: z.string().meta({ description: "The member's email address.", maxLength: 254 }),
      role: z.enum(roles).meta({ description: "The member's role in this company." }),
      flags: z.array(z.enum(flags)).meta({ description: "What the member may do in addition to the role." }),
      version,
    })
    .nullable()
    .meta({ description: "The user as a member of the company; `null` without a company." }),
  permissions: z
    .array(z.enum([...scopes, ...sessionPermissions]))
    .meta({ description: "What this credential may do at this moment." }),
  signed_in_with: z.enum(["session", "token"]).meta({ description: "The kind of credential that was sent." }),
  token: tokenSelf
    .pick({ id: true, name: true, prefix: true, scopes: true, expires_at: true })
    .nullable()
    .meta({ description: "The token that was sent; `null` for a session." }),
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
  summary: "Read the caller",
  description:
    "Returns the user, the company, the role, and the permissions of the credential. It is the quickest way to check a token.",
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
  description: "Changes your name in this company, wherever it is shown.",
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
