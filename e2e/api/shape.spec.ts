import { expect, test } from "playwright/test";
import { api, call } from "./call.ts";
import { makeWorld } from "./world.ts";

/** Rules for every request: methods, paths, types, headers. */

let secret: string;

test.beforeAll(async () => {
  secret = (await makeWorld()).token.secret;
});

test("every response has the headers of the contract", async () => {
  const replies = [
    await api("GET", ""),
    await api("GET", "/contacts", { token: secret }),
    await api("GET", "/contacts"),
    await api("PUT", "/contacts"),
    await api("OPTIONS", "/contacts"),
    await call("GET", "/api/nothing"),
    await call("GET", "/auth/sign-in"),
    await call("POST", "/auth/sign-in", { body: {} }),
    await call("GET", "/auth/nothing"),
  ];
  for (const { headers } of replies) {
    expect(headers.get("x-request-id")).toMatch(/^req_[0-9a-z]{26}$/);
    expect(headers.get("cache-control")).toBe("private, no-store");
    expect(headers.get("vary")).toContain("Authorization, Cookie, Origin");
    expect(headers.get("x-content-type-options")).toBe("nosniff");
    expect(headers.get("content-security-policy")).toBe("default-src 'none'; frame-ancestors 'none'");
    expect(headers.get("x-powered-by")).toBeNull();
  }
  expect(new Set(replies.map(({ headers }) => headers.get("x-request-id"))).size).toBe(replies.length);
});

test("pages, files, and 404s have nosniff and can't be framed", async () => {
  const page = await call("GET", "/sign-in");
  const files = new Set(page.text.match(/\/_next\/static\/[\w./~-]+\.(?:js|css|woff2)/g));
  expect([...files].map((file) => file.split(".").at(-1))).toEqual(expect.arrayContaining(["js", "css", "woff2"]));
  const paths = ["/", "/sign-in", "/nothing", "/favicon.ico", "/icon.svg", "/apple-icon.png", "/_next/static/no.js"];
  for (const path of [...paths, ...files, "/_next/image?url=%2Fapple-icon.png&w=64&q=75"]) {
    const { headers } = await call("GET", path);
    expect([path, headers.get("x-content-type-options")]).toEqual([path, "nosniff"]);
    expect([path, headers.get("content-security-policy")]).toEqual([
      path,
      expect.stringContaining("frame-ancestors 'none'"),
    ]);
  }
});

test("images aren't resized on demand", async () => {
  for (const url of ["/apple-icon.png", "/icon.svg", "https://example.com/a.png", ""]) {
    const reply = await call("GET", `/_next/image?url=${encodeURIComponent(url)}&w=640&q=75`);
    expect([url, reply.status]).toEqual([url, 404]);
    expect(reply.headers.get("content-type")).not.toContain("image");
  }
});

test("the company header is set if the caller is known", async () => {
  const { token, company } = await makeWorld();
  expect((await api("GET", "/me", { token: token.secret })).headers.get("repdesk-company")).toBe(company.id);
  expect((await api("GET", "/me")).headers.get("repdesk-company")).toBeNull();
});

test("405 lists the allowed methods", async () => {
  const put = await api("PUT", "/contacts", { token: secret, body: {} });
  expect([put.status, put.body.code, put.headers.get("allow")]).toEqual([
    405,
    "method_not_allowed",
    "GET, HEAD, POST, OPTIONS",
  ]);
  const post = await api("POST", "/me", { token: secret, body: {} });
  expect([post.status, post.headers.get("allow")]).toEqual([405, "GET, HEAD, PATCH, OPTIONS"]);
});

test("OPTIONS answers 204 with Allow, without a credential", async () => {
  const reply = await api("OPTIONS", "/contacts");
  expect([reply.status, reply.text, reply.headers.get("allow")]).toEqual([204, "", "GET, HEAD, POST, OPTIONS"]);
  expect(reply.headers.get("access-control-allow-origin")).toBeNull();
  expect(reply.headers.get("accept-patch")).toBeNull();
  const one = await api("OPTIONS", "/contacts/x");
  expect(one.headers.get("accept-patch")).toBe("application/merge-patch+json, application/json");
});

test("HEAD answers like GET, without the body", async () => {
  const get = await api("GET", "/contacts", { token: secret });
  const head = await api("HEAD", "/contacts", { token: secret });
  expect([head.status, head.text]).toEqual([get.status, ""]);
  expect(head.headers.get("content-type")).toBe(get.headers.get("content-type"));
  expect((await api("HEAD", "/contacts")).status).toBe(401);
});

for (const path of [
  "/api",
  "/api/",
  "/api/v2/contacts",
  "/api/v1/nothing",
  "/api/v1/contacts/x/y",
  "/api/v1/Contacts",
  "/API/v1/contacts",
  "/api/V1/contacts",
  "/api/v1/%63ontacts",
  "/api/v1/contacts%2f",
  "/api/%761/contacts",
  "/api/v1/auth",
]) {
  for (const method of ["GET", "POST", "DELETE"]) {
    test(`404 in JSON for ${method} ${path}`, async () => {
      let reply = await call(method, path, { token: secret });
      if (reply.status === 308)
        reply = await call(method, new URL(reply.headers.get("location") ?? "", "http://x").pathname, {
          token: secret,
        });
      expect([reply.status, reply.body?.code]).toEqual([404, "route_not_found"]);
      expect(reply.headers.get("content-type")).toBe("application/problem+json");
      expect(reply.headers.get("cache-control")).toBe("private, no-store");
    });
  }
}

test("a problem has every member of the contract", async () => {
  const reply = await api("POST", "/contacts", {
    token: secret,
    body: { email: "x" },
    headers: { "X-Request-Id": "caller-1" },
  });
  expect(reply.status).toBe(422);
  expect(reply.headers.get("content-type")).toBe("application/problem+json");
  expect(reply.body).toEqual({
    type: expect.stringMatching(/\/help\/api-errors#validation_failed$/),
    title: "The request body is not valid",
    status: 422,
    code: "validation_failed",
    detail: "1 field needs attention.",
    instance: "/api/v1/contacts",
    request_id: reply.headers.get("x-request-id"),
    errors: [
      { pointer: "#/email", code: "invalid_format", detail: "Not an email address. Use one such as ana@example.com." },
    ],
  });
});

test("406 if JSON is excluded", async () => {
  for (const accept of ["text/html", "application/json;q=0", "application/xml, text/*"]) {
    const reply = await api("GET", "/contacts", { token: secret, headers: { Accept: accept } });
    expect([accept, reply.status, reply.body.code]).toEqual([accept, 406, "not_acceptable"]);
  }
  for (const accept of [
    "*/*",
    "application/json",
    "text/html, */*;q=0.1",
    "application/*",
    "",
    "application/problem+json",
  ]) {
    expect((await api("GET", "/contacts", { token: secret, headers: { Accept: accept } })).status).toBe(200);
  }
});

test("414 if the URL is too long", async () => {
  const reply = await api("GET", `/contacts?q=${"x".repeat(8200)}`, { token: secret });
  expect([reply.status, reply.body.code]).toEqual([414, "uri_too_long"]);
});

test("413 by Content-Length and while reading", async () => {
  const large = JSON.stringify({ first_name: "x".repeat(1_100_000) });
  const json = { "Content-Type": "application/json" };
  const told = await api("POST", "/contacts", { token: secret, raw: large, headers: json });
  expect([told.status, told.body.code]).toEqual([413, "payload_too_large"]);
  const stream = new Blob([large]).stream();
  const response = await fetch(`${process.env.APP_URL}/api/v1/contacts`, {
    method: "POST",
    headers: { ...json, Authorization: `Bearer ${secret}` },
    body: stream,
    duplex: "half",
  } as RequestInit);
  expect([response.status, (await response.json()).code]).toEqual([413, "payload_too_large"]);
});

test("415 for anything except plain JSON", async () => {
  const raw = '{"first_name":"Ana"}';
  const types = [
    "text/plain",
    "application/x-www-form-urlencoded",
    "application/json; charset=utf-16",
    "application/jsonp",
    "multipart/form-data",
  ];
  for (const type of types) {
    const reply = await api("POST", "/contacts", { token: secret, raw, headers: { "Content-Type": type } });
    expect([type, reply.status, reply.body.code]).toEqual([type, 415, "unsupported_media_type"]);
  }
  const missing = await api("POST", "/contacts", { token: secret, raw: new TextEncoder().encode(raw) });
  expect([missing.status, missing.body.code]).toEqual([415, "unsupported_media_type"]);
  const zipped = { "Content-Type": "application/json", "Content-Encoding": "gzip" };
  expect((await api("POST", "/contacts", { token: secret, raw, headers: zipped })).status).toBe(415);
  const made = await api("POST", "/contacts", { token: secret, body: { first_name: "Ana" } });
  const patch = (type: string) =>
    api("PATCH", `/contacts/${made.body.id}`, { token: secret, raw, headers: { "Content-Type": type } });
  expect((await patch("application/merge-patch+json")).status).toBe(200);
  const refused = await patch("application/json-patch+json");
  const accepted = "application/merge-patch+json, application/json";
  expect([refused.status, refused.headers.get("accept-patch")]).toEqual([415, accepted]);
  const charset = { "Content-Type": "application/json; charset=UTF-8" };
  expect((await api("POST", "/contacts", { token: secret, raw, headers: charset })).status).toBe(201);
});

test("400 for bodies that aren't JSON, with the position", async () => {
  const bodies = [
    "",
    "{",
    '{"first_name":"Ana",}',
    "\ufeff{}",
    '{"first_name":"a","first_name":"b"}',
    "[".repeat(2000),
    '{"a":1e999}',
  ];
  for (const raw of bodies) {
    const reply = await api("POST", "/contacts", {
      token: secret,
      raw,
      headers: { "Content-Type": "application/json" },
    });
    expect([raw.slice(0, 20), reply.status, reply.body.code]).toEqual([raw.slice(0, 20), 400, "invalid_json"]);
  }
  const typed = { token: secret, headers: { "Content-Type": "application/json" } };
  const quoted = await api("POST", "/contacts", { ...typed, raw: `'{"first_name":"Ana"}'` });
  expect(quoted.body.detail).toContain(`unexpected "'" at line 1, column 1. Single quotes are around all of it`);
  const raw = new Uint8Array([0x7b, 0x22, 0xff, 0x22, 0x3a, 0x31, 0x7d]);
  expect(
    (await api("POST", "/contacts", { token: secret, raw, headers: { "Content-Type": "application/json" } })).status,
  ).toBe(400);
});

test("422 for JSON that isn't an object", async () => {
  for (const body of [[], "text", 1, null, true]) {
    const reply = await api("POST", "/contacts", { token: secret, body });
    expect([body, reply.status, reply.body.errors?.[0]?.pointer]).toEqual([body, 422, "#"]);
  }
});

test("__proto__ and the like are unknown fields and have no effect", async () => {
  for (const key of ["__proto__", "constructor", "prototype", "toString"]) {
    const raw = `{"first_name":"Ana","${key}":{"admin":true}}`;
    const reply = await api("POST", "/contacts", {
      token: secret,
      raw,
      headers: { "Content-Type": "application/json" },
    });
    expect([key, reply.status, reply.body.errors?.[0]]).toEqual([
      key,
      422,
      expect.objectContaining({ pointer: `#/${key}`, code: "unknown_field" }),
    ]);
  }
});

test("unknown parameters of any name are reported", async () => {
  const { body } = await api("POST", "/contacts", { token: secret, body: { first_name: "Ana" } });
  const inherited = ["__proto__", "constructor", "prototype", "toString", "hasOwnProperty", "valueOf"];
  for (const path of ["/health", "/me", "/contacts", `/contacts/${body.id}`]) {
    // The last ones are names that Next uses internally.
    for (const name of [...inherited, "id", "nxtPid", "nxtIid", "nextInternalLocale", "_rsc"]) {
      const reply = await api("GET", `${path}?${name}=1`, { token: secret });
      expect([path, name, reply.status, reply.body.code]).toEqual([path, name, 400, "unknown_parameter"]);
      expect(reply.body.errors[0].parameter).toBe(name);
    }
  }
});

test("of more than a hundred unknown parameters, the first hundred are listed", async () => {
  const reply = await api("GET", `/health?${Array.from({ length: 1_000 }, (_, index) => `n${index}`).join("&")}`);
  expect([reply.status, reply.body.code, reply.body.errors.length]).toEqual([400, "unknown_parameter", 100]);
  expect(reply.body.detail).toBe("More than 100 parameters need attention. The first 100 are listed.");
});

test("400 for a credential in the URL, which appears neither in the response nor in its links", async () => {
  for (const name of ["token", "access_token", "api_key", "apikey", "key", "password", "authorization", "Token"]) {
    const reply = await api("GET", `/contacts?${name}=very-secret`, { token: secret });
    expect([name, reply.status, reply.body.code]).toEqual([name, 400, "credential_in_query"]);
    expect(reply.text).not.toContain("very-secret");
  }
});

test("400 for an unknown, repeated, or malformed parameter, with the known ones listed", async () => {
  const unknown = await api("GET", "/contacts?page=2", { token: secret });
  expect([unknown.status, unknown.body.code]).toEqual([400, "unknown_parameter"]);
  expect(unknown.body.errors[0]).toMatchObject({
    parameter: "page",
    code: "unknown_field",
    detail: expect.stringContaining("limit, cursor, sort"),
  });
  const repeated = await api("GET", "/contacts?limit=1&limit=2", { token: secret });
  expect([repeated.status, repeated.body.code]).toEqual([400, "invalid_parameter"]);
  for (const query of [
    "limit=0",
    "limit=201",
    "limit=1.5",
    "limit=",
    "limit=abc",
    "limit=-1",
    "limit=1e2",
    "sort=secret",
    "filter[account_id]=x",
    "filter[created_at][gte]=yesterday",
    "cursor=",
  ]) {
    const reply = await api("GET", `/contacts?${query}`, { token: secret });
    expect([query, reply.status, reply.body.code]).toEqual([query, 400, "invalid_parameter"]);
    expect(reply.body.errors[0].parameter).toBe(query.split("=")[0]);
  }
  expect((await api("GET", "/me?x=1", { token: secret })).body.code).toBe("unknown_parameter");
});

test("the root and the document are public", async () => {
  const root = await api("GET", "");
  expect(root.body).toMatchObject({
    name: "RepDesk API",
    version: "v1",
    links: { openapi: expect.stringContaining("/api/v1/openapi.json") },
  });
  const document = await api("GET", "/openapi.json");
  expect(document.body.openapi).toMatch(/^3\.1\./);
  expect(document.headers.get("access-control-allow-origin")).toBe("*");
  const tag = document.headers.get("etag") as string;
  const again = await api("GET", "/openapi.json", { headers: { "If-None-Match": tag } });
  expect([again.status, again.text]).toEqual([304, ""]);
});

test("health says ok", async () => {
  expect((await api("GET", "/health")).body).toEqual({ status: "ok", database: "ok" });
  expect((await api("GET", "/health?ready")).status).toBe(200);
});

test("RateLimit headers tell what is left (draft-ietf-httpapi-ratelimit-headers)", async () => {
  const first = await api("GET", "/me", { token: secret });
  expect(first.headers.get("ratelimit-policy")).toBe('"credential";q=600;w=60, "company";q=2400;w=60');
  const left = (headers: Headers) => Number(/"credential";r=(\d+);t=\d+/.exec(headers.get("ratelimit") ?? "")?.[1]);
  expect(left(first.headers)).toBeLessThan(600);
  // The quota refills at 10 per second.
  const began = performance.now();
  const replies = await Promise.all(Array.from({ length: 50 }, () => api("GET", "/me", { token: secret })));
  const least = Math.min(...replies.map(({ headers }) => left(headers)));
  expect(least).toBeLessThanOrEqual(left(first.headers) - 50 + Math.ceil((performance.now() - began) / 100) + 1);
});
