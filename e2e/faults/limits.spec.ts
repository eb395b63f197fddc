import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { tmpdir } from "node:os";
import { expect, test } from "playwright/test";
import { makeWorld, type Token } from "../api/world.ts";
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
