import type { Endpoint } from "#lib/contract/endpoint";
import { type ErrorCode, errorCodes, errors } from "#lib/contract/errors";
import { type Permission, permissionsOf, roles, type Scope, scopes } from "#lib/vocabulary";

/** Errors that any request can get. */
const everywhere: ErrorCode[] = [
  "invalid_parameter",
  "unknown_parameter",
  "credential_in_query",
  "not_acceptable",
  "uri_too_long",
  "rate_limited",
  "internal_error",
];

/** Errors about the credential. An endpoint for sessions authenticates a token, too, before it rejects it. */
const authentication: ErrorCode[] = [
  "unauthenticated",
  "token_invalid",
  "token_expired",
  "token_revoked",
  "token_rotated",
  "token_suspended",
  "member_inactive",
  "session_invalid",
  "unavailable",
];

const withBody: ErrorCode[] = [
  "invalid_json",
  "request_timeout",
  "payload_too_large",
  "unsupported_media_type",
  "validation_failed",
];
const withKey: ErrorCode[] = ["idempotency_key_invalid", "idempotency_in_progress", "idempotency_key_reused"];

function isScope(permission: Permission): permission is Scope {
  return (scopes as readonly Permission[]).includes(permission);
}

function ofCaller({ auth, method }: Endpoint): ErrorCode[] {
  if (auth === "none") return [];
  const kind: ErrorCode[] = auth === "session" ? ["session_required"] : auth === "token" ? ["token_required"] : [];
  return [...authentication, ...kind, ...(method === "GET" ? [] : (["csrf_failed", "conflict"] as const))];
}

/** The company is checked before the kind of credential. A token's own company is checked on every request. */
function ofCompany({ auth, company }: Endpoint): ErrorCode[] {
  if (auth === "none") return [];
  const ofToken: ErrorCode[] = ["ip_not_allowed", "company_mismatch", "company_suspended"];
  if (company === "none") return ofToken;
  return [...ofToken, "not_a_member", ...(company === "required" ? (["company_required"] as const) : [])];
}

function ofPermission({ auth, permission }: Endpoint): ErrorCode[] {
  if (permission === null) return [];
  const lacks = roles.some((role) => !permissionsOf(role).includes(permission));
  return [
    ...(isScope(permission) && auth !== "session" ? (["insufficient_scope"] as const) : []),
    ...(lacks ? (["forbidden_role"] as const) : []),
  ];
}

function ofInput(endpoint: Endpoint): ErrorCode[] {
  const { params, list, body } = endpoint;
  return [
    ...(list ? (["cursor_invalid"] as const) : []),
    ...(params ? (["not_found"] as const) : []),
    ...(body ? withBody : []),
    ...(takesKey(endpoint) ? withKey : []),
    ...(takesIfMatch(endpoint) ? (["invalid_header", "version_mismatch"] as const) : []),
  ];
}

/** Every code of an error that an endpoint may return: what follows from its declaration and what it names itself, in the table's order. */
export function errorCodesOf(endpoint: Endpoint): ErrorCode[] {
  const possible = new Set<ErrorCode>([
    ...everywhere,
    ...ofCaller(endpoint),
    ...ofCompany(endpoint),
    ...ofPermission(endpoint),
    ...ofInput(endpoint),
    ...(endpoint.errors ?? []),
    // The other record may be deleted before it is looked up.
    ...(endpoint.errors?.includes("duplicate") ? (["conflict"] as const) : []),
  ]);
  return errorCodes.filter((code) => possible.has(code));
}

/** Every status of an endpoint, and its error codes: none for success and 304. */
export function answersOf(endpoint: Endpoint): Map<number, ErrorCode[]> {
  const answers = new Map<number, ErrorCode[]>([[endpoint.status, []]]);
  if (isCached(endpoint)) answers.set(304, []);
  for (const code of errorCodesOf(endpoint)) {
    const { status } = errors[code];
    answers.set(status, [...(answers.get(status) ?? []), code]);
  }
  return new Map([...answers].sort(([a], [b]) => a - b));
}

/** Whether the endpoint accepts If-None-Match and can return 304: a single record with a version, or a shared response. */
export function isCached({ method, versioned, volatile, shared }: Endpoint): boolean {
  return method === "GET" && ((versioned === true && !volatile) || shared === true);
}

/** Whether the response has an ETag. */
export function hasEtag(endpoint: Endpoint): boolean {
  return endpoint.shared === true || (endpoint.versioned === true && endpoint.status !== 204);
}

/** Whether the endpoint accepts Idempotency-Key. Keys belong to a caller, so one without authentication ignores them. */
export function takesKey({ method, auth }: Endpoint): boolean {
  return method === "POST" && auth !== "none";
}

/** Whether the endpoint accepts If-Match. */
export function takesIfMatch({ method, versioned }: Endpoint): boolean {
  return versioned === true && (method === "PATCH" || method === "DELETE");
}
