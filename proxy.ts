import { type NextRequest, NextResponse } from "next/server";
import { endingCookies, type SessionCookie, setCookies, storedSessionOf, withCookies } from "#lib/auth/cookie";
import { type RefreshLimit, refresh } from "#lib/auth/refresh";
import { contentSecurityPolicy } from "#lib/csp";
import { env } from "#lib/env";
import { isAppError } from "#lib/errors";
import { limitedPage, secondsOf, takePageView } from "#lib/http/page-limit";
import { contextOfPage } from "#lib/http/page-requests";
import { refreshLimit } from "#lib/http/refresh-limit";
import { nowhere } from "#lib/http/resource";

/** Pages only. The API and the sign-in endpoints answer for themselves, and a proxy before them would cut long bodies. */
export const config = {
  matcher: [
    "/((?!api(?:/|$)|auth(?:/|$)|_next/static|favicon\\.ico$|icon\\.svg$|apple-icon\\.png$|robots\\.txt$|sitemap\\.xml$).*)",
  ],
};

/** Limits page views, refreshes the session cookie and sets the security headers. It guards nothing: every page authenticates. */
export async function proxy(request: NextRequest): Promise<Response> {
  const { pathname } = request.nextUrl;
  // Answered here: a rewrite would be fetched over the network.
  if (isApiAlias(pathname)) return nowhere().GET(request, { params: Promise.resolve({}) });
  const nonce = Buffer.from(crypto.getRandomValues(new Uint8Array(16))).toString("base64");
  const policy = contentSecurityPolicy(nonce, env().NODE_ENV === "development");

  const context = contextOfPage(request.headers);
  const { session_id, cookies, wait } = await freshSession(request.headers, refreshLimit(context));
  const seconds = wait || (await takePageView(context, session_id));
  if (seconds > 0) context.code = "rate_limited";
  const response = seconds > 0 ? limitedPage(seconds, nonce) : next(request, cookies, nonce, policy);
  setCookies(response.headers, cookies);
  for (const [name, value] of Object.entries(securityHeaders(policy, pathname))) response.headers.set(name, value);
  return response;
}

/** Passes the request on to the page, with what the page needs to know. */
function next(request: NextRequest, cookies: SessionCookie[], nonce: string, policy: string): NextResponse {
  const headers = withCookies(request.headers, cookies);
  headers.set("x-nonce", nonce);
  headers.set("x-host", new URL(env().APP_URL).host);
  headers.set("x-pathname", request.nextUrl.pathname + request.nextUrl.search);
  headers.set("content-security-policy", policy);
  return NextResponse.next({ request: { headers } });
}

/** `/API/v1/contacts` and the like: not pages either, so the API says that there is no such endpoint. */
function isApiAlias(pathname: string): boolean {
  return /^\/(?:a|%61|%41)(?:p|%70|%50)(?:i|%69|%49)(?:\/|$)/i.test(pathname);
}

/** `cookies` are to be set: those of a refreshed session, or those that end one. `wait`: seconds, if it was refreshed too often. */
type Fresh = { session_id: string | null; cookies: SessionCookie[]; wait: number };

/** The session of the cookie, verified, and refreshed if it is about to expire. If the auth server is away, all stays as it is. */
async function freshSession(headers: Headers, limit: RefreshLimit): Promise<Fresh> {
  const none = { session_id: null, cookies: [], wait: 0 };
  if ((await storedSessionOf(headers)) === "absent") return none;
  try {
    return { ...(await refresh(headers, limit)), wait: 0 };
  } catch (error) {
    if (isAppError(error, "session_invalid")) return { ...none, cookies: endingCookies(headers) };
    return { ...none, wait: isAppError(error, "rate_limited") ? secondsOf(error) : 0 };
  }
}

function securityHeaders(policy: string, pathname: string): Record<string, string> {
  const https = env().APP_URL.startsWith("https:") && env().NODE_ENV === "production";
  return {
    "Content-Security-Policy": policy,
    "X-Content-Type-Options": "nosniff",
    // The page of mailed links has the link's secret in its URL.
    "Referrer-Policy": pathname === "/confirm" ? "no-referrer" : "same-origin",
    "Permissions-Policy": "camera=(), geolocation=(), microphone=(), payment=(), usb=()",
    "Cross-Origin-Opener-Policy": "same-origin",
    ...(https && { "Strict-Transport-Security": "max-age=63072000; includeSubDomains" }),
  };
}
