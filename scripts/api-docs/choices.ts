import type { oas31 } from "zod-openapi";
import { registry } from "#lib/contract/registry";
import {
  accountTypes,
  flags,
  memberStatuses,
  noteKinds,
  roles,
  scopes,
  sessionPermissions,
  signInKinds,
  tokenStatuses,
} from "#lib/vocabulary";
import { nameOf, recordOf } from "#scripts/api-docs/components";

type Choice = oas31.SchemaObject & { enum: string[] };

const choice = (values: readonly string[], description: string): Choice => ({
  type: "string",
  enum: [...values],
  description,
});

const order = (keys: readonly string[]) =>
  choice(
    keys.flatMap((key) => [key, `-${key}`]),
    "The order of a list; `-` means descending.",
  );

/** The lists of values that have a name in the document, so that a generated client has one type for each. */
export const choices: Record<string, Choice> = {
  AccountType: choice(accountTypes, "What an account is to you."),
  NoteKind: choice(noteKinds, "What kind of note it is."),
  Role: choice(roles, "What a member may do in a company."),
  MemberStatus: choice(memberStatuses, "Whether a member still has access to the company."),
  Flag: choice(flags, "What a member may do in addition to the role."),
  Scope: choice(scopes, "What a token may do. A `:write` scope includes its `:read` scope."),
  Permission: choice([...scopes, ...sessionPermissions], "A scope, or a permission that only sessions have."),
  TokenStatus: choice(tokenStatuses, "Whether a token works, and if not, why."),
  SignInKind: choice(signInKinds, "What happened."),
  RecordSort: order(["created_at", "updated_at", "name"]),
  NamedSort: order(["created_at", "name"]),
};

for (const endpoint of registry) {
  if (!endpoint.list) continue;
  const noun = nameOf(recordOf(endpoint));
  choices[`${noun}Field`] = choice(Object.keys(recordOf(endpoint).shape), "A field of the record.");
  const { includes } = endpoint.list;
  if (includes) choices[`${noun}Include`] = choice(includes, "A related record to include.");
}

/** The name of a list of values, if it has one. */
export function choiceName(values: readonly unknown[]): string | undefined {
  return Object.keys(choices).find((name) => choices[name]?.enum.join() === values.join());
}
