import { once } from "node:events";
import { connect } from "node:net";
import fc from "fast-check";
import { SignJWT } from "jose";
import { expect, test } from "playwright/test";
import { newToken } from "#lib/format/token";
import { environment } from "../environment.ts";
import { api, someAddress } from "./call.ts";
import { cookieOf, database, makeCompany, makeToken, makeWorld, signIn, signOut, signUp } from "./world.ts";

/** The Authorization header in every possible form. */

const withHeader = (value: string) => api("GET", "/me", { headers: { Authorization: value } });

test("Bearer in any case is accepted", async () => {
  const { token } = await makeWorld();
  for (const scheme of ["Bearer", "bearer", "BEARER", "bEaReR"])
    expect((await withHeader(`${scheme} ${token.secret}`)).status).toBe(200);
  expect((await withHeader(`Bearer   ${token.secret}`)).status).toBe(200);
});

test("an invalid token in the right format is 401 token_invalid, always with the same response", async () => {
  const { token } = await makeWorld();
  const good = token.secret;
  const forms = [
    `Bearer ${good}=`,
    `Bearer ${good.slice(0, -1)}`,
    `Bearer ${good}0`,
    `Bearer ${good.toUpperCase()}`,
    `Bearer ${"x".repeat(5000)}`,
    `Bearer ${newToken().secret}`,
    "Bearer a.b.c",
    "Bearer eyJhbGciOiJub25lIn0.e30.",
    `Bearer ${good.slice(0, 17)}${newToken().secret.slice(17)}`,
  ];
  const answers = new Set<string>();
  for (const form of forms) {
    const reply = await withHeader(form);
    expect([form.slice(0, 40), reply.status, reply.body.code]).toEqual([form.slice(0, 40), 401, "token_invalid"]);
    answers.add(reply.text.replace(/req_\w+/, "REQ") + reply.headers.get("www-authenticate"));
  }
  expect(answers.size).toBe(1);
});

test("a malformed header gets advice, whether or not the token is valid, and the token is never repeated", async () => {
  const good = (await makeWorld()).token.secret;
  const forms: [(token: string) => string, string][] = [
    [() => "", "is empty"],
    [() => "Bearer", "no token after Bearer"],
    [(token) => token, "doesn't begin with Bearer"],
    [(token) => `Token ${token}`, "scheme other than Bearer: Token"],
    [(token) => `Basic ${Buffer.from(`x:${token}`).toString("base64")}`, "scheme other than Bearer: Basic"],
    [(token) => `Bearer ${token}, Bearer ${token}`, "more than one value, or it was sent twice"],
    [(token) => `Bearer ${token},`, "comma or semicolon"],
    [(token) => `Bearer ${token} x`, "more than one value"],
    [(token) => `Bearer "${token}"`, "quotation marks around"],
    [(token) => `Bearer <${token}>`, "brackets around"],
    [(token) => `Bearer:${token}`, "must be followed by a space"],
    [(token) => `Bearer\t${token}`, "must be followed by a space"],
    [(token) => `Bearer\u00a0${token}`, "no-break space"],
    [(token) => `Bearer é${token}`, "outside ASCII"],
    [() => "Bearer undefined", "placeholder"],
    [() => "Bearer {{token}}", "placeholder"],
  ];
  for (const [write, words] of forms) {
    const answers = new Set<string>();
    for (const token of [good, newToken().secret]) {
      const reply = await withHeader(write(token));
      expect([reply.status, reply.body.code, reply.body.detail]).toEqual([
        401,
        "token_invalid",
        expect.stringContaining(words),
      ]);
      expect(reply.text + reply.headers.get("www-authenticate")).not.toContain(token.slice(4, 16));
      answers.add(reply.text.replace(/req_\w+/, "REQ") + reply.headers.get("www-authenticate"));
    }
    expect([words, answers.size]).toEqual([words, 1]);
  }
});

test("the cookie is never a fallback", async () => {
  const { admin } = await makeWorld();
  const cookie = await cookieOf(admin);
  expect((await api("GET", "/me", { cookie })).status).toBe(200);
  for (const Authorization of ["", "Bearer junk", "Basic eDp5"]) {
    expect((await api("GET", "/me", { cookie, headers: { Authorization } })).body.code).toBe("token_invalid");
  }
  const other = await makeWorld();
  const both = await api("GET", "/me", { cookie, token: other.token.secret });
  expect(both.body.company.id).toBe(other.company.id);
});

test("any header value gets 400 or 401, never 500", async () => {
  const { token } = await makeWorld();
  const printable = fc.string({
    unit: fc.integer({ min: 0x20, max: 0x7e }).map((code) => String.fromCharCode(code)),
    maxLength: 300,
  });
  const mangled = fc.tuple(fc.nat(token.secret.length - 1), fc.constantFrom(...'0aZ_.-~ ,="')).map(([place, char]) => {
    const text = token.secret.slice(0, place) + char + token.secret.slice(place + 1);
    return text === token.secret ? `${text}x` : text;
  });
  const values = fc.oneof(
    printable,
    printable.map((text) => `Bearer ${text}`),
    mangled.map((text) => `Bearer ${text}`),
    fc.base64String().map((text) => `Bearer ${text}.${text}.${text}`),
  );
  await fc.assert(
    fc.asyncProperty(values, async (value) => {
      const reply = await api("GET", "/me", { headers: { Authorization: value }, address: someAddress() });
      return [400, 401].includes(reply.status);
    }),
    { numRuns: 500 },
  );
});

/** Sends raw header lines that no client library would send. Resolves with the status and the text of the response. */
async function sendLines(...lines: string[]): Promise<{ status: number; text: string }> {
  const { hostname, port } = new URL(environment.appUrl);
  const socket = connect(Number(port), hostname);
  const head = ["GET /api/v1/me HTTP/1.1", "Host: localhost", `X-Forwarded-For: ${someAddress()}`, "Connection: close"];
  socket.write(Buffer.from(`${[...head, ...lines].join("\r\n")}\r\n\r\n`, "latin1"));
  let text = "";
  socket.on("data", (bytes) => (text += bytes.toString("latin1")));
  await once(socket, "close");
  return { status: Number(/^HTTP\/1\.1 (\d{3}) /.exec(text)?.[1]), text };
}

test("bytes that no client library sends get 400 or 401, and the server survives", async () => {
  const good = (await makeWorld()).token.secret;
  expect((await sendLines(`Authorization: Bearer ${good}`)).status).toBe(200);
  const bad = [
    ["Authorization: Bearer \x80\xff"],
    [`Authorization: Bearer ${good}\xe9`],
    [`Authorization: \xc3\xa9Bearer ${good}`],
    [`Authorization: Bearer\xa0${good}`],
    [`Authorization: Bearer ${good}\x00`],
    [`Authorization: Bearer ${good}\x7f`],
    [`Authorization: Bearer ${good}${"x".repeat(4097 - good.length)}`],
    [`Authorization: Bearer ${"x".repeat(12_000)}`],
    [`Authorization: Bearer ${good}`, ` ${good}`],
    ["Authorization: Bearer", `\t${good}x`],
    [`Authorization : Bearer ${good}`],
    [`Authorization\r: Bearer ${good}`],
  ];
  for (const lines of bad) {
    const { status, text } = await sendLines(...lines);
    expect([400, 401], `${JSON.stringify(lines).replaceAll(good, "…").slice(0, 80)}: ${status}`).toContain(status);
    expect(text.includes(good)).toBe(false);
  }
  expect((await api("GET", "/health")).status).toBe(200);
});

test("two Authorization headers are rejected, even if one is valid", async () => {
  const good = `Authorization: Bearer ${(await makeWorld()).token.secret}`;
  const junk = "Authorization: Bearer junk";
  expect((await sendLines(good, junk)).status).toBe(401);
  expect((await sendLines(junk, good)).status).toBe(401);
  expect((await sendLines("Authorization:", good)).status).toBe(401);
  expect((await sendLines(good, good)).status).toBe(401);
});

test("details about a token go only to callers with its whole secret", async () => {
  const { token } = await makeWorld();
  await api("DELETE", "/auth/token", { token: token.secret });
  const whole = await api("GET", "/me", { token: token.secret });
  expect([whole.status, whole.body.code]).toEqual([401, "token_revoked"]);
  expect(whole.body.detail).toMatch(/\d{4}/);
  const stranger = newToken();
  const mixed = await api("GET", "/me", { token: `${token.prefix}${stranger.secret.slice(token.prefix.length)}` });
  const unknown = await api("GET", "/me", { token: stranger.secret });
  const plain = (text: string) => text.replace(/req_\w+/, "REQ");
  expect(plain(mixed.text)).toBe(plain(unknown.text));
});

test("a session's JWT as Bearer is the session", async () => {
  const { admin, company } = await makeWorld();
  const reply = await api("GET", "/me", { jwt: admin.jwt });
  expect(reply.body).toMatchObject({
    signed_in_with: "session",
    token: null,
    company: { id: company.id },
    member: { role: "admin" },
  });
});

test("forged and unsuitable JWTs are rejected", async () => {
  const { admin } = await makeWorld();
  const claims = { sub: admin.user_id, session_id: admin.session_id, role: "authenticated", aud: "authenticated" };
  const sign = (payload: Record<string, unknown>, secret = environment.jwtSecret, expires = "1h") =>
    new SignJWT(payload)
      .setProtectedHeader({ alg: "HS256" })
      .setIssuedAt()
      .setExpirationTime(expires)
      .sign(new TextEncoder().encode(secret));
  expect((await api("GET", "/me", { jwt: await sign(claims) })).status).toBe(200);
  const unsigned = `${Buffer.from('{"alg":"none"}').toString("base64url")}.${Buffer.from(JSON.stringify({ ...claims, exp: 9_999_999_999 })).toString("base64url")}.`;
  const unfit = [
    unsigned,
    await sign(claims, "another-secret-of-more-than-32-characters"),
    await sign({ ...claims, role: "service_role" }),
    await sign({ ...claims, role: "anon" }),
    await sign({ ...claims, aud: "other" }),
    await sign({ ...claims, session_id: undefined }),
    await sign({ ...claims, sub: "not-a-uuid" }),
  ];
  for (const jwt of unfit) expect((await api("GET", "/me", { jwt })).body.code).toBe("token_invalid");
  expect((await api("GET", "/me", { jwt: await sign(claims, environment.jwtSecret, "-1h") })).body.code).toBe(
    "session_invalid",
  );
  const othersSession = { ...claims, sub: (await signUp()).user_id };
  expect((await api("GET", "/me", { jwt: await sign(othersSession) })).body.code).toBe("session_invalid");
});

test("signing out ends only that session, at its next request", async () => {
  const { admin } = await makeWorld();
  const second = await signIn(admin);
  await signOut(admin);
  expect((await api("GET", "/me", { jwt: admin.jwt })).body.code).toBe("session_invalid");
  expect((await api("GET", "/me", { jwt: second.jwt })).status).toBe(200);
});

test("a token is limited with its member's role, but isn't widened with it", async () => {
  const { admin, company } = await makeWorld();
  const token = await makeToken(admin, company, ["contacts:read"]);
  await database()`update repdesk.members set role = 'user' where company_id = ${company.id}`;
  expect((await api("GET", "/me", { jwt: admin.jwt })).body.permissions).not.toContain("tokens:all");
  expect((await api("GET", "/me", { token: token.secret })).body.permissions).toEqual(["contacts:read"]);
});

test("a session in several companies has to name one; one without a company learns how to create it", async () => {
  const person = await signUp();
  const nobody = await api("GET", "/contacts", { jwt: person.jwt });
  expect([nobody.status, nobody.body.code]).toEqual([403, "not_a_member"]);
  expect((await api("GET", "/me", { jwt: person.jwt })).body).toMatchObject({
    company: null,
    member: null,
    permissions: [],
  });
  const first = await makeCompany(person, "One");
  expect((await api("GET", "/contacts", { jwt: person.jwt })).status).toBe(200);
  const second = await makeCompany(person, "Two");
  const which = await api("GET", "/contacts", { jwt: person.jwt });
  expect([which.status, which.body.code]).toEqual([400, "company_required"]);
  expect(which.body.companies.map(({ id }: { id: string }) => id).sort()).toEqual([first.id, second.id].sort());
  for (const name of [first.id, first.slug, second.slug]) {
    expect((await api("GET", "/contacts", { jwt: person.jwt, company: name })).status).toBe(200);
  }
});

test("CORS: no origin by default, not even with a preflight", async () => {
  const { token } = await makeWorld();
  const asked = { Origin: "https://evil.example.com", "Access-Control-Request-Method": "GET" };
  expect((await api("OPTIONS", "/contacts", { headers: asked })).headers.get("access-control-allow-origin")).toBeNull();
  const reply = await api("GET", "/contacts", { token: token.secret, headers: { Origin: "https://evil.example.com" } });
  expect(reply.headers.get("access-control-allow-origin")).toBeNull();
  expect(reply.headers.get("access-control-allow-credentials")).toBeNull();
});
