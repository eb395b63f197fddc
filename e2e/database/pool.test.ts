import net from "node:net";
import { setTimeout as sleep } from "node:timers/promises";
import { sql } from "drizzle-orm";
import { afterAll, beforeEach, describe, expect, test } from "vitest";
import type { Caller, Tx } from "#lib/db/company";
import { environment } from "../environment.ts";
import { TcpProxy, type Trouble } from "../faults/tcp-proxy.ts";

// The pool of this file reaches the database through a proxy that can be broken.
const direct = new URL(environment.databaseUrl);
const proxy = new TcpProxy({ host: direct.hostname, port: Number(direct.port) });
await proxy.open();
process.env.DATABASE_URL = Object.assign(new URL(direct), { port: String(proxy.port) }).toString();

const { as, byToken, makeWorld, owner, superuser } = await import("./support.ts");
const { endPool, ping } = await import("#lib/db/pool");
const { isUnavailable } = await import("#lib/db/faults");
const { contacts } = await import("#lib/domain/contacts");

const { company, token } = await makeWorld();
const deadlineMs = 10_000;
const healMs = 5_000;

const read = (signal?: AbortSignal) =>
  as(byToken(token), async (tx) => (await tx.execute(sql`select 1 as one`))[0]?.one, { signal });
const create = (tx: Tx, caller: Caller) => contacts.create(tx, caller as never, { first_name: "Ana" });
const write = () => as(byToken(token), async (tx, caller) => (await create(tx, caller)).id);
const isKept = async (id: string) =>
  (await owner`select from repdesk.contacts where company_id = ${company.id} and id = ${id}`).length === 1;
const outcome = async (work: Promise<unknown>) => {
  const began = performance.now();
  const error = await work.then(
    () => null,
    (reason: unknown) => reason ?? "nothing",
  );
  return { error, ms: performance.now() - began };
};

async function heals(): Promise<void> {
  await expect.poll(async () => (await outcome(read())).error, { timeout: healMs, interval: 50 }).toBeNull();
}

beforeEach(async () => {
  await proxy.make("none");
  await heals();
});
afterAll(async () => {
  await endPool(500);
  await proxy.stop();
});

describe("when the path to the database fails", () => {
  test.each(["refuse", "close", "dark", "cut"] satisfies Trouble[])(
    "%s: each request is told in time, nothing acknowledged is lost, and it heals by itself",
    async (trouble) => {
      await Promise.all(Array.from({ length: 5 }, read));
      const acknowledged = [await write()];
      await proxy.make(trouble);
      const writes = Array.from({ length: 10 }, write);
      const tries = await Promise.all([...writes, ...Array.from({ length: 10 }, () => read()), ping(800)].map(outcome));
      for (const { error, ms } of tries) {
        expect(error).not.toBeNull();
        expect(isUnavailable(error)).toBe(true);
        expect(ms).toBeLessThan(deadlineMs + 500);
      }
      expect(tries.at(-1)?.ms).toBeLessThan(1_000);
      await proxy.make("none");
      await heals();
      await expect.poll(async () => (await outcome(ping(800))).error, { timeout: healMs }).toBeNull();
      for (const id of acknowledged) expect(await isKept(id)).toBe(true);
      await Promise.all(Array.from({ length: 20 }, read));
    },
    40_000,
  );

  test("any number of requests causes few connection attempts", async () => {
    await proxy.make("close");
    const before = proxy.connects;
    for (const until = Date.now() + 3_000; Date.now() < until; )
      await Promise.all(Array.from({ length: 20 }, () => outcome(read())));
    const tries = proxy.connects - before;
    expect(tries).toBeGreaterThan(1);
    expect(tries).toBeLessThan(40);
  });

  test("idle connections that died silently cost a moment, but no request fails", async () => {
    const forgetful = await forgetfulPath();
    await endPool();
    const { env } = await import("#lib/env");
    const before = env().DATABASE_URL;
    env().DATABASE_URL = Object.assign(new URL(direct), { port: String(forgetful.port) }).toString();
    try {
      const open = () => as(byToken(token), (tx) => tx.execute(sql`select pg_sleep(0.2)`));
      await read();
      await Promise.all(Array.from({ length: 8 }, open));
      expect(forgetful.forgetAll()).toBe(8);
      // One request finds out, and none of the other eight is tried.
      const { error, ms } = await outcome(write());
      expect(error).toBeNull();
      expect(ms).toBeLessThan(healMs);
      expect((await outcome(read())).ms).toBeLessThan(1_000);
    } finally {
      env().DATABASE_URL = before;
      await endPool(500);
      forgetful.close();
    }
  }, 30_000);

  test("requests succeed after the server has ended all connections", async () => {
    await Promise.all(Array.from({ length: 5 }, read));
    const ended =
      await superuser`select pg_terminate_backend(pid) from pg_stat_activity where client_port = any(${proxy.ports()})`;
    expect(ended.length).toBeGreaterThanOrEqual(5);
    const tries = await Promise.all(Array.from({ length: 10 }, () => outcome(write())));
    expect(tries.map(({ error }) => error)).toEqual(Array(10).fill(null));
  });

  test("a write whose connection breaks is reported and not repeated", async () => {
    let runs = 0;
    let id = "";
    const broken = as(byToken(token), async (tx, caller) => {
      runs += 1;
      ({ id } = await create(tx, caller));
      const [{ pid } = { pid: 0 }] = await tx.execute<{ pid: number }>(sql`select pg_backend_pid() as pid`);
      await superuser`select pg_terminate_backend(${pid})`;
      await tx.execute(sql`select 1`);
    });
    const { error } = await outcome(broken);
    expect([isUnavailable(error), runs]).toEqual([true, 1]);
    expect(await isKept(id)).toBe(false);
  });
});

describe("a request that times out", () => {
  test("fails immediately; its work stops and is rolled back, and its connection is reused", async () => {
    const ids: string[] = [];
    const late = Array.from({ length: 8 }, () =>
      as(
        byToken(token),
        async (tx, caller) => {
          ids.push((await create(tx, caller)).id);
          await tx.execute(sql`select pg_sleep(1.5)`);
          ids.push((await create(tx, caller)).id);
        },
        { signal: AbortSignal.timeout(700) },
      ),
    );
    for (const { error, ms } of await Promise.all(late.map(outcome))) {
      expect(isUnavailable(error)).toBe(true);
      expect(ms).toBeLessThan(1_000);
    }
    const before = proxy.connects;
    expect((await outcome(read())).ms).toBeLessThan(2_500);
    expect(proxy.connects).toBe(before);
    expect(ids).toHaveLength(8);
    for (const id of ids) expect(await isKept(id)).toBe(false);
  });

  test("isn't committed even if its work is done", async () => {
    const control = new AbortController();
    let id = "";
    const late = as(
      byToken(token),
      async (tx, caller) => {
        ({ id } = await create(tx, caller));
        control.abort(new Error("late"));
      },
      { signal: control.signal },
    );
    await expect(late).rejects.toThrow("late");
    await sleep(200);
    expect(await isKept(id)).toBe(false);
  });

  test("failed work gets its own error even if the rollback is slow, and only the connection is dropped", async () => {
    const failure = async () => {
      await proxy.make("dark");
      throw new Error("what really happened");
    };
    const { error, ms } = await outcome(as(byToken(token), failure));
    expect(error).toMatchObject({ message: "what really happened" });
    expect(ms).toBeLessThan(500);
    await proxy.make("none");
    await heals();
  });

  test("before it started does nothing", async () => {
    let ran = false;
    const late = as(
      byToken(token),
      async () => {
        ran = true;
      },
      { signal: AbortSignal.abort(new Error("late")) },
    );
    await expect(late).rejects.toThrow("late");
    expect(ran).toBe(false);
  });
});

describe("a full pool", () => {
  const hold = (ms: number) => as(byToken(token), (tx) => tx.execute(sql`select pg_sleep(${ms / 1000}::float8)`));

  test("serves those who wait, rejects those who can't, and isn't reported as broken", async () => {
    const holding = Array.from({ length: 10 }, () => hold(1_200));
    await sleep(300);
    const [waiting, impatient, health] = await Promise.all([
      outcome(read()),
      outcome(read(AbortSignal.timeout(200))),
      outcome(ping(800)),
    ]);
    expect(waiting).toMatchObject({ error: null });
    expect(waiting.ms).toBeGreaterThan(500);
    expect(isUnavailable(impatient.error)).toBe(true);
    expect(impatient.ms).toBeLessThan(400);
    expect(health.error).toBeNull();
    await Promise.all(holding);
    const [{ count } = { count: 0 }] = await superuser`select count(*)::int from pg_stat_activity
      where usename = 'repdesk_app' and application_name = 'repdesk' and datname = current_database()`;
    expect(count).toBeLessThan(100);
  });

  test("serves 300 requests at once with 10 connections", async () => {
    const before = proxy.connects;
    const tries = await Promise.all(Array.from({ length: 300 }, () => outcome(read())));
    expect(tries.filter(({ error }) => error !== null)).toHaveLength(0);
    expect(proxy.connects - before).toBeLessThanOrEqual(10);
  });
});

test("work that continues after a failed statement isn't treated as committed", async () => {
  const swallowed = as(byToken(token), async (tx, caller) => {
    const { id } = await create(tx, caller);
    await tx.execute(sql`select 1 / 0`).catch(() => {});
    return id;
  });
  await expect(swallowed).rejects.toThrow(/rolled back/);
});

test("a lock timeout and a read-only server are `unavailable`, not internal errors", async () => {
  const id = await write();
  const release = owner.begin(async (tx) => {
    await tx`select from repdesk.contacts where company_id = ${company.id} and id = ${id} for update`;
    const { error, ms } = await outcome(
      as(byToken(token), (work, caller) => contacts.remove(work, caller as never, { id })),
    );
    expect([isUnavailable(error), ms > 4_500, ms < 6_500]).toEqual([true, true, true]);
  });
  await release;
  const readOnly = as(byToken(token), create, { read_only: true });
  expect(isUnavailable((await outcome(readOnly)).error)).toBe(true);
});

/** A path that can silently drop open connections, as a router does. */
async function forgetfulPath() {
  const known = new Set<net.Socket>();
  const ends = new Set<net.Socket>();
  const server = net.createServer((client) => {
    const upstream = net.connect(Number(direct.port), direct.hostname);
    known.add(client);
    ends.add(client).add(upstream);
    client.on("data", (bytes) => known.has(client) && upstream.write(bytes));
    upstream.on("data", (bytes) => known.has(client) && client.write(bytes));
    for (const socket of [client, upstream]) socket.on("error", () => {});
    client.on("close", () => upstream.destroy());
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const forgetAll = () => {
    const count = known.size;
    known.clear();
    return count;
  };
  const close = () => {
    for (const socket of ends) socket.destroy();
    server.close();
  };
  return { port: (server.address() as net.AddressInfo).port, forgetAll, close };
}
