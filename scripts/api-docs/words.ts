import type { Endpoint } from "#lib/contract/endpoint";
import { type Permission, permissionsOf, roles, type Scope, scopes } from "#lib/vocabulary";

/** Sentences that both documents share. */

export function isScope(permission: Permission): permission is Scope {
  return (scopes as readonly Permission[]).includes(permission);
}

/** Who may call an endpoint. */
export function callersOf({ auth, permission, company }: Endpoint): string {
  if (auth === "none") return "No authentication.";
  const callers = {
    any: "Takes an API token or a session.",
    session: "Takes a session only, as a cookie or as a bearer token.",
    token: "Takes an API token only.",
  }[auth];
  return [callers, needsOf(permission), company === "none" ? "Not tied to a company." : ""].filter(Boolean).join(" ");
}

function needsOf(permission: Permission | null): string {
  if (permission === null) return "";
  const holders = roles.filter((role) => permissionsOf(role).includes(permission));
  const held = holders.length === roles.length ? "every role has" : `the role ${holders.join(" or ")} has`;
  return isScope(permission)
    ? `A token needs the scope \`${permission}\`, which ${held}.`
    : `Requires the permission \`${permission}\`, which ${held}.`;
}

/** `a`, `b`, `c`, each as code. */
export function codes(names: readonly string[]): string {
  return names.map((name) => `\`${name}\``).join(", ");
}

/** What a property of this name means in every record that has no description of its own for it. */
export const propertyWords: Readonly<Record<string, string>> = {
  id: "The ID.",
  first_name: "First name.",
  last_name: "Last name.",
  website: "The address of the website, with `http://` or `https://`.",
  phone: "Phone number, as written.",
  industry: "What the company does.",
  type: "What the company is to you.",
  description: "Text of any number of lines.",
  created_at: "When it was created.",
  updated_at: "When it was last changed.",
  created_by: "Who created it.",
  updated_by: "Who changed it last.",
  member_id: "The member.",
  token_id: "The API token that was used; `null` for a session.",
  data: "The records of this page.",
  pagination: "Where this page is in the list.",
  included: "The related records that `include` asked for, each once.",
  accounts: "The accounts that the records refer to.",
  contacts: "The contacts that the records refer to.",
  members: "The members that the records refer to.",
  limit: "The most records that a page can have.",
  has_more: "Whether there is another page.",
};
