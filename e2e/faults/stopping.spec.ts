import { once } from "node:events";
import { connect } from "node:net";
import { expect, test } from "playwright/test";
import { expired } from "../api/session-cookie.ts";
import { database, makeWorld, signIn, unique } from "../api/world.ts";
import { type Server, startServer } from "./server.ts";

/** A process that is stopped or killed loses nothing. */

function post(url: string, secret: string, key: string) {
  return fetch(`${url}/api/v1/contacts`, {
    method: "POST",
    headers: { Authorization: `Bearer ${secret}`, "Content-Type": "application/json", "Idempotency-Key": key },
    body: JSON.stringify({ first_name: key }),
  });
}

test("SIGTERM under load: no request fails before load balancers have noticed, and the process exits with 0", async () => {
  const { token } = await makeWorld();
  const server = await startServer({ DRAIN_SECONDS: "2" });
  const outcomes: (number | string)[] = [];
  let hasNoticed = false;
  const client = async () => {
    while (!hasNoticed) {
      const sent = post(server.url, token.secret, unique());
      outcomes.push(await sent.then((response) => response.text().then(() => response.status), String));
    }
  };
  const loadBalancer = async () => {
    while (!hasNoticed) hasNoticed = (await fetch(`${server.url}/api/v1/health?ready`)).status === 503;
  };
  const all = [...Array.from({ length: 8 }, client), loadBalancer()];
  await expect.poll(() => outcomes.length).toBeGreaterThan(50);
  const stopped = server.stop();
  await Promise.all(all);
  const answered = outcomes.length;
  await stopped;
  expect(await server.exited).toBe(0);
  expect(answered).toBeGreaterThan(50);
  expect(outcomes.filter((outcome) => outcome !== 201)).toEqual([]);
});

test("after SIGTERM, readiness fails while requests are still accepted", async () => {
  const { token } = await makeWorld();
  const server = await startServer({ DRAIN_SECONDS: "3" });
  const ready = async () => {
    // A new connection each time, as from a load balancer.
    const response = await fetch(`${server.url}/api/v1/health?ready`, { headers: { Connection: "close" } });
    await response.text();
    return response.status;
  };
  expect(await ready()).toBe(200);
  const stopped = server.stop();
  await expect.poll(ready, { intervals: [50] }).toBe(503);
  expect((await fetch(`${server.url}/api/v1/health`)).status).toBe(200);
  expect((await post(server.url, token.secret, unique())).status).toBe(201);
  await stopped;
  expect(await server.exited).toBe(0);
});

test("killed between commit and response: a retry with the same key gets the first response", async () => {
  const { token, company } = await makeWorld();
  const keys: string[] = [];
  for (let round = 0; round < 3; round += 1) {
    const server = await startServer();
    const mine = Array.from({ length: 40 }, unique);
    keys.push(...mine);
    const sent = mine.map((key) =>
      post(server.url, token.secret, key)
        .then(({ status }) => status)
        .catch(() => 0),
    );
    await Promise.any(sent);
    await server.kill();
    await Promise.all(sent);
  }
  const server = await startServer();
  for (const key of keys) {
    const response = await post(server.url, token.secret, key);
    expect(response.status).toBe(201);
    await response.text();
  }
  await server.stop();
  const [row] =
    await database()`select count(*)::int as count, count(distinct first_name)::int as keys from repdesk.contacts where company_id = ${company.id}`;
  expect([row?.count, row?.keys]).toEqual([keys.length, keys.length]);
});

test("a request from before SIGTERM is answered, and its connection doesn't keep the process alive", async () => {
  const server = await startServer();
  const { hostname, port, host } = new URL(server.url);
  const socket = connect(Number(port), hostname);
  const head = ["POST /auth/sign-in HTTP/1.1", `Host: ${host}`, `Origin: ${server.url}`, "Content-Length: 2"];
  socket.write(`${[...head, "Content-Type: application/json"].join("\r\n")}\r\n\r\n{`);
  // Sent later, so when it is answered, the other request has started.
  expect((await fetch(`${server.url}/api/v1/health`)).status).toBe(200);
  const stopped = server.stop();
  await expect.poll(() => isRefused(server)).toBe(true);
  const began = performance.now();
  socket.write("}");
  const [answer] = await once(socket, "data");
  expect(String(answer)).toMatch(/^HTTP\/1.1 422 /);
  await stopped;
  expect(await server.exited).toBe(0);
  // Far less than the 120 seconds that these servers keep idle connections.
  expect(performance.now() - began).toBeLessThan(5_000);
});

/** Whether the server refuses connections. */
async function isRefused({ url }: Server): Promise<boolean> {
  const { hostname, port } = new URL(url);
  const socket = connect(Number(port), hostname);
  const outcome = await Promise.race([
    once(socket, "connect").then(() => false),
    once(socket, "error").then(() => true),
  ]).catch(() => true);
  socket.destroy();
  return outcome;
}

test("a token's last use is written at shutdown", async () => {
  const { token } = await makeWorld();
  const server = await startServer();
  await fetch(`${server.url}/api/v1/me`, { headers: { Authorization: `Bearer ${token.secret}` } });
  const read = async () =>
    (await database()`select last_used_at from repdesk.api_tokens where id = ${token.id}`)[0]?.last_used_at;
  await expect.poll(read, { timeout: 2_000 }).not.toBeNull();
  const first = await read();
  await database()`update repdesk.api_tokens set last_used_at = now() - interval '1 hour' where id = ${token.id}`;
  await database()`update repdesk.token_secrets set last_used_at = now() - interval '1 hour' where token_id = ${token.id}`;
  await fetch(`${server.url}/api/v1/me`, { headers: { Authorization: `Bearer ${token.secret}` } });
  await server.stop();
  expect((await read()).getTime()).toBeGreaterThanOrEqual(first.getTime());
});

test("without the sign-in service, sessions keep working, signing in is 503, and no cookie is cleared", async () => {
  const { admin, token } = await makeWorld();
  const { jwt } = await signIn(admin);
  const server = await startServer({ SUPABASE_URL: "http://127.0.0.1:9" });
  const get = (credential: string) =>
    fetch(`${server.url}/api/v1/me`, { headers: { Authorization: `Bearer ${credential}` } });
  expect((await get(token.secret)).status).toBe(200);
  expect((await get(jwt)).status).toBe(200);
  for (const [endpoint, body] of [
    ["sign-in", { email: admin.email, password: admin.password }],
    ["refresh", undefined],
  ] as const) {
    const response = await fetch(`${server.url}/auth/${endpoint}`, {
      method: "POST",
      headers: {
        Origin: server.url,
        "Content-Type": "application/json",
        // Only expired sessions are refreshed.
        ...(endpoint === "refresh" && { Cookie: await expired(sessionCookie(server.url, jwt)) }),
      },
      body: body && JSON.stringify(body),
    });
    expect([endpoint, response.status, response.headers.get("set-cookie")]).toEqual([endpoint, 503, null]);
    expect(Number(response.headers.get("retry-after"))).toBeGreaterThan(0);
  }
  await server.stop();
});

function sessionCookie(url: string, jwt: string): string {
  const session = {
    access_token: jwt,
    refresh_token: "x",
    expires_at: 1,
    expires_in: 0,
    token_type: "bearer",
    user: null,
  };
  return `repdesk-session-${new URL(url).port}=base64-${Buffer.from(JSON.stringify(session)).toString("base64url")}`;
}
