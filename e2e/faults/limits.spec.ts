import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { tmpdir } from "node:os";
import { expect, test } from "playwright/test";
import { makeToken, makeWorld, type Token } from "../api/world.ts";
import { environment } from "../environment.ts";
import { freePort, type Server, startServer } from "./server.ts";

/** Several processes count together where they share a store, and each for itself while it is away. */

let redis: ChildProcess;
let servers: Server[];
let token: Token;

test.describe.configure({ mode: "serial" });

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

async function ask(server: Server | undefined): Promise<{ status: number; left: number }> {
  const response = await fetch(`${server?.url}/api/v1/me`, { headers: { Authorization: `Bearer ${token.secret}` } });
  await response.text();
  const left = /"credential";r=(\d+)/.exec(response.headers.get("ratelimit") ?? "")?.[1];
  return { status: response.status, left: Number(left) };
}

test("what one process has counted, the other counts on from", async () => {
  // The first requests may come before the store is ready; each process then counts for itself.
  for (const server of servers)
    await expect.poll(() => server.lines.some((line) => line.includes("store is ready"))).toBe(true);
  const first = await ask(servers[0]);
  const second = await ask(servers[1]);
  const third = await ask(servers[0]);
  expect([first.status, second.status, third.status]).toEqual([200, 200, 200]);
  expect([second.left, third.left]).toEqual([first.left - 1, first.left - 2]);
});

test("the store away: requests are answered, and still counted", async () => {
  redis.kill("SIGKILL");
  await once(redis, "exit");
  const answers = [await ask(servers[0]), await ask(servers[0])];
  expect(answers.map(({ status }) => status)).toEqual([200, 200]);
  expect(answers[1]?.left).toBe((answers[0]?.left ?? 0) - 1);
});

/** So many requests, 20 at a time: how often each status came. */
async function askOften(server: Server, secret: string, times: number): Promise<Record<number, number>> {
  const counts: Record<number, number> = {};
  for (let sent = 0; sent < times; sent += 20) {
    const replies = await Promise.all(Array.from({ length: Math.min(20, times - sent) }, () => get(server, secret)));
    for (const { status } of replies) counts[status] = (counts[status] ?? 0) + 1;
  }
  return counts;
}

async function get(server: Server, secret: string) {
  const response = await fetch(`${server.url}/api/v1/me`, { headers: { Authorization: `Bearer ${secret}` } });
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

test("600 a minute a token and 2,400 a company: who is over is told when to go on, and all others go on", async () => {
  const { admin, company, token: first } = await makeWorld();
  const others = [await makeToken(admin, company), await makeToken(admin, company), await makeToken(admin, company)];
  const last = await makeToken(admin, company);
  const elsewhere = await makeWorld();
  const server = await startServer();
  try {
    const began = performance.now();
    expect(await askOften(server, first.secret, 600)).toEqual({ 200: 600 });
    expectLimited(await get(server, first.secret), "credential");
    for (const { secret } of others) expect(await askOften(server, secret, 600)).toEqual({ 200: 600 });
    expectLimited(await get(server, last.secret), "company");
    expect((await get(server, elsewhere.token.secret)).status).toBe(200);
    expect(performance.now() - began, "all within one window").toBeLessThan(60_000);
  } finally {
    await server.stop();
  }
});
