import { afterAll, beforeAll, expect, test, vi } from "vitest";

/** Settings that the module reads at its first use. */
beforeAll(() => {
  vi.stubEnv("APP_URL", "https://repdesk.example.com");
  vi.stubEnv("SUPABASE_URL", "https://project.example.com");
  vi.stubEnv("SUPABASE_PUBLISHABLE_KEY", "key");
  vi.stubEnv("DATABASE_URL", "postgres://repdesk_app@127.0.0.1/postgres");
  vi.stubEnv("NODE_ENV", "test");
});
afterAll(() => vi.unstubAllEnvs());

test("200,000 different keys take less than 150 MB, and are gone after their window", { timeout: 60_000 }, async () => {
  const { makeLimiter } = await import("#lib/http/limit-store");
  const limiter = makeLimiter("test", 10, 3);
  const before = process.memoryUsage().heapUsed;
  for (let key = 0; key < 200_000; key += 1) await limiter.consume(`2001:db8:0:${key.toString(16)}::/64`);
  expect((process.memoryUsage().heapUsed - before) / 1e6).toBeLessThan(150);
  const last = "2001:db8:0:30d3f::/64";
  expect(await limiter.get(last)).not.toBeNull();
  await expect.poll(() => limiter.get(last), { timeout: 10_000, interval: 250 }).toBeNull();
});
