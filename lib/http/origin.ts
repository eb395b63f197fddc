import { env } from "#lib/env";
import { AppError } from "#lib/errors";

/**
 * Requires that a write with a session cookie comes from our own pages. Throws `csrf_failed` otherwise.
 * `Sec-Fetch-Site` decides if the browser sends it. `none` is an action of the person, or of an extension, which sends an Origin.
 * Without either header, the request is rejected.
 */
export function requireSameOrigin(headers: Headers): void {
  const site = headers.get("sec-fetch-site");
  const origin = headers.get("origin");
  const ours = origin === env().APP_URL;
  const isOurs = site === null ? ours : site === "same-origin" || (site === "none" && (origin === null || ours));
  if (!isOurs) {
    throw new AppError(
      "csrf_failed",
      "A write with a session cookie must come from RepDesk's own pages. From elsewhere, use an API token.",
    );
  }
}
