import type { Entry } from "#lib/contract/errors";

/** The part of the table of errors that says who may not: 401 and 403. */
export const accessErrors = {
  unauthenticated: {
    status: 401,
    title: "Sign in or send a token",
    meaning: "The request carries no credential.",
    remedy: "Send Authorization: Bearer with an API token, or sign in.",
  },
  token_invalid: {
    status: 401,
    title: "The token is not valid",
    meaning:
      "The Authorization header holds no token that RepDesk knows: a typo, a part of a token, or one that never was. If the header has a wrong form, the detail names it.",
    remedy: "Follow the detail; otherwise copy the whole token again, or create a new one in My Settings, API Tokens.",
  },
  token_expired: {
    status: 401,
    title: "The token has expired",
    meaning: "The token was good until the date in the detail.",
    remedy: "Create a new token and put it in place of this one.",
  },
  token_revoked: {
    status: 401,
    title: "The token was revoked",
    meaning: "Its owner, an admin, or the token itself revoked it at the time in the detail.",
    remedy: "Ask whoever revoked it; if it was not meant for you, create a new token.",
  },
  member_inactive: {
    status: 401,
    title: "The member is not active",
    meaning: "The credential's owner was deactivated in, or removed from, the company, or cannot sign in any more.",
    remedy: "Ask an admin of the company; use a token of an active member.",
  },
  session_invalid: {
    status: 401,
    title: "The session has ended",
    meaning: "The session expired, or was signed out here or elsewhere.",
    remedy: "Refresh the session or sign in again.",
  },
  insufficient_scope: {
    status: 403,
    title: "The token's scopes do not allow this",
    meaning: "The token was not given the scope that this endpoint needs.",
    remedy: "Create a token with the scope named in the answer.",
  },
  forbidden_role: {
    status: 403,
    title: "Your role does not allow this",
    meaning: "The member's present role lacks the permission that this endpoint needs.",
    remedy: "Ask an admin of the company to do it or to change the role.",
  },
  company_mismatch: {
    status: 403,
    title: "The token belongs to another company",
    meaning: "The RepDesk-Company header names another company than the token's.",
    remedy: "Use a token that was created in that company, or leave the header out.",
  },
  company_suspended: {
    status: 403,
    title: "The company is suspended",
    meaning: "Nobody can work in this company for the time being.",
    remedy: "Write to support; nothing was deleted.",
  },
  not_a_member: {
    status: 403,
    title: "You are not a member of this company",
    meaning: "Your session is fine, but you belong to no company, or not to the one that you named.",
    remedy: "Name one of your companies, or make one with POST /api/v1/companies.",
  },
  session_required: {
    status: 403,
    title: "Only a signed-in person can do this",
    meaning: "A token cannot make or manage tokens or companies.",
    remedy: "Sign in to RepDesk and do it there, or send the session's access token.",
  },
  token_required: {
    status: 403,
    title: "Only an API token can ask this",
    meaning: "This endpoint answers about the token that calls it, and a session is not a token.",
    remedy: "Send an API token in the Authorization header.",
  },
  csrf_failed: {
    status: 403,
    title: "The request does not come from RepDesk's own pages",
    meaning: "A write with a session cookie must come from the same origin as the app.",
    remedy: "From a script or another site, use an API token in place of the cookie.",
  },
} as const satisfies Record<string, Entry>;
