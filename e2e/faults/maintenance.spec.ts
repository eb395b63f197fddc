import { expect, test } from "playwright/test";
import { database, makeWorld } from "../api/world.ts";
import { startServer } from "./server.ts";

/** A running process cleans up by itself, and reports failures. */

test("expired rows are deleted soon after the start; a failed round is logged once and affects no request", async () => {
  const { admin, company, token } = await makeWorld();
  const sql = database();
  await sql`insert into repdesk.idempotency_keys (company_id, user_id, operation, key, fingerprint, expires_at)
    values (${company.id}, ${admin.user_id}, 'x', 'expired', ${"a".repeat(64)}, now() - interval '1 hour')`;
  const left = async () =>
    (await sql`select from repdesk.idempotency_keys where company_id = ${company.id} and key = 'expired'`).length;
  // The app of the other tests cleans up too, but this test needs its own server.
  const task = sql`function repdesk.delete_expired_idempotency_keys(integer)`;
  await sql`revoke execute on ${task} from repdesk_app`;
  const server = await startServer();
  const failures = () =>
    server.lines.filter((line) => line.includes('"msg":"maintenance"')).map((line) => JSON.parse(line));
  try {
    await expect.poll(() => failures().length, { timeout: 20_000 }).toBe(1);
    expect(failures()[0]).toMatchObject({
      level: "warn",
      error: expect.stringMatching(/delete_expired_idempotency_keys.*42501/s),
    });
    const read = await fetch(`${server.url}/api/v1/me`, { headers: { Authorization: `Bearer ${token.secret}` } });
    expect(read.status).toBe(200);
    expect(await left()).toBe(1);
  } finally {
    await sql`grant execute on ${task} to repdesk_app`;
    await server.stop();
  }
  expect(await server.exited).toBe(0);

  const next = await startServer();
  await expect.poll(left, { timeout: 20_000 }).toBe(0);
  await next.stop();
  expect(await next.exited).toBe(0);
});
