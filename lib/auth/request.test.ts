import { createChunks, stringToBase64URL } from "@supabase/ssr";
import { SignJWT, UnsecuredJWT } from "jose";
import { beforeEach, describe, expect, test, vi } from "vitest";
import { newToken, tokenInvalidDetail } from "#lib/format/token";

const settings: Record<string, string | undefined> = {};
vi.mock("#lib/env", () => ({ env: () => settings }));

const secret = "a-secret-of-our-own-that-is-long-enough-0123456789";
const user = "0b8f2b0e-6c1e-4c57-9d59-0f2f6a1f3a10";
const session = "5a0d7a53-7d0c-4bd3-8a0a-7d6c1d6a9b11";

beforeEach(() => {
  vi.resetModules();
  settings.APP_URL = "http://localhost:3000";
  settings.SUPABASE_URL = "http://127.0.0.1:1";
  settings.SUPABASE_JWT_SECRET = secret;
  settings.SUPABASE_JWT_ISSUER = undefined;
});

/** Loads the module again for each test, so that each has a verifier for its own settings. */
async function read(headers: Record<string, string>) {
  const { credentialOf } = await import("#lib/auth/request");
  return credentialOf(new Headers(headers));
}

const failure = (headers: Record<string, string>) =>
  read(headers).then(
    () => "accepted",
    (error: Error) => error,
  );

type Claims = Record<string, unknown>;
const good: Claims = { sub: user, session_id: session, role: "authenticated", aud: "authenticated" };

function jwt(claims: Claims, { key = secret, expires = "1h" as string | number | null } = {}) {
  const unsigned = new SignJWT(claims).setProtectedHeader({ alg: "HS256", typ: "JWT" }).setIssuedAt();
  return (expires === null ? unsigned : unsigned.setExpirationTime(expires)).sign(new TextEncoder().encode(key));
}

const bearer = (token: string) => ({ authorization: `Bearer ${token}` });
const past = Math.floor(Date.now() / 1000) - 60;

describe("Authorization", () => {
  const { secret: token, prefix } = newToken();
  const flipped = token.slice(0, -1) + (token.endsWith("0") ? "1" : "0");

  test.each(["Bearer", "bearer", "BEARER", "bEaReR"])("%s and a token is the token", async (scheme) => {
    const read1 = await read({ authorization: `${scheme} ${token}` });
    expect(read1).toMatchObject({ kind: "token", prefix });
    expect(read1.kind === "token" && read1.hash.length).toBe(32);
  });

  test.each([
    ["padding inside", `Bearer a=b${token}`],
    ["more than 4 KB", `Bearer ${"a".repeat(4097)}`],
    ["wrong check digits", `Bearer ${flipped}`],
    ["another prefix", `Bearer ${token.replace("rdk_", "rdx_")}`],
    ["capitals in the prefix", `Bearer ${token.replace("rdk_", "RDK_")}`],
    ["capitals", `Bearer ${token.toUpperCase()}`],
    ["a part of a token", `Bearer ${token.slice(0, 40)}`],
    ["a padded token", `Bearer ${token}=`],
    ["a word", "Bearer y"],
    ["three parts of nothing", "Bearer .."],
    ["three parts of junk", "Bearer a.b.c"],
  ])("%s is 401 token_invalid, always with the same detail", async (_name, authorization) => {
    expect(await failure({ authorization })).toMatchObject({ code: "token_invalid", detail: tokenInvalidDetail });
  });

  const utf8 = (text: string) => Buffer.from(text).toString("latin1");
  const forms: [string, (token: string) => string, RegExp][] = [
    ["nothing", () => "", /header is empty/],
    ["a scheme alone", () => "Bearer", /no token after Bearer/],
    ["a scheme and spaces", () => "Bearer   ", /no token after Bearer/],
    ["no scheme", (good) => good, /doesn't begin with Bearer/],
    ["Basic", (good) => `Basic ${Buffer.from(`x:${good}`).toString("base64")}`, /scheme other than Bearer: Basic/],
    ["Token", (good) => `Token ${good}`, /scheme other than Bearer: Token/],
    ["Token token=", (good) => `Token token=${good}`, /scheme other than Bearer: Token/],
    ["ApiKey", (good) => `ApiKey ${good}`, /scheme other than Bearer: ApiKey/],
    ["a word that may be a secret", (good) => `hunter2 ${good}`, /doesn't begin with Bearer/],
    ["Bearer twice", (good) => `Bearer Bearer ${good}`, /Bearer appears twice/],
    ["a scheme run together", (good) => `Bearer${good}`, /must be followed by a space/],
    ["a colon", (good) => `Bearer: ${good}`, /must be followed by a space/],
    ["an equals sign", (good) => `Bearer=${good}`, /must be followed by a space/],
    ["a tab between", (good) => `Bearer\t${good}`, /must be followed by a space/],
    ["double quotes", (good) => `Bearer "${good}"`, /quotation marks around/],
    ["single quotes", (good) => `Bearer '${good}'`, /quotation marks around/],
    ["a quote at the end", (good) => `Bearer ${good}"`, /quotation marks around/],
    ["curly quotes", (good) => utf8(`Bearer “${good}”`), /quotation marks around/],
    ["angle brackets", (good) => `Bearer <${good}>`, /brackets around/],
    ["square brackets", (good) => `Bearer [${good}]`, /brackets around/],
    ["two tokens", (good) => `Bearer ${good} ${good}`, /more than one value/],
    ["trailing data", (good) => `Bearer ${good} x`, /more than one value/],
    ["the header sent twice", (good) => `Bearer ${good}, Bearer ${good}`, /more than one value, or it was sent twice/],
    ["a comma", (good) => `Bearer ${good},`, /comma or semicolon follows/],
    ["a semicolon", (good) => `Bearer ${good};`, /comma or semicolon follows/],
    ["a no-break space in UTF-8", (good) => utf8(`Bearer\u00a0${good}`), /no-break space/],
    ["a no-break space in Latin-1", (good) => `Bearer\u00a0${good}`, /no-break space/],
    ["a zero-width space", (good) => utf8(`Bearer \u200b${good}`), /no-break space/],
    ["another letter", (good) => `Bearer ${good}é`, /outside ASCII/],
    ["dots", (good) => `Bearer ${good.slice(0, 17)}...`, /shortened with dots/],
    ["the token as the page shows it", (good) => utf8(`Bearer ${good.slice(0, 17)}…`), /shortened with dots/],
  ];
  test.each(forms)(
    "%s: the detail names the problem, and is the same for a valid and an invalid token",
    async (_, write, words) => {
      const details = [token, flipped, newToken().secret].map(async (each) => {
        const error = await failure({ authorization: write(each) });
        expect(error).toMatchObject({ code: "token_invalid", detail: expect.stringMatching(words) });
        return (error as unknown as { detail: string }).detail;
      });
      const [good = "", ...others] = await Promise.all(details);
      expect(new Set(others)).toEqual(new Set([good]));
      for (const part of [token, token.slice(4, 16), token.slice(17, 30)]) expect(good).not.toContain(part);
    },
  );

  test.each([
    ..."undefined null None nil NaN {{token}} {token} $TOKEN %TOKEN% <token> YOUR_TOKEN your-api-token".split(" "),
    ["$", "{TOKEN}"].join(""),
    ...["[object Object]", "<your token>", "token", "API_KEY", "REPDESK_TOKEN", "xxxxxxxx", "'undefined'", "{{ rdk }}"],
    ...["process.env.REPDESK_TOKEN", "secrets.TOKEN", "INSERT_TOKEN_HERE", "rdk_token", "paste it here", "****"],
  ])("Bearer %s is a placeholder", async (placeholder) => {
    const detail = expect.stringContaining("The header has a placeholder instead of a token");
    expect(await failure(bearer(placeholder))).toMatchObject({ code: "token_invalid", detail });
  });

  test("in any form overrides the cookie", async () => {
    const cookie = cookieOf(await jwt(good));
    expect(await read({ cookie })).toMatchObject({ kind: "session", via: "cookie" });
    expect(await failure({ cookie, authorization: "" })).toMatchObject({ code: "token_invalid" });
    expect(await read({ cookie, authorization: `Bearer ${token}` })).toMatchObject({ kind: "token" });
  });
});

describe("a session's JWT", () => {
  test("signed with the secret gives the user, session, and expiry", async () => {
    const read1 = await read(bearer(await jwt(good)));
    expect(read1).toMatchObject({ kind: "session", via: "bearer", user_id: user, session_id: session });
    expect(read1.kind === "session" && read1.expires_at.getTime()).toBeGreaterThan(Date.now());
  });

  const without = (name: string) => Object.fromEntries(Object.entries(good).filter(([key]) => key !== name));
  test.each<[string, () => string | Promise<string>]>([
    ["alg none", () => new UnsecuredJWT(good).setExpirationTime("1h").encode()],
    ["another secret", () => jwt(good, { key: `${secret}x` })],
    ["another secret, expired", () => jwt(good, { key: `${secret}x`, expires: past })],
    ["another audience", () => jwt({ ...good, aud: "someone" })],
    ["no audience", () => jwt(without("aud"))],
    ["no session", () => jwt(without("session_id"))],
    ["no subject", () => jwt(without("sub"))],
    ["a subject that isn't a UUID", () => jwt({ ...good, sub: "me" })],
    ["no expiry", () => jwt(good, { expires: null })],
    ["no role", () => jwt(without("role"))],
    ["the anon key", () => jwt({ role: "anon", iss: "supabase" })],
    ["the service key", () => jwt({ role: "service_role", iss: "supabase" })],
    ["service_role with all other claims", () => jwt({ ...good, role: "service_role" })],
    ["an anonymous user", () => jwt({ ...good, is_anonymous: true })],
    ["an anonymous user, expired", () => jwt({ ...good, is_anonymous: true }, { expires: past })],
    ["another issuer", () => jwt({ ...good, iss: "https://other.supabase.co/auth/v1" })],
    ["another issuer, expired", () => jwt({ ...good, iss: "https://other.supabase.co/auth/v1" }, { expires: past })],
    ["the issuer with a slash at its end", () => jwt({ ...good, iss: "http://127.0.0.1:1/auth/v1/" })],
    ["an issuer that is a list", () => jwt({ ...good, iss: ["http://127.0.0.1:1/auth/v1"] })],
    ["another application of the user", () => jwt({ ...good, client_id: session })],
    ["another application of the user, expired", () => jwt({ ...good, client_id: session }, { expires: past })],
    ["an application without an id", () => jwt({ ...good, client_id: null })],
  ])("%s is 401 token_invalid", async (_name, make) => {
    expect(await failure(bearer(await make()))).toMatchObject({ code: "token_invalid", detail: tokenInvalidDetail });
  });

  test("has the auth server as its issuer, or the one in the settings", async () => {
    const own = bearer(await jwt({ ...good, iss: "http://127.0.0.1:1/auth/v1" }));
    const project = bearer(await jwt({ ...good, iss: "https://project.supabase.co/auth/v1" }));
    expect(await read(own)).toMatchObject({ kind: "session", user_id: user });
    settings.SUPABASE_JWT_ISSUER = "https://project.supabase.co/auth/v1";
    vi.resetModules();
    expect(await read(project)).toMatchObject({ kind: "session", user_id: user });
    expect(await failure(own)).toMatchObject({ code: "token_invalid" });
  });

  test("a changed payload is 401 token_invalid", async () => {
    const [head, , signature] = (await jwt(good)).split(".");
    const payload = Buffer.from(JSON.stringify({ ...good, sub: session, exp: past + 9999 })).toString("base64url");
    expect(await failure(bearer(`${head}.${payload}.${signature}`))).toMatchObject({ code: "token_invalid" });
  });

  test("expired is 401 session_invalid and says so", async () => {
    const error = await failure(bearer(await jwt(good, { expires: past })));
    expect(error).toMatchObject({ code: "session_invalid", detail: expect.stringContaining("expired") });
  });
});

function cookieOf(accessToken: string, name = "repdesk-session-3000", pad = "") {
  const stored = { access_token: accessToken, refresh_token: "r", expires_at: 1, user: { name: pad } };
  const chunks = createChunks(name, `base64-${stringToBase64URL(JSON.stringify(stored))}`);
  return chunks.map((chunk) => `${chunk.name}=${chunk.value}`).join("; ");
}

describe("the cookie", () => {
  test("without it there is no credential", async () => {
    expect(await read({})).toEqual({ kind: "none" });
    expect(await read({ cookie: "theme=dark; sb-127-auth-token=x" })).toEqual({ kind: "none" });
  });

  test("is assembled from its chunks", async () => {
    const cookie = cookieOf(await jwt(good), undefined, "é".repeat(3000));
    expect(cookie).toContain("repdesk-session-3000.1=");
    expect(await read({ cookie: `theme=dark; ${cookie}` })).toMatchObject({ user_id: user, session_id: session });
  });

  test("has the __Host- prefix over https", async () => {
    settings.APP_URL = "https://repdesk.example.com";
    const token = await jwt(good);
    expect(await read({ cookie: cookieOf(token, "__Host-repdesk-session") })).toMatchObject({ user_id: user });
    expect(await read({ cookie: cookieOf(token, "repdesk-session") })).toEqual({ kind: "none" });
  });

  test.each<[string, () => string | Promise<string>]>([
    ["junk", () => "repdesk-session-3000=junk"],
    ["broken base64", () => "repdesk-session-3000=base64-%%%"],
    ["JSON null", () => "repdesk-session-3000=null"],
    ["a forged token", async () => cookieOf(await jwt(good, { key: `${secret}x` }))],
    ["no signature", () => cookieOf(new UnsecuredJWT(good).setExpirationTime("1h").encode())],
    ["the anon key", async () => cookieOf(await jwt({ role: "anon" }))],
    ["an expired token", async () => cookieOf(await jwt(good, { expires: past }))],
  ])("with %s is 401 session_invalid", async (_name, make) => {
    expect(await failure({ cookie: await make() })).toMatchObject({ code: "session_invalid" });
  });
});
