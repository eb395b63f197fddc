import { env } from "#lib/env";
import { AppError } from "#lib/errors";

/**
 * Proves that a write with a session cookie comes from our own pages. Throws `csrf_failed` otherwise.
 * A browser's word (`Sec-Fetch-Site`) counts; `none` is a person's own doing, or an extension's, which has an Origin;
 * where neither header stands, nothing is proven.
 */
export function requireSameOrigin(headers: Headers): void {
  const site = headers.get("sec-fetch-site");
  const origin = headers.get("origin");
  const ours = origin === env().APP_URL;
  const proven = site === null ? ours : site === "same-origin" || (site === "none" && (origin === null || ours));
  if (!proven) {
    throw new AppError(
      "csrf_failed",
      "A write with a session cookie must come from RepDesk's own pages. From elsewhere, use an API token.",
    );
  }
}
