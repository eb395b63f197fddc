/** The words of the product: roles, permissions, scopes, kinds. Plain constants that every room may read. */

export const roles = ["user", "manager", "admin"] as const;
export type Role = (typeof roles)[number];

export const flags = ["crm_export"] as const;
export type Flag = (typeof flags)[number];

export const memberStatuses = ["active", "deactivated", "removed"] as const;
export type MemberStatus = (typeof memberStatuses)[number];

export const tokenStatuses = ["active", "suspended", "expired", "revoked"] as const;
export type TokenStatus = (typeof tokenStatuses)[number];

/** What a person finds in their sign-in activity. */
export const signInKinds = [
  "signed_in",
  "sign_in_failed",
  "signed_out",
  "others_signed_out",
  "password_changed",
  "password_change_failed",
  "recovery_requested",
  "password_reset",
] as const;
export type SignInKind = (typeof signInKinds)[number];

/** How long sign-in activity is kept. The database deletes it. */
export const signInDays = 90;

/** What is kept of a token's usage: the days, the requests, and the clients. The database deletes older ones. */
export const tokenUsageLimits = { days: 90, requests: 100, clients: 5 } as const;

export const accountTypes = ["prospect", "customer", "partner", "vendor", "other"] as const;
export type AccountType = (typeof accountTypes)[number];

/** The kinds of record that a company keeps, each declared in `lib/nouns`: its plural, and the prefix of its ids. */
export const nounNames = {
  account: { plural: "accounts", prefix: "acc" },
  contact: { plural: "contacts", prefix: "con" },
  note: { plural: "notes", prefix: "not" },
} as const;
export type NounName = keyof typeof nounNames;
export type NounPlural = (typeof nounNames)[NounName]["plural"];
export type NounPrefix = (typeof nounNames)[NounName]["prefix"];

export const noteKinds = ["note", "call", "email", "meeting"] as const;
export type NoteKind = (typeof noteKinds)[number];

/** What a token may be given: reading and writing each kind of record, reading who the members are, and replacing its own secret. */
export type Scope = `${NounPlural}:${"read" | "write"}` | "members:read" | "tokens:rotate";
export const scopes: readonly Scope[] = [
  ...Object.values(nounNames).flatMap(({ plural }) => [`${plural}:read`, `${plural}:write`] as const),
  "members:read",
  "tokens:rotate",
];

/** How a list can be filtered by a field. */
export const operators = ["eq", "ne", "in", "gt", "gte", "lt", "lte", "is_null", "any", "all", "none"] as const;
export type Operator = (typeof operators)[number];

/** Held by sessions only; no token can be given one. */
export const sessionPermissions = ["tokens:own", "tokens:all", "members:write", "policy:write"] as const;

export type Permission = Scope | (typeof sessionPermissions)[number];

const everyone: readonly Permission[] = [...scopes, "tokens:own"];

const byRole: Record<Role, readonly Permission[]> = {
  user: everyone,
  manager: everyone,
  admin: [...everyone, "tokens:all", "members:write", "policy:write"],
};

/** The scopes with what they include: `contacts:write` includes `contacts:read`. */
export function withIncluded(granted: readonly Scope[]): Scope[] {
  return scopes.filter(
    (scope) => granted.includes(scope) || granted.includes(scope.replace(":read", ":write") as Scope),
  );
}

/** What a role may do in a session. */
export function permissionsOf(role: Role): readonly Permission[] {
  return byRole[role];
}

/** What a caller may do now: a session all that its role holds, a token its scopes as far as the role still holds them. */
export function effectivePermissions(role: Role, tokenScopes: readonly Scope[] | null): Permission[] {
  const held = permissionsOf(role);
  return tokenScopes === null ? [...held] : withIncluded(tokenScopes).filter((scope) => held.includes(scope));
}

export const tokenLimits = {
  ...{ perMember: 50, nameLength: 80, reasonLength: 200, addresses: 20 },
  ...{ defaultDays: 90, maxDays: 365, warningDays: 14, listedDays: 400, restorableMinutes: 60 },
} as const;

/** A new secret that isn't used lapses. */
export const rotationLimits = { overlapHours: 168, defaultOverlapHours: 24, lapseDays: 30 } as const;

/** Why a secret stopped working: another one replaced it, a person ended its rotation, or others may know it. */
export const endsOfSecrets = ["replaced", "canceled", "exposed"] as const;
export type EndOfSecret = (typeof endsOfSecrets)[number];

/** An account with more contacts cannot be deleted: each contact is changed in the same request. */
export const accountLimits = { contactsAtDeletion: 10_000 } as const;

/** A record with more notes cannot be deleted: each note is deleted in the same request. */
export const noteLimits = { bodyLength: 50_000, atDeletion: 10_000 } as const;

/** What may be wrong with one field, parameter or header. */
export const faultCodes = [
  "required",
  "unknown_field",
  "read_only",
  "invalid_type",
  "invalid_format",
  "invalid_enum",
  "too_short",
  "too_long",
  "out_of_range",
  "too_many_items",
  "not_unique",
  "reference_not_found",
  "blank",
  "not_grantable",
  "contains_token",
] as const;
export type FaultCode = (typeof faultCodes)[number];

/** First path segments that are, or may become, pages of our own. */
// biome-ignore format: a word list reads better in rows
export const reservedSlugs: readonly string[] = [
  "about", "account", "accounts", "admin", "api", "app", "assets", "auth", "billing", "blog", "company", "companies", "confirm",
  "contact", "contacts", "deals", "demo", "developers", "docs", "download", "favicon", "forgotten-password", "health", "help",
  "home", "invite", "invitations", "join", "legal", "login", "logout", "mail", "new", "new-company", "news", "null", "oauth", "pricing",
  "privacy", "profile", "public", "repdesk", "reset-password", "root", "security", "settings", "sign-in", "sign-out", "sign-up",
  "signin", "signout", "signup", "static", "status", "support", "system", "tasks", "team", "terms", "undefined", "user",
  "users", "welcome", "www",
];
