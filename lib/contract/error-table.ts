import { accessErrors } from "#lib/contract/access-errors";
import type { Entry } from "#lib/contract/errors";

/** Every error code with its status and text: for the API's answers, the OpenAPI document, `docs/PUBLIC_API.md`, and the help page. */
export const errorTable = {
  malformed_request: {
    status: 400,
    title: "The request is not valid HTTP",
    meaning: "The request line, a header, the path, or the framing of the body breaks a rule of HTTP.",
    remedy: "Send the request with an HTTP library; percent-encode what you put into a path.",
  },
  invalid_json: {
    status: 400,
    title: "The request body is not valid JSON",
    meaning: "The body could not be read as one JSON document in UTF-8, or it repeats a key or nests too deeply.",
    remedy:
      "Send the body through a JSON serializer; the detail says where reading stopped, at which character, and what it looks like.",
  },
  invalid_parameter: {
    status: 400,
    title: "A query parameter is not valid",
    meaning:
      "A parameter has a value that this endpoint does not take, is malformed, or takes one value and appears twice in the URL.",
    remedy: "Fix the parameters listed under errors.",
  },
  unknown_parameter: {
    status: 400,
    title: "A query parameter is not known here",
    meaning: "The URL has a parameter that this endpoint does not have; nothing is ignored in silence.",
    remedy: "Remove it, or use one of the parameters that the detail names.",
  },
  invalid_header: {
    status: 400,
    title: "A request header is not valid",
    meaning: "A header such as If-Match does not have the form that the contract gives.",
    remedy: "Fix the header listed under errors.",
  },
  cursor_invalid: {
    status: 400,
    title: "The cursor does not belong to this list",
    meaning: "A cursor is good for the list it came from: the same company, sort and filters.",
    remedy: "Start again without a cursor, and change no other parameter while you follow next_cursor.",
  },
  credential_in_query: {
    status: 400,
    title: "A credential stands in the URL",
    meaning: "URLs end up in logs and histories, so RepDesk takes no credential from them.",
    remedy: "Send the token in the Authorization header, and revoke it if the URL may have been logged.",
  },
  company_required: {
    status: 400,
    title: "Name the company",
    meaning: "You belong to more than one company, and the request does not say which one it is for.",
    remedy: "Add the header RepDesk-Company with one of the ids or slugs listed under companies.",
  },
  idempotency_key_invalid: {
    status: 400,
    title: "The idempotency key is not valid",
    meaning: "An Idempotency-Key has 1 to 255 printable ASCII characters.",
    remedy: "Use a UUID, a new one for each thing you make.",
  },
  ...accessErrors,
  not_found: {
    status: 404,
    title: "Not found",
    meaning: "There is no such record in this company, or it was deleted.",
    remedy: "Check the id, and that the token belongs to the company you mean.",
  },
  route_not_found: {
    status: 404,
    title: "No such endpoint",
    meaning: "The path is not part of this API.",
    remedy: "Compare the path with the reference; paths are lower case and have no trailing slash.",
  },
  method_not_allowed: {
    status: 405,
    title: "The method is not allowed here",
    meaning: "The path exists, but not with this method.",
    remedy: "Use one of the methods in the Allow header.",
  },
  not_acceptable: {
    status: 406,
    title: "Only JSON can be answered",
    meaning: "The Accept header excludes application/json.",
    remedy: "Leave the Accept header out, or send application/json.",
  },
  request_timeout: {
    status: 408,
    title: "The request body took too long",
    meaning: "The body has to be complete within 8 seconds.",
    remedy: "Repeat the request on a better connection, or send less at a time.",
  },
  duplicate: {
    status: 409,
    title: "There is one already",
    meaning: "Another record of this company has the same value in a field that must be unique.",
    remedy: "Use or update the record named by existing_id, or send another value.",
  },
  conflict: {
    status: 409,
    title: "Somebody else was quicker",
    meaning: "A concurrent request changed the same thing, or what this idempotency key created was deleted since.",
    remedy: "Read the record again and repeat the request; after a deletion, use a new idempotency key.",
  },
  limit_reached: {
    status: 409,
    title: "A limit is reached",
    meaning: "The company or member has as many of these as is allowed.",
    remedy: "Revoke or delete one first; the detail names the limit.",
  },
  has_dependents: {
    status: 409,
    title: "Too many records depend on this one",
    meaning: "Other records refer to this one, more of them than one request can change.",
    remedy: "Delete those records, or point them to another one, first; the detail says how many there are.",
  },
  idempotency_in_progress: {
    status: 409,
    title: "The first request is still running",
    meaning: "A request with the same idempotency key has not finished yet.",
    remedy: "Wait a second and repeat the request with the same key.",
  },
  version_mismatch: {
    status: 412,
    title: "The record has changed since you read it",
    meaning: "If-Match names a version that is no longer the present one.",
    remedy: "Read the record, apply your change to it, and send its new ETag.",
  },
  payload_too_large: {
    status: 413,
    title: "The request body is too large",
    meaning: "A body may have at most 1 MB, in at most 10,000 chunks, and at most 10,000 values.",
    remedy: "Send less at a time, in larger chunks.",
  },
  uri_too_long: {
    status: 414,
    title: "The URL is too long",
    meaning: "Path and query together may have at most 8,192 characters.",
    remedy: "Use fewer or shorter parameters.",
  },
  unsupported_media_type: {
    status: 415,
    title: "The body must be JSON",
    meaning:
      "The body is not labeled as application/json (a PATCH may be application/merge-patch+json), or is compressed.",
    remedy: "Send Content-Type: application/json and no Content-Encoding.",
  },
  expectation_failed: {
    status: 417,
    title: "The expectation cannot be met",
    meaning: "The Expect header asks for something other than 100-continue.",
    remedy: "Leave the Expect header out, or send 100-continue.",
  },
  validation_failed: {
    status: 422,
    title: "The request body is not valid",
    meaning: "The body is JSON, but some of its fields are not as the contract says.",
    remedy: "Fix the fields listed under errors.",
  },
  idempotency_key_reused: {
    status: 422,
    title: "The idempotency key was used for another request",
    meaning: "The same key came before with another body.",
    remedy: "Use a new key for each thing you make; repeat a key only with the very same request.",
  },
  rate_limited: {
    status: 429,
    title: "Too many requests",
    meaning: "The allowance of the token, the company or the address is used up for now.",
    remedy: "Wait for the seconds in Retry-After, then go on more slowly.",
  },
  headers_too_large: {
    status: 431,
    title: "The request headers are too large",
    meaning: "The request line and the headers may have at most 16 KB together.",
    remedy: "Send fewer or shorter headers and cookies.",
  },
  internal_error: {
    status: 500,
    title: "Something broke on our side",
    meaning: "An unforeseen fault; it is logged under the request id.",
    remedy: "Repeat the request later; if it stays, send support the request id.",
  },
  unavailable: {
    status: 503,
    title: "RepDesk cannot answer right now",
    meaning: "The database or the sign-in service did not answer in time.",
    remedy: "Repeat the request after the seconds in Retry-After; with an idempotency key nothing happens twice.",
  },
} as const satisfies Record<string, Entry>;
