import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { createServer, request as httpRequest } from "node:http";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { stringFromBase64URL, stringToBase64URL } from "@supabase/ssr";
import { expect, test } from "playwright/test";
import { newToken } from "#lib/format/token";
import { expired } from "../api/session-cookie.ts";
import { makeToken, makeWorld, signIn, type Token } from "../api/world.ts";
import { environment } from "../environment.ts";
import { cookieAt, freePort, type Server, startServer } from "./server.ts";

/** Processes with a shared store count together, and separately while it is away. */

let redis: ChildProcess;
let servers: Server[];
let token: Token;

async function ask(server: Server | undefined): Promise<{ status: number; left: number }> {
  const response = await fetch(`${server?.url}/api/v1/me`, { headers: { Authorization: `Bearer ${token.secret}` } });
  await response.text();
  const left = /"credential";r=(\d+)/.exec(response.headers.get("ratelimit") ?? "")?.[1];
  return { status: response.status, left: Number(left) };
}

test.describe
  .serial("processes that share a store", () => {
    test.beforeAll(async () => {
      ({ token } = await makeWorld());
      const port = await freePort();
      const options = ["--bind", "127.0.0.1", "--save", "", "--appendonly", "no", "--dir", tmpdir()];
      redis = spawn(environment.redisServer, ["--port", String(port), ...options], { stdio: "ignore" });
      const settings = { RATE_LIMIT_REDIS_URL: `redis://127.0.0.1:${port}` };
      servers = [await startServer(settings), await startServer(settings)];
    });

    test.afterAll(async () => {
      redis.kill("SIGKILL");
      for (const server of servers) await server.stop();
    });

    test("one process continues the count of the other", async () => {
      // Before the store is ready, each process counts for itself.
      for (const server of servers)
        await expect.poll(() => server.lines.some((line) => line.includes("store is ready"))).toBe(true);
      const began = performance.now();
      for (const server of servers) expect(await askOften(server, token.secret, 200)).toEqual({ 200: 200 });
      const { status, left } = await ask(servers[0]);
      expect(status).toBe(200);
      expect(left).toBeGreaterThanOrEqual(199);
      expect(left).toBeLessThanOrEqual(199 + filledSince(began));
    });

    test("requests are answered and counted while the store is away", async () => {
      redis.kill("SIGKILL");
      await once(redis, "exit");
      const began = performance.now();
      expect(await askOften(servers[0] as Server, token.secret, 100)).toEqual({ 200: 100 });
      const { status, left } = await ask(servers[0]);
      expect(status).toBe(200);
      expect(left).toBeLessThanOrEqual(499 + filledSince(began));
    });
  });

/** Tokens that a bucket of 600 refills in the meantime, at 10 per second. */
function filledSince(began: number): number {
  return Math.ceil((performance.now() - began) / 100);
}

/** Sends requests, 20 at a time, and returns the number of responses by status. */
async function askOften(server: Server, secret: string, times: number): Promise<Record<number, number>> {
  const counts: Record<number, number> = {};
  for (let sent = 0; sent < times; sent += 20) {
    const replies = await Promise.all(Array.from({ length: Math.min(20, times - sent) }, () => get(server, secret)));
    for (const { status } of replies) counts[status] = (counts[status] ?? 0) + 1;
  }
  return counts;
}

/** `credential`: a token, or the cookie of a session. */
async function get(server: Server, credential: string) {
  const headers: Record<string, string> = credential.includes("=")
    ? { Cookie: credential }
    : { Authorization: `Bearer ${credential}` };
  const response = await fetch(`${server.url}/api/v1/me`, { headers });
  const { code } = (await response.json()) as { code?: string };
  return { status: response.status, code, headers: response.headers };
}

function expectLimited({ status, code, headers }: Awaited<ReturnType<typeof get>>, policy: string): void {
  expect([status, code]).toEqual([429, "rate_limited"]);
  const seconds = headers.get("retry-after") ?? "";
  expect(seconds).toMatch(/^[1-9]\d?$/);
  expect(Number(seconds)).toBeLessThanOrEqual(60);
  expect(headers.get("ratelimit")).toMatch(new RegExp(`^"${policy}";r=0;t=\\d+$`));
}

/** Sends up to 4,000 requests until one is rejected. Returns how many were accepted, and the rejection. */
async function askUntilLimited(server: Server, credentials: string[]) {
  const began = performance.now();
  for (let answered = 0; answered < 4_000; answered += 20) {
    const replies = await Promise.all(
      Array.from({ length: 20 }, (_, index) =>
        get(server, credentials[(answered + index) % credentials.length] as string),
      ),
    );
    const limited = replies.filter(({ status }) => status === 429);
    const [last] = limited;
    if (last) return { answered: answered + 20 - limited.length, ms: performance.now() - began, last };
  }
  throw new Error("There was no rate limit.");
}

test("600 at once per token and 2,400 per company's tokens, then 10 and 40 per second; people and others aren't affected", async () => {
  const { admin, company, token: first } = await makeWorld();
  const tokens = [first];
  for (let count = 0; count < 5; count += 1) tokens.push(await makeToken(admin, company));
  const elsewhere = await makeWorld();
  const server = await startServer();
  const asPerson = (path: string, init: RequestInit = {}) =>
    fetch(`${server.url}/api/v1${path}`, {
      ...init,
      headers: {
        Authorization: `Bearer ${admin.jwt}`,
        "RepDesk-Company": company.id,
        "Content-Type": "application/json",
      },
    });
  try {
    const one = await askUntilLimited(server, [first.secret]);
    expect(one.answered).toBeGreaterThanOrEqual(600);
    expect(one.answered).toBeLessThanOrEqual(601 + one.ms / 100);
    expectLimited(one.last, "credential");

    const all = await askUntilLimited(
      server,
      tokens.slice(1).map(({ secret }) => secret),
    );
    expect(one.answered + all.answered).toBeGreaterThanOrEqual(2_400);
    expect(one.answered + all.answered).toBeLessThanOrEqual(2_401 + (one.ms + all.ms) / 25);
    expectLimited(all.last, "company");

    // Integrations keep exceeding their limit.
    const machines = tokens.slice(1).map(({ secret }) => secret);
    let isOver = false;
    const flood = Array.from({ length: 20 }, async (_, index) => {
      while (!isOver) await get(server, machines[index % machines.length] as string);
    });
    for (let times = 0; times < 10; times += 1) {
      expect((await get(server, elsewhere.token.secret)).status).toBe(200);
      expect((await asPerson("/contacts?limit=1")).status).toBe(200);
      const body = JSON.stringify({ name: "Made while the machines wait", scopes: ["contacts:read"] });
      expect((await asPerson("/auth/token", { method: "POST", body })).status).toBe(201);
    }
    isOver = true;
    await Promise.all(flood);
  } finally {
    await server.stop();
  }
});

test("pages take from the session's quota; one too many says how long to wait, and other sessions aren't affected", async () => {
  const { admin, company } = await makeWorld();
  const server = await startServer();
  try {
    const cookie = await cookieAt(server, admin);
    const open = (path: string, headers: Record<string, string>) =>
      fetch(`${server.url}${path}`, { headers, redirect: "manual" });
    expect((await open(`/${company.slug}/contacts`, { cookie })).status).toBe(200);
    await askUntilLimited(server, [cookie]);
    for (const path of [`/${company.slug}/contacts`, `/${company.slug}/settings/api-tokens`, "/help"]) {
      // Ten more are allowed each second, so at least one of several at once is rejected.
      const replies = await Promise.all(Array.from({ length: 40 }, () => open(path, { cookie })));
      const limited = replies.find(({ status }) => status === 429) as Response;
      expect(limited, path).toBeDefined();
      expect(Number(limited.headers.get("retry-after"))).toBeGreaterThanOrEqual(1);
      expect(limited.headers.get("content-security-policy")).toContain("frame-ancestors 'none'");
      expect(await limited.text()).toContain("This page tries again in 1 second.");
    }
    const other = await cookieAt(server, await signIn(admin));
    expect((await open(`/${company.slug}/contacts`, { cookie: other })).status).toBe(200);
    const lines = () => server.lines.filter((line) => line.includes('"msg":"page"') && line.includes('"status":429'));
    await expect.poll(() => lines().length).toBeGreaterThanOrEqual(3);
    for (const line of lines()) expect(JSON.parse(line)).toMatchObject({ code: "rate_limited", method: "GET" });
  } finally {
    await server.stop();
  }
});

test("failed tokens of strangers don't lock out others, and a new token gets in", async () => {
  const { admin, company, token } = await makeWorld();
  const unused = await makeToken(admin, company);
  const server = await startServer();
  const address = "198.51.100.7";
  const ask = (secret: string, from = address) =>
    fetch(`${server.url}/api/v1/me`, { headers: { Authorization: `Bearer ${secret}`, "X-Forwarded-For": from } });
  try {
    expect((await ask(token.secret, "203.0.113.9")).status, "known, though not from here").toBe(200);
    // After 30 failures, a few per second are still looked up.
    const strangers = await Promise.all(Array.from({ length: 100 }, () => ask(newToken().secret)));
    const refused = strangers.filter(({ status }) => status === 401).length;
    expect(refused).toBeGreaterThanOrEqual(30);
    expect(refused).toBeLessThanOrEqual(60);
    expect(strangers.filter(({ status }) => status === 429)).toHaveLength(100 - refused);

    expect((await ask(token.secret)).status, "a known token").toBe(200);
    const write = await fetch(`${server.url}/api/v1/contacts`, {
      method: "POST",
      headers: {
        Authorization: `Bearer ${admin.jwt}`,
        "RepDesk-Company": company.id,
        "Content-Type": "application/json",
        "X-Forwarded-For": address,
      },
      body: JSON.stringify({ first_name: "Ana" }),
    });
    expect(write.status, "a colleague's write").toBe(201);
    await expect
      .poll(async () => (await ask(unused.secret)).status, { message: "a token never seen before", timeout: 5_000 })
      .toBe(200);
    const junk = await Promise.all(Array.from({ length: 40 }, () => ask("rdk_junk")));
    expect(junk.filter(({ status }) => status === 429).length, "junk isn't looked up").toBeGreaterThan(20);
  } finally {
    await server.stop();
  }
});

test("a forged cookie causes no request to the auth server, and a session only a limited number", async () => {
  const person = (await makeWorld()).admin;
  const target = new URL(environment.supabaseUrl);
  const upstream = await countingProxy(target);
  const server = await startServer({ SUPABASE_URL: upstream.url });
  try {
    const cookie = await cookieAt(server, person);
    const before = upstream.requests;
    const open = (value: string) => fetch(`${server.url}/help`, { headers: { cookie: value }, redirect: "manual" });
    for (let views = 0; views < 50; views += 1) {
      const forged = await withRefreshToken(cookie, `made-up-${views}`, { expires_at: 1 });
      expect((await open(forged)).status).toBe(200);
    }
    expect(upstream.requests - before, "the token itself is still valid").toBe(0);

    const statuses: number[] = [];
    for (let views = 0; views < 50; views += 1) {
      const old = await withRefreshToken(await expired(cookie), `made-up-${views}`, {});
      statuses.push((await open(old)).status);
    }
    expect(upstream.requests - before).toBeGreaterThanOrEqual(10);
    expect(upstream.requests - before).toBeLessThanOrEqual(12);
    expect(statuses.at(-1)).toBe(429);
  } finally {
    await server.stop();
    await upstream.close();
  }
});

/** A cookie with a real access token and a forged refresh token. */
async function withRefreshToken(cookie: string, refresh_token: string, more: object): Promise<string> {
  const [name = "", value = ""] = cookie.split("=base64-");
  const stored = JSON.parse(stringFromBase64URL(decodeURIComponent(value)));
  return `${name}=base64-${stringToBase64URL(JSON.stringify({ ...stored, refresh_token, ...more }))}`;
}

/** Forwards requests to the auth server, and counts those that could refresh a session. */
async function countingProxy(target: URL) {
  const counted = { requests: 0 };
  const proxy = createServer((request, response) => {
    if (request.url?.includes("grant_type=refresh_token")) counted.requests += 1;
    const { method, url: path, headers } = request;
    const upstream = httpRequest({ host: target.hostname, port: target.port, method, path, headers }, (answer) => {
      response.writeHead(answer.statusCode ?? 502, answer.headers);
      answer.pipe(response);
    });
    request.pipe(upstream);
  });
  proxy.listen(0, "127.0.0.1");
  await once(proxy, "listening");
  return Object.assign(counted, {
    url: `http://127.0.0.1:${(proxy.address() as AddressInfo).port}`,
    close: () => new Promise((resolve) => proxy.close(resolve)),
  });
}
