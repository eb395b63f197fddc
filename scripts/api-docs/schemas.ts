import type { z } from "zod";
import { createSchema, type oas31 } from "zod-openapi";
import * as companies from "#lib/contract/companies";
import * as list from "#lib/contract/list";
import * as me from "#lib/contract/me";
import * as members from "#lib/contract/members";
import { accountEndpoints, contactEndpoints } from "#lib/contract/records";
import { registry } from "#lib/contract/registry";
import * as root from "#lib/contract/root";
import * as signIns from "#lib/contract/sign-ins";
import * as tokens from "#lib/contract/tokens";
import * as fields from "#lib/nouns/values";
import { accountTypes, flags, roles, scopes, sessionPermissions, signInKinds, tokenStatuses } from "#lib/vocabulary";
import { tidy } from "#scripts/api-docs/tidy";
import { propertyWords } from "#scripts/api-docs/words";

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
  Account: accountEndpoints.record,
  AccountDetail: accountEndpoints.read.output,
  AccountPage: accountEndpoints.list.output,
  Contact: contactEndpoints.record,
  ContactDetail: contactEndpoints.read.output,
  ContactPage: contactEndpoints.list.output,
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
  AccountInput: accountEndpoints.create.body,
  AccountPatch: accountEndpoints.update.body,
  ContactInput: contactEndpoints.create.body,
  ContactPatch: contactEndpoints.update.body,
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

/** The answers whose records a caller may ask for in part, with `fields`: each has a second schema that requires the id alone. */
const inParts: Partial<Record<keyof typeof answers, string>> = {
  Account: "AccountPart",
  AccountDetail: "AccountPart",
  Contact: "ContactPart",
  ContactDetail: "ContactPart",
  Token: "TokenPart",
  SignIn: "SignInPart",
};

/** Lists of values that have a name in the document, wherever they stand. */
const choices: Record<string, { values: readonly string[]; description: string }> = {
  AccountType: { values: accountTypes, description: "What an account is to you." },
  Role: { values: roles, description: "What a member may do in a company." },
  Flag: { values: flags, description: "What a member may do beyond the role." },
  Scope: { values: scopes, description: "What a token may do. A `:write` includes its `:read`." },
  Permission: { values: [...scopes, ...sessionPermissions], description: "A scope, or what only a session may do." },
  TokenStatus: { values: tokenStatuses, description: "Whether a token works, and if not, why." },
  SignInKind: { values: signInKinds, description: "What happened." },
  AccountField: { values: Object.keys(accountEndpoints.record.shape), description: "A field of an account." },
  ContactField: { values: Object.keys(contactEndpoints.record.shape), description: "A field of a contact." },
  TokenField: { values: Object.keys(tokens.token.shape), description: "A field of a token." },
  AccountInclude: { values: accountEndpoints.list.list.includes, description: "What an account brings along." },
  ContactInclude: { values: contactEndpoints.list.list.includes, description: "What a contact brings along." },
  RecordSort: {
    values: accountEndpoints.list.list.sorts.flatMap((key) => [key, `-${key}`]),
    description: "The order of a list, with `-` descending.",
  },
};

/** A schema as it stands on the wire: the side of a codec that is JSON, both in requests and in answers. */
export function requestSchema(schema: z.ZodType): Schema {
  const rendered = tidy(createSchema(schema, { io: "input" }).schema as Schema, "request");
  describe(rendered);
  return rendered;
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
    const rows = named[name]?.properties?.data as Schema | undefined;
    const isList = registry.some((endpoint) => endpoint.list && endpoint.output === schema);
    if (isList && rows) rows.items = wholeOrPart(rows.items as Reference);
  }
  for (const [answer, body] of Object.entries(sentAs)) inheritLimits(named[answer] as Schema, named[body] as Schema);
  for (const schema of Object.values(named)) describe(schema);
  for (const [whole, part] of Object.entries(inParts))
    named[part] = { ...named[whole], required: ["id"], description: "A record with the fields that were asked for." };
  for (const [name, { values, description }] of Object.entries(choices))
    named[name] = { type: "string", enum: [...values], description };
  return named;
}

/** Gives every property words, its own or those of its name. */
function describe(schema: Schema): void {
  for (const [name, property] of Object.entries(schema.properties ?? {}) as [string, Schema][]) {
    property.description ??= propertyWords[name];
    describe(property);
  }
}

/** A record as it is answered where `fields` is taken: whole, or in part. */
export function wholeOrPart({ $ref }: Reference): Schema | Reference {
  const part = inParts[$ref.split("/").at(-1) as keyof typeof answers];
  return part ? { anyOf: [{ $ref }, { $ref: `#/components/schemas/${part}` }] } : { $ref };
}

/** The same with each list of values that has a name replaced by its reference. The named schemas themselves stay. */
export function withChoices<T>(node: T, at: string[] = []): T {
  if (Array.isArray(node)) return node.map((each) => withChoices(each, at)) as T;
  if (node === null || typeof node !== "object") return node;
  const { type, enum: values, ...rest } = node as Schema;
  const name = Object.keys(choices).find((each) => choices[each]?.values.join() === values?.join());
  if (type === "string" && name && at.join() !== `components,schemas,${name}`)
    return { $ref: `#/components/schemas/${name}`, ...rest } as T;
  return Object.fromEntries(Object.entries(node).map(([key, value]) => [key, withChoices(value, [...at, key])])) as T;
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
