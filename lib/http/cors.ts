import { env } from "#lib/env";

/** The response headers that a script on a listed origin can read. */
const exposed = [
  ...["Accept-Patch", "Allow", "ETag", "Idempotent-Replayed", "Link", "Location", "RateLimit", "RateLimit-Policy"],
  ...[
    "RepDesk-Company",
    "RepDesk-Token-Expires-At",
    "RepDesk-Token-Warning",
    "Retry-After",
    "WWW-Authenticate",
    "X-Request-Id",
  ],
].join(", ");
const accepted = "Authorization, Content-Type, Idempotency-Key, If-Match, If-None-Match, RepDesk-Company, X-Request-Id";

/**
 * CORS for the origins that the operator lists, matched byte for byte. Credentials are never allowed, since a listed origin uses a
 * token, not a person's cookie.
 */
export function corsHeaders(request: Request, allowedMethods: string): Record<string, string> {
  const origin = request.headers.get("origin");
  if (origin === null || !env().CORS_ORIGINS.includes(origin)) return {};
  const shared = { "Access-Control-Allow-Origin": origin, "Access-Control-Expose-Headers": exposed };
  if (request.method !== "OPTIONS" || !request.headers.has("access-control-request-method")) return shared;
  return {
    ...shared,
    "Access-Control-Allow-Methods": allowedMethods,
    "Access-Control-Allow-Headers": accepted,
    "Access-Control-Max-Age": "600",
  };
}
