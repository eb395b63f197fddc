import { env } from "#lib/env";
import { isBehindNext } from "#lib/http/arrival";
import type { HttpContext } from "#lib/http/context";
import { limitHeaders } from "#lib/http/rate-limit";
import { addBeside, streamed } from "#lib/http/text-response";

/** A browser that shows an API response loads nothing and doesn't frame it. */
const policy = "default-src 'none'; frame-ancestors 'none'";

/** The headers of every response. */
export function commonHeaders(id: string): Record<string, string> {
  return {
    "X-Request-Id": id,
    "Cache-Control": "private, no-store",
    Vary: "Authorization, Cookie, Origin",
    "X-Content-Type-Options": "nosniff",
    "Content-Security-Policy": policy,
    ...(env().APP_URL.startsWith("https://") && {
      "Strict-Transport-Security": "max-age=63072000; includeSubDomains",
    }),
  };
}

/** Adds the headers that the response doesn't have yet. The front gets a text as it is, and Next a stream. */
export function finish(context: HttpContext, response: Response): Response {
  const all = { ...commonHeaders(context.id), ...limitHeaders(context.quotas) };
  if (context.company) all["RepDesk-Company"] = context.company.id;
  // The response to HEAD is made of the response's own headers.
  const isDirect = !isBehindNext(context.request) && context.method !== "HEAD";
  if (isDirect && addBeside(response, all)) return response;
  const { headers } = response;
  for (const [name, value] of Object.entries(all)) if (!headers.has(name)) headers.set(name, value);
  return streamed(response);
}
