import type { oas31 } from "zod-openapi";
import { registry } from "#lib/contract/registry";
import * as vocabulary from "#lib/vocabulary";
import { nameOf, recordOf } from "#scripts/api-docs/components";

const choice = (values: readonly string[], description: string) =>
  ({ type: "string", enum: [...values], description }) satisfies oas31.SchemaObject;

const order = (keys: readonly string[]) =>
  choice(
    keys.flatMap((key) => [key, `-${key}`]),
    "The order of a list; `-` means descending.",
  );

/** The lists of values that have a name in the document, so that a generated client has one type for each. */
export const choices: Record<string, ReturnType<typeof choice>> = {
  AccountType: choice(vocabulary.accountTypes, "What an account is to you."),
  NoteKind: choice(vocabulary.noteKinds, "What kind of note it is."),
  Role: choice(vocabulary.roles, "What a member may do in a company."),
  MemberStatus: choice(vocabulary.memberStatuses, "Whether a member still has access to the company."),
  Flag: choice(vocabulary.flags, "What a member may do in addition to the role."),
  Scope: choice(vocabulary.scopes, "What a token may do. A `:write` scope includes its `:read` scope."),
  Permission: choice(
    [...vocabulary.scopes, ...vocabulary.sessionPermissions],
    "A scope, or a permission that only sessions have.",
  ),
  TokenStatus: choice(vocabulary.tokenStatuses, "Whether a token works, and if not, why."),
  SignInKind: choice(vocabulary.signInKinds, "What happened."),
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
