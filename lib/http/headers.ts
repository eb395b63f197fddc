import { env } from "#lib/env";
import type { Exchange } from "#lib/http/exchange";
import { limitHeaders } from "#lib/http/rate-limit";

/** An answer is no page: if a browser is led to show one, it loads nothing and stands in no frame. */
const policy = "default-src 'none'; frame-ancestors 'none'";

/** The headers of every answer. */
export function finish(exchange: Exchange, response: Response): Response {
  const { headers } = response;
  const set = (name: string, value: string) => {
    if (!headers.has(name)) headers.set(name, value);
  };
  headers.set("X-Request-Id", exchange.id);
  set("Cache-Control", "private, no-store");
  set("Vary", "Authorization, Cookie, Origin");
  set("X-Content-Type-Options", "nosniff");
  set("Content-Security-Policy", policy);
  if (env().APP_URL.startsWith("https://")) set("Strict-Transport-Security", "max-age=63072000; includeSubDomains");
  if (exchange.company) headers.set("RepDesk-Company", exchange.company.id);
  for (const [name, value] of Object.entries(limitHeaders(exchange.standings))) set(name, value);
  return response;
}
