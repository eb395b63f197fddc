import { isConflict, isTooSlow, isUnavailable } from "#lib/db/faults";
import { AppError, Unavailable } from "#lib/errors";

/** Converts any error to an AppError. An unexpected error is our fault, never the caller's. */
export function toAppError(error: unknown): AppError {
  if (error instanceof AppError) return error;
  if (isConflict(error))
    return new AppError("conflict", "Another request changed the same records at the same time. Repeat this one.");
  if (isTooSlow(error))
    return unavailable("This took too long in the database. Narrow the search or the filters, or try again later.");
  if (isUnavailable(error)) {
    const detail = error instanceof Unavailable ? error.detail : undefined;
    return unavailable(detail ?? "RepDesk's database did not answer. Repeat the request in a few seconds.");
  }
  return new AppError(
    "internal_error",
    "Something broke on our side. Try again later. If it keeps happening, send the request ID to support.",
  );
}

export function unavailable(detail: string): AppError {
  return new AppError("unavailable", detail, { headers: { "Retry-After": "5" } });
}

/** Whether someone has to look into an error, so its cause is logged. */
export function isOurFault({ code }: AppError): boolean {
  return code === "internal_error" || code === "unavailable";
}
