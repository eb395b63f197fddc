import { createHash } from "node:crypto";
import { expect, test } from "vitest";
import { flushJournal } from "#lib/db/journal";
import { noteUse } from "#lib/db/token-use";
import { tokens } from "#lib/domain/tokens";
import { as, bySession, byToken, inside, makeWorld, owner, type Token } from "./support.ts";

/** The two secrets of a rotation. Time passes by moving what has happened into the past. */

type World = Awaited<ReturnType<typeof makeWorld>> & { id: string; one: Token };

async function begin(lifetimeDays: number | null = 90): Promise<World> {
  const world = await makeWorld();
  const created = await manage(world, (tx, admin) =>
    tokens.create(tx, admin, {
      name: "Nightly sync",
      scopes: ["contacts:read", "tokens:rotate"],
      expires_in_days: lifetimeDays,
    }),
  );
  const { id } = created;
  return { ...world, id, one: secretOf(id, created.token) };
}

const manage = <T>(
  { admin, company }: Pick<World, "admin" | "company">,
  work: Parameters<typeof inside<T>>[1],
): Promise<T> => inside(bySession(admin), work, { company: company.id });

function secretOf(id: string, secret: string | null): Token {
  if (secret === null) throw new Error("There is no secret.");
  return { id, secret, hash: createHash("sha256").update(secret).digest() };
}

async function rotate(world: World, input: { overlap_hours?: number; reason?: "exposed" } = {}): Promise<Token> {
  const { id } = world;
  return secretOf(id, (await manage(world, (tx, admin) => tokens.rotate(tx, admin, { id, ...input }))).token);
}

const read = (world: World) => manage(world, (tx, admin) => tokens.read(tx, admin, { id: world.id }));
const endRotation = (world: World, keep: "new" | "old") =>
  manage(world, (tx, admin) => tokens.endRotation(tx, admin, { id: world.id, keep }));

/** Uses a secret like a request, and waits until the use is noted. Resolves with the error code if it is rejected. */
async function use({ company }: World, secret: Token): Promise<string> {
  const used = await as(byToken(secret), async (_, caller) => {
    if (!caller.token) throw new Error("The caller is no token.");
    noteUse(
      { ...caller.token, company_id: company.id },
      {
        ...{ at: new Date(), from: "203.0.113.0", client: "curl", request_id: "req_test" },
      },
    );
    return "ok";
  }).catch((error: { code: string }) => error.code);
  await flushJournal();
  return used;
}

/** Lets time pass for a token: everything about it happened so much earlier. */
async function pass({ id }: World, interval: string): Promise<void> {
  await owner.begin(async (sql) => {
    await sql`update repdesk.api_tokens set created_at = created_at - ${interval}::interval, expires_at = expires_at - ${interval}::interval,
      attended_at = attended_at - ${interval}::interval, last_used_at = last_used_at - ${interval}::interval where id = ${id}`;
    await sql`update repdesk.token_secrets set created_at = created_at - ${interval}::interval, lapses_at = lapses_at - ${interval}::interval,
      first_used_at = first_used_at - ${interval}::interval, last_used_at = last_used_at - ${interval}::interval,
      ended_at = ended_at - ${interval}::interval where token_id = ${id}`;
  });
}

const days = (date: Date | null) => Math.round(((date?.getTime() ?? Number.NaN) - Date.now()) / 86_400_000) + 0;
const actions = async ({ id }: World) =>
  (await owner`select action from repdesk.audit_events where subject_id = ${id} order by created_at, id`).map(
    ({ action }) => action,
  );

test("both secrets work until the overlap ends, counted from the first use of the new one, which renews the token", async () => {
  const world = await begin();
  await pass(world, "80 days");
  const two = await rotate(world, { overlap_hours: 24 });
  expect(two.secret.slice(0, 16)).toBe(world.one.secret.slice(0, 16));
  await pass(world, "9 days");
  expect([await use(world, world.one), days((await read(world)).expires_at)]).toEqual(["ok", 1]);
  expect((await read(world)).rotation).toMatchObject({
    new_secret_used_at: null,
    old_secret_ends_at: null,
    overlap_hours: 24,
  });

  expect(await use(world, two)).toBe("ok");
  const { expires_at, rotation } = await read(world);
  expect([days(expires_at), days(rotation?.old_secret_ends_at ?? null), rotation?.lapses_at]).toEqual([90, 1, null]);
  await pass(world, "23 hours");
  expect([await use(world, world.one), await use(world, two)]).toEqual(["ok", "ok"]);
  await pass(world, "61 minutes");
  expect([await use(world, world.one), await use(world, two)]).toEqual(["token_rotated", "ok"]);

  const after = await read(world);
  expect(after).toMatchObject({ rotation: null, old_secret_used_from: "203.0.113.0", name: "Nightly sync" });
  expect(days(after.old_secret_used_at)).toBe(0);
  expect(await actions(world)).toEqual(["token.created", "token.rotated", "token.new_secret_used", "token.refused"]);
});

test("a new secret that isn't used lapses after 30 days, and the old one stays", async () => {
  const world = await begin();
  const two = await rotate(world);
  await pass(world, "29 days 23 hours");
  await expect(rotate(world)).rejects.toMatchObject({ code: "rotation_in_progress" });
  await pass(world, "2 hours");
  expect([await use(world, two), await use(world, world.one)]).toEqual(["token_rotated", "ok"]);
  expect((await read(world)).rotation).toBeNull();
  const three = await rotate(world);
  expect((await read(world)).rotation).toMatchObject({ old_secret_last_used_from: "203.0.113.0" });
  expect([await use(world, two), await use(world, three), await use(world, world.one)]).toEqual([
    "token_rotated",
    "ok",
    "ok",
  ]);
  await pass(world, "25 hours");
  expect([await use(world, three), await use(world, world.one)]).toEqual(["ok", "token_rotated"]);
});

test("an exposed secret stops working immediately, and its replacement doesn't lapse", async () => {
  const world = await begin();
  await expect(rotate(world, { overlap_hours: 1, reason: "exposed" })).rejects.toMatchObject({
    code: "validation_failed",
  });
  const two = await rotate(world, { reason: "exposed" });
  expect(await use(world, world.one)).toBe("token_rotated");
  await pass(world, "40 days");
  expect(await use(world, two)).toBe("ok");
});

test("a rotation can be finished and canceled before and after the new secret's first use", async () => {
  const outcomes = [];
  for (const keep of ["new", "old"] as const) {
    for (const isUsed of [false, true]) {
      const world = await begin();
      const two = await rotate(world);
      if (isUsed) await use(world, two);
      await endRotation(world, keep);
      const { version } = await read(world);
      await endRotation(world, keep === "new" ? "old" : "new");
      expect((await read(world)).version).toBe(version);
      await pass(world, "40 days");
      outcomes.push([keep, isUsed, await use(world, world.one), await use(world, two)]);
      expect((await read(world)).rotation).toBeNull();
    }
  }
  expect(outcomes).toEqual([
    ["new", false, "token_rotated", "ok"],
    ["new", true, "token_rotated", "ok"],
    ["old", false, "ok", "token_rotated"],
    ["old", true, "ok", "token_rotated"],
  ]);
});

test("of requests at once with both secrets, the first use counts once, and each request succeeds", async () => {
  const world = await begin();
  const two = await rotate(world, { overlap_hours: 1 });
  const used = await Promise.all(Array.from({ length: 20 }, (_, index) => use(world, index % 2 ? world.one : two)));
  expect(new Set(used)).toEqual(new Set(["ok"]));
  expect((await actions(world)).filter((action) => action === "token.new_secret_used")).toHaveLength(1);
  expect((await read(world)).version).toBe(3);
});

test("of rotations at once, one starts", async () => {
  const world = await begin();
  const tried = await Promise.allSettled(Array.from({ length: 5 }, () => rotate(world)));
  expect(tried.filter(({ status }) => status === "fulfilled")).toHaveLength(1);
  for (const one of tried)
    if (one.status === "rejected") expect(one.reason).toMatchObject({ code: "rotation_in_progress" });
});

test("a token that rotates itself lives at most 365 days after a person last attended to it", async () => {
  const world = await begin(300);
  let secret = world.one;
  const expirations = [];
  for (let round = 0; round < 3; round += 1) {
    await pass(world, "100 days");
    const made = await inside(byToken(secret), (tx, self) => tokens.rotateOwn(tx, self, { overlap_hours: 0 }));
    secret = secretOf(world.id, made.token);
    await use(world, secret);
    expirations.push(days((await read(world)).expires_at));
  }
  expect(expirations).toEqual([265, 165, 65]);
  await manage(world, (tx, admin) => tokens.update(tx, admin, { id: world.id, name: "Still needed" }));
  await pass(world, "60 days");
  const made = await inside(byToken(secret), (tx, self) => tokens.rotateOwn(tx, self, {}));
  await use(world, secretOf(world.id, made.token));
  expect(days((await read(world)).expires_at)).toBe(300);
});

test("a token that never expires stays so, and a suspended or ended one can't be rotated into life", async () => {
  const world = await begin(null);
  const two = await rotate(world);
  expect([await use(world, two), (await read(world)).expires_at]).toEqual(["ok", null]);
  await endRotation(world, "new");
  await manage(world, (tx, admin) => tokens.suspend(tx, admin, { id: world.id, reason: "Checking" }));
  const three = await rotate(world);
  expect(await use(world, three)).toBe("token_suspended");
  await manage(world, (tx, admin) => tokens.revoke(tx, admin, { id: world.id }));
  expect(await use(world, three)).toBe("token_revoked");
  await expect(rotate(world)).rejects.toMatchObject({ code: "token_ended" });
});

test("a process of the previous version notes a use without a secret, and creates tokens that work", async () => {
  const world = await makeWorld();
  const at = new Date();
  await owner`select repdesk.note_token_uses(${owner.json([{ id: world.token.id, company_id: world.company.id, at, from: null, by: "curl" }])})`;
  const [row] = await owner`select last_used_by from repdesk.api_tokens where id = ${world.token.id}`;
  expect(row?.last_used_by).toBe("curl");
  await expect(as(byToken(world.token), async () => "in")).resolves.toBe("in");
});
