import type { Endpoint } from "#lib/contract/endpoint";
import { type Permission, permissionsOf, roles, type Scope, scopes } from "#lib/vocabulary";

/** Sentences that both documents share, made from the declarations. */

/** The record that a path names: `/auth/tokens/{id}` is a token. */
export function recordOf(path: string): string {
  const collection = path.split("/").findLast((part) => part && !part.startsWith("{")) ?? "record";
  return collection.replace(/ies$/, "y").replace(/s$/, "");
}

export function isScope(permission: Permission): permission is Scope {
  return (scopes as readonly Permission[]).includes(permission);
}

/** Who may call an endpoint, in one sentence or two. */
export function callersOf({ auth, permission, company }: Endpoint): string {
  if (auth === "none") return "Open to everybody, without a credential.";
  const what = {
    any: "An API token or a session.",
    session: "A session only: its cookie, or its access token as Bearer.",
    token: "An API token only.",
  }[auth];
  return [what, needsOf(permission), company === "none" ? "No company is involved." : ""].filter(Boolean).join(" ");
}

function needsOf(permission: Permission | null): string {
  if (permission === null) return "";
  const holders = roles.filter((role) => permissionsOf(role).includes(permission));
  const held = holders.length === roles.length ? "every role holds" : `held by the role ${holders.join(" or ")}`;
  return isScope(permission)
    ? `A token needs the scope \`${permission}\`; ${held} it.`
    : `Needs the permission \`${permission}\`, which ${held}.`;
}

/** `a`, `b` and `c`, each as code. */
export function codes(names: readonly string[]): string {
  return names.map((name) => `\`${name}\``).join(", ");
}
