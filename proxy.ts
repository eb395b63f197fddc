import { type NextRequest, NextResponse } from "next/server";
import { type SessionCookie, setCookies, storedSessionOf, withCookies } from "#lib/auth/cookie";
import { AuthRefusal } from "#lib/auth/errors";
import { refresh } from "#lib/auth/refresh";
import { contentSecurityPolicy } from "#lib/csp";
import { env } from "#lib/env";

/** Pages only. The API and the doors answer for themselves, and a proxy before them would cut long bodies. */
export const config = {
  matcher: ["/((?!api(?:/|$)|auth(?:/|$)|_next/static|favicon\\.ico$|icon\\.svg$|apple-icon\\.png$).*)"],
};

/** A session that ends sooner than this is refreshed before the page is made. */
const marginSeconds = 30;

/** Refreshes the session cookie and sets the security headers. It guards nothing: every page asks for itself. */
export async function proxy(request: NextRequest): Promise<Response> {
  if (isApiAlias(request.nextUrl.pathname)) return NextResponse.rewrite(new URL("/api", request.url));
  const nonce = Buffer.from(crypto.getRandomValues(new Uint8Array(16))).toString("base64");
  const policy = contentSecurityPolicy(nonce, env().NODE_ENV === "development");

  const cookies = await freshCookies(request.headers);
  const headers = withCookies(request.headers, cookies);
  headers.set("x-nonce", nonce);
  headers.set("x-host", new URL(env().APP_URL).host);
  headers.set("x-pathname", request.nextUrl.pathname + request.nextUrl.search);
  headers.set("content-security-policy", policy);

  const response = NextResponse.next({ request: { headers } });
  setCookies(response.headers, cookies);
  for (const [name, value] of Object.entries(securityHeaders(policy, request.nextUrl.pathname)))
    response.headers.set(name, value);
  return response;
}

/** `/API/v1/contacts` and the like: no page either, so the API says that there is no such endpoint. */
function isApiAlias(pathname: string): boolean {
  return /^\/(?:a|%61|%41)(?:p|%70|%50)(?:i|%69|%49)(?:\/|$)/i.test(pathname);
}

/** The cookies to set: a refreshed session's, or the ends of one that is over. The sign-in service away, all stays as it is. */
async function freshCookies(headers: Headers): Promise<SessionCookie[]> {
  const stored = await storedSessionOf(headers);
  if (stored === "absent") return [];
  if (stored !== "broken" && stored.expires_at * 1000 > Date.now() + marginSeconds * 1000) return [];
  try {
    return (await refresh(headers)).cookies;
  } catch (error) {
    return error instanceof AuthRefusal ? error.cookies : [];
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
