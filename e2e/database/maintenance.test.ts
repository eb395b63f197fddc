import postgres from "postgres";
import { afterAll, beforeAll, expect, test } from "vitest";
import { environment } from "../environment.ts";
import { app, as, byToken, makeWorld, owner, reserve, superuser } from "./support.ts";

const { maintain, maintenanceLock } = await import("#lib/db/maintenance");

/** Maintenance with 300,000 expired idempotency keys. */

type World = Awaited<ReturnType<typeof makeWorld>>;
const never = new AbortController().signal;
const many = 300_000;
let world: World;

/** Keys that expired one by one, the last one just now, or that will expire, the first one in a second. */
const fill = ({ company, admin }: World, count: number, is: "expired" | "live") =>
  owner`insert into repdesk.idempotency_keys (company_id, user_id, operation, key, fingerprint, status, body, expires_at)
    select ${company.id}, ${admin.user_id}, ${is}, i, ${"a".repeat(64)}, 201, '{"id":"x"}',
           now() + make_interval(secs => ${is === "live" ? 1_000 : -1}::int * i)
      from generate_series(1, ${count}::int) i`;
const left = async (is: "expired" | "live") =>
  (await owner`select from repdesk.idempotency_keys where company_id = ${world.company.id} and operation = ${is}`)
    .length;
const step = () => app`select repdesk.delete_expired_idempotency_keys(1000) as deleted`;

beforeAll(async () => {
  world = await makeWorld();
  await fill(world, 500, "live");
  await fill(world, many, "expired");
  await superuser`analyze repdesk.idempotency_keys`;
}, 120_000);
afterAll(async () => {
  await owner`delete from repdesk.idempotency_keys where company_id = ${world.company.id}`;
}, 60_000);

test("a step finds expired keys by their index, deletes 1,000 of them, and is fast", async () => {
  const plans: string[] = [];
  const sql = postgres(environment.superuserUrl, { max: 1, onnotice: ({ message }) => plans.push(String(message)) });
  await sql`load 'auto_explain'`;
  for (const setting of ["auto_explain.log_min_duration = 0", "auto_explain.log_nested_statements = on"])
    await sql.unsafe(`set ${setting}`);
  await sql`set client_min_messages = log`;
  const [first] = await sql`select repdesk.delete_expired_idempotency_keys(1000) as deleted`;
  await sql.end();
  expect(first?.deleted).toBe(1_000);
  const plan = plans.find((text) => text.includes("delete from repdesk.idempotency_keys"));
  expect(plan).toContain("Index Scan using idempotency_keys_by_expiry");
  expect(plan).toContain("Index Cond: (expires_at <= now())");
  expect(plan).not.toContain("Seq Scan");

  const times: number[] = [];
  for (let count = 0; count < 20; count += 1) {
    const began = performance.now();
    expect((await step())[0]?.deleted).toBe(1_000);
    times.push(performance.now() - began);
  }
  times.sort((a, b) => a - b);
  console.log(`1,000 of ${many} expired keys: median ${times[10]?.toFixed(0)} ms, longest ${times[19]?.toFixed(0)} ms`);
  expect(times[10]).toBeLessThan(300);
  expect(await left("expired")).toBe(many - 21_000);
}, 60_000);

test("a request with an idempotency key deletes none of them", async () => {
  const other = await makeWorld();
  const before = await left("expired");
  for (let count = 0; count < 20; count += 1) {
    await as(byToken(other.token), async (tx, caller) => {
      for (let key = 0; key < 20; key += 1)
        await reserve(tx, caller, { operation: "x", key: `${count}-${key}`, fingerprint: "a".repeat(64) });
    });
  }
  expect(before).toBeGreaterThan(0);
  expect(await left("expired")).toBe(before);
});

test("a round does nothing while another process is at work, and doesn't wait", async () => {
  const before = await left("expired");
  await superuser.begin(async (tx) => {
    await tx`select pg_advisory_xact_lock(${maintenanceLock})`;
    const began = performance.now();
    await maintain(never);
    expect(performance.now() - began).toBeLessThan(1_000);
  });
  expect(await left("expired")).toBe(before);
});

test("rounds end when their time is up, and those of two processes delete all expired keys and no others", async () => {
  const began = performance.now();
  const before = await left("expired");
  await maintain(never);
  expect(performance.now() - began).toBeLessThan(8_000);
  expect(await left("expired")).toBeLessThan(before);
  let rounds = 0;
  for (; (await left("expired")) > 0; rounds += 1) {
    expect(rounds).toBeLessThan(100);
    await Promise.all([maintain(never), maintain(never)]);
  }
  expect(await left("live")).toBe(500);
  const locks = await superuser`select from pg_locks where locktype = 'advisory' and granted`;
  expect(locks).toHaveLength(0);
}, 120_000);

test("a failing task is reported by name, doesn't stop the others, and works again later", async () => {
  await fill(world, 10, "expired");
  await owner`insert into repdesk.blanking_queue values (${world.company.id}, 'con_x', '-infinity')`;
  const task = owner`function repdesk.delete_expired_idempotency_keys(integer)`;
  await owner`revoke execute on ${task} from repdesk_app`;
  try {
    await expect(maintain(never)).rejects.toMatchObject({
      message: expect.stringContaining("delete_expired_idempotency_keys"),
      cause: { code: "42501" },
    });
  } finally {
    await owner`grant execute on ${task} to repdesk_app`;
  }
  expect(await owner`select from repdesk.blanking_queue where company_id = ${world.company.id}`).toHaveLength(0);
  expect(await left("expired")).toBe(10);
  await maintain(never);
  expect(await left("expired")).toBe(0);
});

test("a stopped round starts nothing", async () => {
  await fill(world, 10, "expired");
  await maintain(AbortSignal.abort());
  expect(await left("expired")).toBe(10);
});
