/** An error code's entry in the table. */
export type Entry = {
  status: number;
  /** The problem's `title` (RFC 9457): the same for every occurrence. */
  title: string;
  /** For the help page: what it means and what to do, in a sentence each. */
  meaning: string;
  remedy: string;
};

/** The errors of authentication and permission: 401 and 403. */
export const accessErrors = {
  unauthenticated: {
    status: 401,
    title: "Sign in or send a token",
    meaning: "The request has no credential.",
    remedy: "Send Authorization: Bearer with an API token, or sign in.",
  },
  token_invalid: {
    status: 401,
    title: "The token is not valid",
    meaning:
      "The Authorization header has no token that RepDesk knows. It may be mistyped or incomplete. If the header is malformed, the detail says how.",
    remedy: "Follow the detail. Otherwise copy the whole token again, or create a new one in My Settings, API Tokens.",
  },
  token_expired: {
    status: 401,
    title: "The token has expired",
    meaning: "The token was valid until the date in the detail.",
    remedy: "Create a new token and replace this one with it.",
  },
  token_revoked: {
    status: 401,
    title: "The token was revoked",
    meaning:
      "The owner, an admin, a request with the token itself, or a report that it leaked revoked it at the time in the detail.",
    remedy: "Find out who revoked it and why. If you still need access, create a new token.",
  },
  token_rotated: {
    status: 401,
    title: "This secret of the token has ended",
    meaning: "The token was rotated, and this is not the secret that works now. The detail says why and since when.",
    remedy: "Use the token's other secret. If you don't have it, rotate the token again in My Settings, API Tokens.",
  },
  token_suspended: {
    status: 401,
    title: "The token is suspended",
    meaning: "The owner or an admin has suspended the token. The detail says when and, if they gave one, the reason.",
    remedy: "Ask them to resume it in My Settings, API Tokens.",
  },
  member_inactive: {
    status: 401,
    title: "The member is not active",
    meaning: "The owner of the credential was deactivated in or removed from the company, or can no longer sign in.",
    remedy: "Ask an admin of the company, or use a token of an active member.",
  },
  session_invalid: {
    status: 401,
    title: "The session has ended",
    meaning: "The session has expired or was signed out.",
    remedy: "Refresh the session or sign in again.",
  },
  insufficient_scope: {
    status: 403,
    title: "The token doesn't have the required scope",
    meaning: "The token was created without the scope that this endpoint requires.",
    remedy: "Create a token with the scope that the response names.",
  },
  forbidden_role: {
    status: 403,
    title: "Your role doesn't allow this",
    meaning: "Your current role doesn't have the permission that this endpoint requires.",
    remedy: "Ask an admin of the company to do it, or to change your role.",
  },
  ip_not_allowed: {
    status: 403,
    title: "The token can't be used from this address",
    meaning: "The token works only from certain networks, and the request came from another one.",
    remedy: "Send the request from an allowed network, or have the token's owner change its allowed addresses.",
  },
  company_mismatch: {
    status: 403,
    title: "The token belongs to another company",
    meaning: "The RepDesk-Company header doesn't name the token's company.",
    remedy: "Use a token that was created in that company, or remove the header.",
  },
  company_suspended: {
    status: 403,
    title: "The company is suspended",
    meaning: "Nobody can work in this company at the moment.",
    remedy: "Write to support. No data was deleted.",
  },
  not_a_member: {
    status: 403,
    title: "You are not a member of this company",
    meaning: "You don't belong to the company that you named, or to any company.",
    remedy: "Name one of your companies, or create one with POST /api/v1/companies.",
  },
  session_required: {
    status: 403,
    title: "Only a signed-in person can do this",
    meaning: "An API token can't create or manage tokens or companies.",
    remedy: "Do it in RepDesk, or send the access token of a session.",
  },
  token_required: {
    status: 403,
    title: "This endpoint requires an API token",
    meaning: "The endpoint returns the token that makes the request, and a session is not a token.",
    remedy: "Send an API token in the Authorization header.",
  },
  csrf_failed: {
    status: 403,
    title: "The request doesn't come from RepDesk's own pages",
    meaning: "A write with a session cookie must come from the same origin as the app.",
    remedy: "From a script or another site, use an API token instead of the cookie.",
  },
} as const satisfies Record<string, Entry>;
