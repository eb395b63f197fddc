import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { createChunks, stringToBase64URL } from "@supabase/ssr";
import { SignJWT } from "jose";
import { afterAll, beforeEach, expect, test, vi } from "vitest";

const settings: Record<string, string | undefined> = {
  APP_URL: "http://localhost:3000",
  SUPABASE_PUBLISHABLE_KEY: "key",
  SUPABASE_JWT_SECRET: "a-secret-of-more-than-32-characters-for-tests",
};
vi.mock("#lib/env", () => ({ env: () => settings }));

/** The fake sign-in service's response to every request. */
let answer: { status: number; body: object; wait?: number };
let asked: string[] = [];
const server = createServer(async (request, response) => {
  let body = "";
  for await (const chunk of request) body += chunk;
  asked.push(`${request.method} ${request.url} ${body}`);
  setTimeout(() => {
    response.writeHead(answer.status, { "content-type": "application/json" }).end(JSON.stringify(answer.body));
  }, answer.wait ?? 0);
});
await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
afterAll(() => server.close());

const { tooManyTries } = await import("#lib/auth/errors");
const { AppError } = await import("#lib/errors");
const { refresh: limitedRefresh } = await import("#lib/auth/refresh");
const refresh = (headers: Headers, limit = async () => {}) => limitedRefresh(headers, limit);

const session_id = crypto.randomUUID();
const signed = (secret: string, expires: number | string = 1) =>
  new SignJWT({ session_id, role: "authenticated" })
    .setProtectedHeader({ alg: "HS256" })
    .setSubject(crypto.randomUUID())
    .setAudience("authenticated")
    .setExpirationTime(expires)
    .sign(new TextEncoder().encode(secret));
/** Expired long ago, but signed by the service. */
const old = await signed(String(settings.SUPABASE_JWT_SECRET));
const madeUp = await signed("another-secret-of-more-than-32-characters");

let count = 0;
/** Headers with a new session for each test, so that tests don't share refreshes. */
function headersOf(pad = "", name?: string, access_token = old): Headers {
  count += 1;
  const stored = { access_token, refresh_token: name ?? `r${count}`, expires_at: 1, user: { name: pad } };
  const chunks = createChunks("repdesk-session-3000", `base64-${stringToBase64URL(JSON.stringify(stored))}`);
  return new Headers({ cookie: chunks.map((chunk) => `${chunk.name}=${chunk.value}`).join("; ") });
}

const fresh = {
  access_token: "new",
  refresh_token: "next",
  token_type: "bearer",
  expires_in: 3600,
  expires_at: 2e9,
  user: { id: "u" },
};
/** The error of a failed refresh, and the cookies that it sets. */
const rejected = async (refreshing: Promise<unknown>) => {
  const error = await refreshing.then(
    () => new Error("it was refreshed"),
    (error: Error) => error,
  );
  if (!(error instanceof AppError)) return { name: error.name };
  return { code: error.code, cookies: new Headers(error.extra.headers).getSetCookie() };
};
const refused = (headers: Headers) => rejected(refresh(headers));
const ends = (name: string) => expect.stringMatching(new RegExp(`^${name}=;.* Max-Age=0;|^${name}=; Max-Age=0;`));

beforeEach(() => {
  settings.SUPABASE_URL = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  answer = { status: 200, body: fresh };
  asked = [];
});

test("a cookie that the service didn't sign ends the session without asking the service", async () => {
  expect(await refused(headersOf("", undefined, madeUp))).toMatchObject({ code: "session_invalid" });
  expect(asked).toEqual([]);
});

test("a token that isn't about to expire is not refreshed, whatever the rest of the cookie says", async () => {
  const good = await signed(String(settings.SUPABASE_JWT_SECRET), "1h");
  expect(await refresh(headersOf("", undefined, good))).toEqual({ access_token: good, session_id, cookies: [] });
  expect(asked).toEqual([]);
  const ending = await signed(String(settings.SUPABASE_JWT_SECRET), "20s");
  expect(await refresh(headersOf("", undefined, ending))).toMatchObject({ access_token: "new" });
});

test("a session over its rate limit stays, and the service is not asked", async () => {
  const limited: string[] = [];
  const limit = async (...[id]: [string?]) => {
    limited.push(String(id));
    throw tooManyTries("Wait.");
  };
  expect(await rejected(refresh(headersOf(), limit))).toEqual({ code: "rate_limited", cookies: [] });
  expect([limited, asked]).toEqual([[session_id], []]);
});

test("a refresh asks once and returns the new session's cookie", async () => {
  const { access_token, cookies } = await refresh(headersOf());
  expect(access_token).toBe("new");
  expect(cookies).toMatchObject([
    { name: "repdesk-session-3000", options: { httpOnly: true, sameSite: "lax", path: "/" } },
  ]);
  expect(asked).toEqual([
    expect.stringMatching(/^POST \/auth\/v1\/token\?grant_type=refresh_token .*"refresh_token":"r\d+"/),
  ]);
});

test("concurrent requests, and one right after, share one refresh", async () => {
  const name = "shared";
  answer.wait = 50;
  const together = await Promise.all([refresh(headersOf("", name)), refresh(headersOf("", name))]);
  const after = await refresh(headersOf("", name));
  expect(new Set([...together, after].map(({ cookies }) => cookies[0]?.value)).size).toBe(1);
  expect(asked).toHaveLength(1);
});

test("the chunks of a long session are deleted with it", async () => {
  const { cookies } = await refresh(headersOf("é".repeat(4000)));
  const ended = cookies.filter(({ options }) => options.maxAge === 0).map(({ name }) => name);
  expect(ended.length).toBeGreaterThan(1);
  expect(ended).toContain("repdesk-session-3000.0");
  expect(cookies.find(({ name }) => name === "repdesk-session-3000")?.options.maxAge).toBeGreaterThan(0);
});

test.each(["refresh_token_not_found", "refresh_token_already_used", "session_not_found", "user_banned"])(
  "%s ends the session and deletes its cookie",
  async (error_code) => {
    answer = { status: 400, body: { error_code, msg: "no" } };
    expect(await refused(headersOf())).toEqual({ code: "session_invalid", cookies: [ends("repdesk-session-3000")] });
    expect(asked).toHaveLength(1);
  },
);

test("a cookie that can't be parsed ends the session, too", async () => {
  const headers = new Headers({ cookie: "repdesk-session-3000=junk" });
  expect(await refused(headers)).toEqual({ code: "session_invalid", cookies: [ends("repdesk-session-3000")] });
});

test.each([
  ["429", { status: 429, body: { error_code: "over_request_rate_limit" } }, { code: "rate_limited", cookies: [] }],
  ["500", { status: 500, body: {} }, { name: "Unavailable" }],
  ["503", { status: 503, body: {} }, { name: "Unavailable" }],
  ["the gateway's 401 for the app's own key", { status: 401, body: { message: "Invalid API key" } }, { name: "Error" }],
])("%s doesn't end the session and is not repeated", async (_name, given, expected) => {
  answer = given;
  expect(await refused(headersOf())).toMatchObject(expected);
  expect(asked).toHaveLength(1);
});

test("the next request repeats a failed refresh", async () => {
  answer = { status: 503, body: {} };
  expect(await refused(headersOf("", "again"))).toMatchObject({ name: "Unavailable" });
  answer = { status: 200, body: fresh };
  expect(await refresh(headersOf("", "again"))).toMatchObject({ access_token: "new" });
});

test("a service that can't be reached is unavailable at once", async () => {
  settings.SUPABASE_URL = "http://127.0.0.1:1";
  const started = performance.now();
  expect(await refused(headersOf())).toMatchObject({ name: "Unavailable" });
  expect(performance.now() - started).toBeLessThan(1000);
});
