import type { z } from "zod";
import { createSchema, type oas31 } from "zod-openapi";
import * as accounts from "#lib/contract/accounts";
import * as companies from "#lib/contract/companies";
import * as contacts from "#lib/contract/contacts";
import * as fields from "#lib/contract/fields";
import * as list from "#lib/contract/list";
import * as me from "#lib/contract/me";
import * as members from "#lib/contract/members";
import * as root from "#lib/contract/root";
import * as signIns from "#lib/contract/sign-ins";
import * as tokens from "#lib/contract/tokens";
import { tidy } from "#scripts/api-docs/tidy";

export type Schema = oas31.SchemaObject;
export type Reference = oas31.ReferenceObject;

/** The answers that have a name in the document. */
const answers = {
  Root: root.readRoot.output,
  OpenApi: root.readOpenApi.output,
  Health: root.readHealth.output,
  Me: me.me,
  SignIn: signIns.signIn,
  SignInPage: signIns.listSignIns.output,
  Company: companies.company,
  CompanyPage: companies.listCompanies.output,
  Token: tokens.token,
  CreatedToken: tokens.tokenMade,
  CallingToken: tokens.tokenSelf,
  TokenPage: tokens.listTokens.output,
  Account: accounts.account,
  AccountDetail: accounts.readAccount.output,
  AccountPage: accounts.listAccounts.output,
  Contact: contacts.contact,
  ContactDetail: contacts.readContact.output,
  ContactPage: contacts.listContacts.output,
  Member: members.member,
  Actor: fields.actor,
  Pagination: list.pagination,
};

/** The bodies that have a name in the document. */
const bodies = {
  MePatch: me.mePatch,
  CompanyInput: companies.companyInput,
  TokenInput: tokens.tokenInput,
  TokenPatch: tokens.tokenPatch,
  AccountInput: accounts.accountInput,
  AccountPatch: accounts.accountPatch,
  ContactInput: contacts.contactInput,
  ContactPatch: contacts.contactPatch,
};

/** Where an answer's fields have their limits from: the body that they once were sent in. */
const sentAs: Partial<Record<keyof typeof answers, keyof typeof bodies>> = {
  Me: "MePatch",
  Company: "CompanyInput",
  Token: "TokenInput",
  CreatedToken: "TokenInput",
  CallingToken: "TokenInput",
  Account: "AccountPatch",
  AccountDetail: "AccountPatch",
  ContactDetail: "ContactPatch",
  Contact: "ContactPatch",
};

/** A schema as it stands on the wire: the side of a codec that is JSON, both in requests and in answers. */
export function requestSchema(schema: z.ZodType): Schema {
  return tidy(createSchema(schema, { io: "input" }).schema as Schema, "request");
}

/** A reference to a named schema. Throws for a schema that has no name, so that none is forgotten. */
export function reference(schema: z.ZodType): Reference {
  const named = Object.entries({ ...answers, ...bodies }).find(([, each]) => each === schema);
  if (!named) throw new Error("A body or an answer has no name: give it one in scripts/api-docs/schemas.ts.");
  return { $ref: `#/components/schemas/${named[0]}` };
}

/** All named schemas. */
export function namedSchemas(): Record<string, Schema> {
  const named: Record<string, Schema> = {};
  for (const [name, schema] of Object.entries(bodies)) named[name] = requestSchema(schema);
  for (const [name, schema] of Object.entries(answers)) {
    const { components } = createSchema(schema, { io: "input", schemaComponents: answers });
    named[name] = tidy(components[name] as Schema, "answer");
  }
  for (const [answer, body] of Object.entries(sentAs)) inheritLimits(named[answer] as Schema, named[body] as Schema);
  return named;
}

/** Gives an answer's fields what is known of them from the body: limits, and words that do not only concern who sends it. */
function inheritLimits(answer: Schema, body: Schema): void {
  for (const [name, field] of Object.entries(answer.properties ?? {}) as [string, Schema][]) {
    const source = body.properties?.[name] as Schema | undefined;
    if (!source || field.$ref) continue;
    for (const key of ["maxLength", "maxItems", "pattern"] as const)
      if (source[key] !== undefined) field[key] = source[key] as never;
    if (!field.description && source.description) field.description = source.description;
    if (source.items) field.items = { ...(field.items as Schema), ...(source.items as Schema) };
  }
}
