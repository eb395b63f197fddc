import { accessErrors, type Entry } from "#lib/contract/access-errors";

/** Every error code with its status and texts, for the API's answers, its documents, and the help page. */
export const errorTable = {
  malformed_request: {
    status: 400,
    title: "The request is not valid HTTP",
    meaning: "The request line, a header, the path, or the framing of the body breaks a rule of HTTP.",
    remedy: "Use an HTTP library to send the request, and percent-encode values that you put in the path.",
  },
  invalid_json: {
    status: 400,
    title: "The request body is not valid JSON",
    meaning: "The body isn't one JSON document in UTF-8, repeats a key, or is nested too deeply.",
    remedy: "Create the body with a JSON library. The detail says where parsing stopped and why.",
  },
  invalid_parameter: {
    status: 400,
    title: "A query parameter is not valid",
    meaning: "A parameter has a value that this endpoint doesn't accept, is malformed, or appears more than once.",
    remedy: "Fix the parameters listed in errors.",
  },
  unknown_parameter: {
    status: 400,
    title: "A query parameter is unknown",
    meaning: "The URL has a parameter that this endpoint doesn't have.",
    remedy: "Remove it, or use one of the parameters that the detail lists.",
  },
  invalid_header: {
    status: 400,
    title: "A request header is not valid",
    meaning: "A header such as If-Match doesn't have the required form.",
    remedy: "Fix the header listed in errors.",
  },
  cursor_invalid: {
    status: 400,
    title: "The cursor doesn't belong to this list",
    meaning: "A cursor works only for the list that it came from, with the same company, sort, search, and filters.",
    remedy: "Start again without a cursor, and change no other parameter while you follow next_cursor.",
  },
  search_too_broad: {
    status: 400,
    title: "The search is too broad",
    meaning:
      "So many records have to be compared for this search, these filters, and this order that it would take several seconds.",
    remedy: "Add a word or a filter, or sort by another field.",
  },
  credential_in_query: {
    status: 400,
    title: "The URL contains a credential",
    meaning: "URLs are stored in logs and histories, so RepDesk doesn't accept credentials in them.",
    remedy: "Send the token in the Authorization header. Revoke it if the URL may have been logged.",
  },
  company_required: {
    status: 400,
    title: "Name the company",
    meaning: "You belong to more than one company, and the request doesn't say which one it is for.",
    remedy: "Add the header RepDesk-Company with the ID or slug of one of the companies in the response.",
  },
  idempotency_key_invalid: {
    status: 400,
    title: "The idempotency key is not valid",
    meaning: "An Idempotency-Key has 1 to 255 printable ASCII characters.",
    remedy: "Use a UUID, and a new one for each record that you create.",
  },
  ...accessErrors,
  not_found: {
    status: 404,
    title: "Not found",
    meaning: "The company has no such record, or it was deleted.",
    remedy: "Check the ID, and that the token belongs to the right company.",
  },
  route_not_found: {
    status: 404,
    title: "No such endpoint",
    meaning: "The path is not part of this API.",
    remedy: "Compare the path with the reference. Paths are in lower case and have no trailing slash.",
  },
  method_not_allowed: {
    status: 405,
    title: "The method is not allowed here",
    meaning: "The path exists, but not with this method.",
    remedy: "Use one of the methods in the Allow header.",
  },
  not_acceptable: {
    status: 406,
    title: "Only JSON is available",
    meaning: "The Accept header excludes application/json.",
    remedy: "Remove the Accept header, or send application/json.",
  },
  request_timeout: {
    status: 408,
    title: "The request body took too long",
    meaning: "The body must arrive within 8 seconds.",
    remedy: "Repeat the request on a faster connection, or send less at a time.",
  },
  duplicate: {
    status: 409,
    title: "The record already exists",
    meaning: "Another record of this company has the same value in a field that must be unique.",
    remedy: "Use or update the record that existing_id names, or send another value.",
  },
  conflict: {
    status: 409,
    title: "A concurrent request got in the way",
    meaning:
      "Another request changed the same record at the same time, or the record that this idempotency key created was deleted.",
    remedy: "Read the record again and repeat the request. After a deletion, use a new idempotency key.",
  },
  limit_reached: {
    status: 409,
    title: "The limit is reached",
    meaning: "The company or the member already has as many of these as allowed.",
    remedy: "Revoke or delete one first. The detail names the limit.",
  },
  rotation_in_progress: {
    status: 409,
    title: "A rotation is in progress",
    meaning: "The token already has a new secret, and the old one hasn't ended yet.",
    remedy: "Finish or cancel that rotation first, or wait until the old secret ends.",
  },
  token_ended: {
    status: 409,
    title: "The token has ended",
    meaning: "An expired or revoked token can't be used again. A revocation can be undone only for a short time.",
    remedy: "Create a new token.",
  },
  has_dependents: {
    status: 409,
    title: "Too many records depend on this one",
    meaning: "More records refer to this one than one request can change.",
    remedy: "Delete those records or move them to another one first. The detail says how many there are.",
  },
  idempotency_in_progress: {
    status: 409,
    title: "The first request is still running",
    meaning: "A request with the same idempotency key hasn't finished yet.",
    remedy: "Wait a second, then repeat the request with the same key.",
  },
  version_mismatch: {
    status: 412,
    title: "The record has changed since you read it",
    meaning: "If-Match names a version that is no longer the current one.",
    remedy: "Read the record, apply your change to it, and send its new ETag.",
  },
  payload_too_large: {
    status: 413,
    title: "The request body is too large",
    meaning: "A body can have at most 1 MB, 10,000 chunks, and 10,000 values.",
    remedy: "Send less at a time, in larger chunks.",
  },
  uri_too_long: {
    status: 414,
    title: "The URL is too long",
    meaning: "The path and the query can have at most 8,192 characters together.",
    remedy: "Send fewer or shorter parameters.",
  },
  unsupported_media_type: {
    status: 415,
    title: "The body must be JSON",
    meaning:
      "The Content-Type isn't application/json (for PATCH, also application/merge-patch+json), or the body is compressed.",
    remedy: "Send Content-Type: application/json and no Content-Encoding.",
  },
  expectation_failed: {
    status: 417,
    title: "The expectation cannot be met",
    meaning: "The Expect header asks for something other than 100-continue.",
    remedy: "Remove the Expect header, or send 100-continue.",
  },
  validation_failed: {
    status: 422,
    title: "The request body is not valid",
    meaning: "The body is JSON, but some of its fields aren't valid.",
    remedy: "Fix the fields listed in errors.",
  },
  idempotency_key_reused: {
    status: 422,
    title: "The idempotency key was used for another request",
    meaning: "The same key was sent before with another body.",
    remedy: "Use a new key for each record that you create, and repeat a key only with exactly the same request.",
  },
  rate_limited: {
    status: 429,
    title: "Too many requests",
    meaning: "The quota of the token, the company, or the network is used up.",
    remedy: "Wait for the number of seconds in Retry-After, then send requests more slowly.",
  },
  headers_too_large: {
    status: 431,
    title: "The request headers are too large",
    meaning: "The request line and the headers can have at most 16 KB together.",
    remedy: "Send fewer or shorter headers and cookies.",
  },
  internal_error: {
    status: 500,
    title: "RepDesk had an internal error",
    meaning: "RepDesk couldn't handle the request. The error is logged with the request ID.",
    remedy: "Try again later. If it happens again, send the request ID to support.",
  },
  unavailable: {
    status: 503,
    title: "RepDesk is temporarily unavailable",
    meaning: "The database or the sign-in service didn't answer in time.",
    remedy:
      "Repeat the request after the number of seconds in Retry-After. Repeat a POST with the same idempotency key.",
  },
} as const satisfies Record<string, Entry>;
