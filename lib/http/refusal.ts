import { AuthError, AuthUnavailable } from "#lib/auth/request";
import { Refused } from "#lib/db/company";
import { isConflict, isTooSlow, isUnavailable } from "#lib/db/faults";
import { DomainError } from "#lib/domain/errors";
import { unavailable } from "#lib/http/exchange";
import { Refusal } from "#lib/http/problem";

/** Every error as a refusal with a code. What nobody foresaw is our fault, never the caller's. */
export function refusalOf(error: unknown): Refusal {
  if (error instanceof Refusal) return error;
  if (error instanceof DomainError || error instanceof AuthError)
    return new Refusal(error.code, error.detail, extraOf(error));
  if (error instanceof Refused)
    return new Refusal(error.code, error.detail, error.companies ? { companies: error.companies } : {});
  if (isConflict(error))
    return new Refusal("conflict", "Another request changed the same records at the same time. Repeat this one.");
  if (isTooSlow(error))
    return unavailable("This took too long in the database. Narrow the search or the filters, or try again later.");
  if (error instanceof AuthUnavailable || isUnavailable(error)) {
    return unavailable("RepDesk's database or sign-in service did not answer. Repeat the request in a few seconds.");
  }
  return new Refusal(
    "internal_error",
    "Something broke on our side. Repeat the request later, and send support the request id if it stays.",
  );
}

function extraOf(error: DomainError | AuthError) {
  if (error instanceof AuthError) return {};
  const { errors, existing_id, required } = error.extra;
  return { ...(errors && { errors }), ...(existing_id && { existing_id }), ...(required && { required }) };
}
