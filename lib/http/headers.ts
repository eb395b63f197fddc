import { env } from "#lib/env";
import { isBehindNext } from "#lib/http/arrival";
import type { HttpContext } from "#lib/http/context";
import { limitHeaders } from "#lib/http/rate-limit";
import { addBeside, streamed } from "#lib/http/text-response";
import { tokenLimits } from "#lib/vocabulary";

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

/** When the calling token expires, and in its last days a warning. */
function expiryHeaders(expires_at: Date): Record<string, string> {
  const at = expires_at.toISOString();
  const isSoon = expires_at.getTime() - Date.now() < tokenLimits.warningDays * 86_400_000;
  return {
    "RepDesk-Token-Expires-At": at,
    ...(isSoon && { "RepDesk-Token-Warning": `This token expires on ${at}. Rotate it in My Settings, API Tokens.` }),
  };
}

/** Adds the headers that the response doesn't have yet. The front gets a text as it is, and Next a stream. */
export function finish(context: HttpContext, response: Response): Response {
  const all = { ...commonHeaders(context.id), ...limitHeaders(context.quotas) };
  if (context.company) all["RepDesk-Company"] = context.company.id;
  if (context.token?.expires_at) Object.assign(all, expiryHeaders(context.token.expires_at));
  // The response to HEAD is made of the response's own headers.
  const isDirect = !isBehindNext(context.request) && context.method !== "HEAD";
  if (isDirect && addBeside(response, all)) return response;
  const { headers } = response;
  for (const [name, value] of Object.entries(all)) if (!headers.has(name)) headers.set(name, value);
  return streamed(response);
}
