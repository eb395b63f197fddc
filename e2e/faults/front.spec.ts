import { connect } from "node:net";
import { gunzipSync } from "node:zlib";
import { expect, test } from "playwright/test";
import type { Endpoint } from "#lib/contract/endpoint";
import { registry } from "#lib/contract/registry";
import { api, someAddress } from "../api/call.ts";
import { bodyOf, type Ids, makeToken, makeWorld, unique } from "../api/world.ts";
import { type Server, startServer } from "./server.ts";

/** The server that answers the API before Next: every form of HTTP over a raw socket, and the same responses as with Next alone. */

let server: Server;

test.beforeAll(async () => {
  server = await startServer();
});
test.afterAll(async () => {
  await server.stop();
});

type Raw = {
  status: number;
  head: string;
  body: string /** Whether another request gets a response. */;
  isOpen: boolean;
};

/** Sends raw bytes, reads one response or to the end of the connection, and sends another request on the same connection. */
async function exchange(bytes: string): Promise<Raw> {
  const { hostname, port } = new URL(server.url);
  const socket = connect(Number(port), hostname);
  socket.on("error", () => {});
  let text = "";
  let wake = () => {};
  let closed = false;
  socket.on("data", (data) => {
    text += data.toString("latin1");
    wake();
  });
  socket.on("close", () => {
    closed = true;
    wake();
  });
  const until = async (isSo: () => boolean) => {
    while (!isSo() && !closed) await new Promise<void>((resolve) => (wake = resolve));
  };
  socket.write(bytes);
  await until(() => isWhole(text));
  const first = text;
  if (!closed) socket.write(get("/api/v1/health"));
  await until(() => text.length > first.length);
  socket.destroy();
  const [head = "", ...rest] = first.split("\r\n\r\n");
  const status = Number(/^HTTP\/1\.1 (\d{3}) /.exec(head)?.[1]);
  return { status, head, body: rest.join("\r\n\r\n"), isOpen: text.length > first.length };
}

function isWhole(text: string): boolean {
  const [head = "", ...rest] = text.split("\r\n\r\n");
  if (rest.length === 0) return false;
  const length = /^content-length: *(\d+)/im.exec(head)?.[1];
  if (length !== undefined) return rest.join("\r\n\r\n").length >= Number(length);
  return / 204 /.test(head) || text.endsWith("\r\n0\r\n\r\n");
}

function lines(first: string, ...headers: string[]): string {
  return [first, "Host: localhost", `X-Forwarded-For: ${someAddress()}`, ...headers, "", ""].join("\r\n");
}
const get = (target: string, ...headers: string[]) => lines(`GET ${target} HTTP/1.1`, ...headers);
const post = (body: string, ...headers: string[]) =>
  lines("POST /api/v1/contacts HTTP/1.1", "Content-Type: application/json", ...headers) + body;

/** The bytes to send, the expected status, and whether the connection has to close afterward. */
const forms: Record<string, [bytes: string, status: number, closes?: "closes"]> = {
  "an endpoint": [get("/api/v1/health"), 200],
  "absolute-form": [get("http://elsewhere.example/api/v1/health?ready"), 200],
  "absolute-form without a path": [get("http://elsewhere.example"), 307],
  "HTTP/1.0": [lines("GET /api/v1/health HTTP/1.0"), 200, "closes"],
  "a fragment": [get("/api/v1/health#top"), 200],
  "an empty query": [get("/api/v1/health?"), 200],
  "a query with a question mark": [get("/api/v1/health??"), 400],
  "dots within the path": [get("/api/v1/contacts/../health"), 200],
  "dots beyond the root": [get("/../../api/v1/health"), 200],
  "encoded dots": [get("/api/v1/contacts/%2e%2e/health"), 200],
  "a trailing slash": [get("/api/v1/health/"), 308],
  "two slashes": [get("/api//v1/health"), 308],
  "slashes that look like a host": [get("//api/v1/health"), 308],
  "a backslash": [get("/api\\v1\\health"), 308],
  "a stray percent sign": [get("/api/v1/contacts/%"), 400],
  "bytes that aren't UTF-8": [get("/api/v1/contacts/%FF"), 400],
  "an encoded NUL": [get("/api/v1/contacts/%00"), 401],
  "a stray percent sign on a page": [get("/acme/%"), 404],
  "bytes that aren't UTF-8 in the first segment": [get("/%FF"), 307],
  "bytes that aren't UTF-8 below /auth": [get("/auth/%FF"), 404],
  "capital letters": [get("/API/v1/health"), 404],
  "an encoded letter": [get("/api/v1/%68ealth"), 404],
  "Next's data for a page": [get("/_next/data/build/api/v1/health.json"), 404],
  "Next's data without a page": [get("/_next/data/"), 404],
  "authority-form": [get("localhost:80"), 400, "closes"],
  "an asterisk": [get("*"), 400],
  "another scheme": [get("ftp://localhost/api/v1/health"), 400],
  "OPTIONS of the server": [lines("OPTIONS * HTTP/1.1"), 204],
  "OPTIONS of an endpoint": [lines("OPTIONS /api/v1/contacts HTTP/1.1"), 204],
  "TRACE of an endpoint": [lines("TRACE /api/v1/contacts HTTP/1.1"), 405],
  "TRACE of a page": [lines("TRACE /sign-in HTTP/1.1"), 405],
  "PROPFIND of an endpoint": [lines("PROPFIND /api/v1/contacts HTTP/1.1"), 405],
  "QUERY of an endpoint": [lines("QUERY /api/v1/contacts HTTP/1.1", "Content-Length: 0"), 405],
  "LOCK of nothing": [lines("LOCK /api/v1/nothing HTTP/1.1"), 405],
  CONNECT: [lines("CONNECT localhost:443 HTTP/1.1"), 405, "closes"],
  "an unknown method": [lines("FETCH /api/v1/health HTTP/1.1"), 400, "closes"],
  "a method in lower case": [lines("get /api/v1/health HTTP/1.1"), 400, "closes"],
  "another protocol's version": [lines("GET /api/v1/health HTTP/9.9"), 400, "closes"],
  "not HTTP at all": ["\x16\x03\x01\x02\x00\x01\x00\x01\xfc\x03\x03", 400, "closes"],
  "no host": ["GET /api/v1/health HTTP/1.1\r\n\r\n", 400],
  "no host for a page": ["GET /sign-in HTTP/1.1\r\n\r\n", 400],
  "an invalid host": ["GET /api/v1/health HTTP/1.1\r\nHost: <>\r\n\r\n", 200],
  "an upgrade": [get("/api/v1/health", "Connection: Upgrade", "Upgrade: websocket"), 200],
  "an upgrade of a page": [get("/nothing/here", "Connection: Upgrade", "Upgrade: websocket"), 404],
  "an upgrade to HTTP/2": [get("/api/v1/health", "Connection: Upgrade, HTTP2-Settings", "Upgrade: h2c"), 200],
  "a header without a colon": [get("/api/v1/health", "Nothing"), 400, "closes"],
  "a folded header": [get("/api/v1/health", "X-A: b", " c"), 400, "closes"],
  "a space before the colon": [get("/api/v1/health", "X-A : b"), 400, "closes"],
  "headers of 20 KB": [get("/api/v1/health", `X-A: ${"a".repeat(20_000)}`), 431, "closes"],
  "a URL of 20 KB": [get(`/api/v1/health?${"a".repeat(20_000)}`), 431, "closes"],
  "a URL of 9 KB": [get(`/api/v1/contacts?q=${"a".repeat(9_000)}`), 414],
  "an unknown expectation": [post("", "Expect: a-miracle", "Content-Length: 0"), 417],
  "a body without a length": [post(""), 401],
  "an invalid length": [post("{}", "Content-Length: two"), 400, "closes"],
  "a negative length": [post("{}", "Content-Length: -2"), 400, "closes"],
  "two lengths": [post("{}", "Content-Length: 2", "Content-Length: 3"), 400, "closes"],
  "a length and chunks": [post("0\r\n\r\n", "Content-Length: 5", "Transfer-Encoding: chunked"), 400, "closes"],
  "a chunk without a size": [post("zz\r\n{}\r\n0\r\n\r\n", "Transfer-Encoding: chunked"), 400, "closes"],
  "an unknown coding": [post("{}", "Transfer-Encoding: gzip"), 400, "closes"],
};

for (const [name, [bytes, status, closes]] of Object.entries(forms)) {
  test(`over a raw socket: ${name}`, async () => {
    const began = performance.now();
    const answer = await exchange(bytes);
    expect(performance.now() - began, "nothing hangs").toBeLessThan(4_000);
    expect(answer.status, answer.head).toBe(status);
    expect(answer.isOpen, `${answer.head}\nwhether the connection stays open`).toBe(closes !== "closes");
    if (status >= 400 && !/text\/html/i.test(answer.head)) {
      expect(answer.head).toMatch(/^content-type: application\/problem\+json\r?$/im);
      expect(answer.head).toMatch(/^x-request-id: req_/im);
      expect(answer.body).toContain(`"status":${status}`);
    }
    expect(answer.head).toMatch(/^x-content-type-options: nosniff\r?$/im);
  });
}

test("a broken request closes its connection without cutting off a pending response", async () => {
  const both = await exchange(get("/api/v1/health") + lines("FETCH / HTTP/1.1"));
  expect(both.isOpen).toBe(false);
  expect(both.status === 200 || both.status === 400, both.head).toBe(true);
});

test("an aborted body isn't logged as an error of ours", async () => {
  const { token } = await makeWorld();
  const { hostname, port } = new URL(server.url);
  const socket = connect(Number(port), hostname);
  const id = `broken-off-${Date.now()}`;
  const part = post('{"first_', `Authorization: Bearer ${token.secret}`, `X-Request-Id: ${id}`, "Content-Length: 100");
  await new Promise((resolve) => socket.write(part, resolve));
  socket.destroy();
  const lineOf = () => server.lines.find((line) => line.includes(id)) ?? "";
  await expect.poll(lineOf).toContain('"code":"malformed_request"');
  expect(lineOf()).toContain('"status":400');
});

test("gzip only if the request accepts it", async () => {
  const ask = async (path: string, accepted: string, method = "GET") => {
    const { head, body } = await exchange(lines(`${method} ${path} HTTP/1.1`, `Accept-Encoding: ${accepted}`));
    return { isGzip: /^content-encoding: gzip/im.test(head), varies: /^vary: .*Accept-Encoding/im.test(head), body };
  };
  for (const accepted of ["gzip", "br;q=1, GZIP;q=0.5", "*", "deflate, *;q=0.1"]) {
    const { isGzip, varies, body } = await ask("/api/v1/openapi.json", accepted);
    expect([accepted, isGzip, varies]).toEqual([accepted, true, true]);
    expect(JSON.parse(gunzipSync(Buffer.from(body, "latin1")).toString()).openapi).toMatch(/^3\./);
  }
  for (const accepted of ["", "identity", "gzip;q=0", "*;q=0", "br", "gzip;q=0, *"]) {
    const { isGzip, varies } = await ask("/api/v1/openapi.json", accepted);
    expect([accepted, isGzip, varies]).toEqual([accepted, false, true]);
  }
  expect((await ask("/api/v1/health", "gzip")).isGzip, "small answers").toBe(false);
});

test("a caller can't forge the noted address and query, even in capitals", async () => {
  const { token } = await makeWorld();
  const forged = ["X-Repdesk-Address: 203.0.113.9", "x-repdesk-query: ?nope=1", "X-REPDESK-QUERY: ?limit=0"];
  const { status, head } = await exchange(
    get("/api/v1/contacts?limit=1", `Authorization: Bearer ${token.secret}`, ...forged),
  );
  expect(status).toBe(200);
  const id = /^x-request-id: (\S+)/im.exec(head)?.[1] ?? "none";
  await expect.poll(() => server.lines.some((line) => line.includes(id))).toBe(true);
  expect(server.lines.some((line) => line.includes("203.0.113.0"))).toBe(false);
});

/** What differs between servers and between requests. */
function plain(text: string, { url }: Server): string {
  return (
    text
      .replaceAll(url, "<app>")
      .replaceAll(/\b([a-z]{3,4})_[0-9a-hjkmnp-tv-z]{26}\b/g, "$1_…")
      .replaceAll(/rdk_\w+/g, "rdk_…")
      // Written shortly after the use.
      .replaceAll(/"last_used_(\w+)":("[^"]*"|null)/g, '"last_used_$1":"…"')
      .replaceAll(/\d{4}-\d\d-\d\dT[\d:.]+Z/g, "<instant>")
      .replaceAll(/[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}/g, "<uuid>")
      .replaceAll(/\b[0-9a-f]{12}\b/g, "<unique>")
  );
}

/** Headers of the connection, and those that only Next extends. */
const ownHeaders = [
  "date",
  "connection",
  "keep-alive",
  "transfer-encoding",
  "content-length",
  "content-encoding",
  "vary",
];

async function answerOf(by: Server, method: string, path: string, init: RequestInit) {
  const headers = { "X-Forwarded-For": someAddress(), ...(init.headers as Record<string, string>) };
  const response = await fetch(`${by.url}${path}`, { ...init, method, headers, redirect: "manual" });
  const told = [...response.headers].filter(([name]) => !ownHeaders.includes(name));
  const varying: Record<string, RegExp> = { ratelimit: /\d+/g, etag: /"[\w-]{22}"/g };
  return {
    status: response.status,
    headers: told
      .map(([name, value]) => `${name}: ${plain(varying[name] ? value.replaceAll(varying[name], "…") : value, by)}`)
      .sort(),
    body: plain(await response.text(), by),
  };
}

test("plain `next start` returns the same responses for every operation", async () => {
  test.slow();
  const next = await startServer({}, "next");
  try {
    const worlds = await Promise.all([server, next].map((by) => worldAt(by)));
    for (const contract of registry) {
      for (const [name, request] of Object.entries(requestsOf(contract))) {
        const [one, other] = await Promise.all(worlds.map((world) => request(world)));
        expect(one, `${contract.operation}: ${name}`).toEqual(other);
        expect(one?.status).toBeLessThan(500);
      }
    }
  } finally {
    await next.stop();
  }
});

type World = Awaited<ReturnType<typeof worldAt>>;

/** A new company with a record of each kind, for one of the two servers. */
async function worldAt(by: Server) {
  const { admin, company, token } = await makeWorld("Acme");
  const own = { jwt: admin.jwt, company: company.id };
  const account = await api("POST", "/accounts", { ...own, body: { name: "Northwind" } });
  const contact = await api("POST", "/contacts", { ...own, body: { first_name: "Ana" } });
  const note = await api("POST", "/notes", { ...own, body: { body: "Called.", account_id: account.body.id } });
  const spare = await makeToken(admin, company);
  const ids: Ids = { acc: account.body.id, con: contact.body.id, not: note.body.id, tok: spare.id };
  const pathOf = ({ path, example }: Endpoint) =>
    `/api/v1${path.replace("{id}", ids[example.params?.id?.split("_")[0] ?? ""] ?? "")}`;
  const session = { Authorization: `Bearer ${admin.jwt}`, "RepDesk-Company": company.id };
  return { by, ids, pathOf, session, bearer: { Authorization: `Bearer ${token.secret}` } };
}

/** Each operation in all the ways in which it can be rejected, and then, last, as intended. */
function requestsOf(contract: Endpoint) {
  const { method, auth, example } = contract;
  const json = { "Content-Type": "application/json" };
  const body = contract.body && JSON.stringify(example.body);
  // Slugs are unique.
  const ownBody = ({ ids }: World) =>
    body && JSON.stringify(bodyOf(contract, ids)).replace(/"slug":"[^"]+"/, `"slug":"${unique()}"`);
  const proofOf = (world: World) => (auth === "session" ? world.session : auth === "none" ? {} : world.bearer);
  const ask =
    (method: string, init: (world: World) => RequestInit, suffix = "") =>
    (world: World) =>
      answerOf(world.by, method, world.pathOf(contract) + suffix, init(world));
  const proven = (world: World) => ({ headers: { ...proofOf(world), ...(body && json) }, body: ownBody(world) });
  return {
    "no credential": ask(method, () => ({ headers: json, body })),
    "an unknown parameter": ask(method, proven, "?nope=1&__proto__=2"),
    "not acceptable": ask(method, (world) => ({
      ...proven(world),
      headers: { ...proven(world).headers, Accept: "text/html" },
    })),
    "a method that isn't allowed": ask("PUT", (world) => ({ headers: proofOf(world) })),
    OPTIONS: ask("OPTIONS", () => ({})),
    "an encoded path": (world: World) =>
      answerOf(world.by, method, `/api/v1/%78${contract.path}`, { headers: proofOf(world) }),
    ...(body && {
      "no JSON": ask(method, (world) => ({ ...proven(world), body: "{" })),
      "an invalid body": ask(method, (world) => ({ ...proven(world), body: '{"nope":1}' })),
      "no content type": ask(method, (world) => ({ headers: proofOf(world), body: Buffer.from(body) })),
    }),
    ...(method === "GET" && { HEAD: ask("HEAD", proven) }),
    "as intended": ask(method, proven),
  };
}
