import { type AppError, isAppError } from "#lib/errors";
import type { RequestContext } from "#lib/http/context";
import { take } from "#lib/http/rate-limit";

/**
 * Takes a page view from the quota of its session, as an API call does, or of its network. Returns the seconds to wait before the page
 * can be requested again; 0 if it can be shown now.
 */
export async function takePageView(context: RequestContext, session_id: string | null): Promise<number> {
  try {
    if (session_id !== null) await take("credential", session_id, context);
    else await take("address", context.network, context);
    return 0;
  } catch (error) {
    if (isAppError(error, "rate_limited")) return secondsOf(error);
    throw error;
  }
}

/** The seconds to wait, from the error's `Retry-After`. */
export function secondsOf({ extra }: AppError): number {
  return Number(new Headers(extra.headers).get("retry-after"));
}

/** The page shown instead of one that was requested too often. It reloads by itself. */
export function limitedPage(seconds: number, nonce: string): Response {
  const wait = seconds === 1 ? "1 second" : `${seconds} seconds`;
  const html = `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta http-equiv="refresh" content="${seconds}">
<title>Too many page views · RepDesk</title>
<link rel="icon" href="/icon.svg" type="image/svg+xml">
<style nonce="${nonce}">${style}</style>
</head>
<body>
<main>
<h1>Too many page views</h1>
<p>You opened more pages than RepDesk allows in a short time. Nothing is lost. This page tries again in ${wait}.</p>
<p><a href="">Try again now</a></p>
</main>
</body>
</html>`;
  return new Response(html, {
    status: 429,
    headers: {
      "Content-Type": "text/html; charset=utf-8",
      "Cache-Control": "no-store",
      "Retry-After": String(seconds),
    },
  });
}

/** Looks like pages outside a company, without their style sheet, whose file name only Next knows. */
const style = `
:root { color-scheme: light dark; font: 14px/20px system-ui, sans-serif; }
body { margin: 0; padding: 12vh 16px 32px; background: light-dark(#f8fbfb, #0c1012);
  color: light-dark(oklch(0.25 0.015 220), oklch(0.94 0.006 220)); }
main { box-sizing: border-box; max-width: 440px; margin: 0 auto; padding: 24px 32px; border-radius: 8px;
  border: 1px solid light-dark(oklch(0.905 0.008 220), oklch(0.315 0.014 220));
  background: light-dark(oklch(1 0 0), oklch(0.205 0.01 220)); }
h1 { margin: 0 0 8px; font-size: 24px; line-height: 32px; font-weight: 600; }
p { margin: 0 0 16px; text-wrap: pretty; } p:last-child { margin: 0; }
a { color: light-dark(oklch(0.46 0.078 205), oklch(0.78 0.105 200)); }
a:focus-visible { outline: 2px solid light-dark(oklch(0.52 0.088 205), oklch(0.8 0.11 200)); outline-offset: 2px; }
@media (max-width: 639px) { main { padding: 16px; } }`;
