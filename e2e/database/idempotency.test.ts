import { describe, expect, test } from "vitest";
import type { Caller, Tx } from "#lib/db/company";
import {
  as,
  bySession,
  byToken,
  makeMember,
  makeToken,
  makeUser,
  makeWorld,
  owner,
  reserve,
  type Token,
} from "./support.ts";

const { storeResponse } = await import("#lib/db/idempotency");
const { contacts } = await import("#lib/domain/contacts");
const { companies } = await import("#lib/domain/companies");

const operation = "createContact";
const fingerprint = "a".repeat(64);
const response = { status: 201, headers: { location: "/x" }, body: '{"id":"x"}', subject_id: null };

/** POST requests with an idempotency key. */
async function once(tx: Tx, caller: Caller, key: string, work: () => Promise<string>, print = fingerprint) {
  const found = await reserve(tx, caller, { operation, key, fingerprint: print });
  if (found.state !== "reserved") return found;
  storeResponse(tx, caller, { operation, key }, { ...response, body: await work() });
  return found;
}

const post = (token: Token, key: string, print?: string) =>
  as(byToken(token), (tx, caller) =>
    once(tx, caller, key, async () => (await contacts.create(tx, caller as never, { first_name: key })).id, print),
  );

describe("a key", () => {
  test("used again returns the first response; with a different body, it is idempotency_key_reused", async () => {
    const { company, token } = await makeWorld();
    expect(await post(token, "k1")).toEqual({ state: "reserved" });
    const replay = await post(token, "k1");
    expect(replay).toMatchObject({ state: "replay", stored: { status: 201, headers: { location: "/x" } } });
    const [row] = await owner`select id from repdesk.contacts where company_id = ${company.id}`;
    expect(replay).toMatchObject({ stored: { body: row?.id } });
    expect(await post(token, "k1", "b".repeat(64))).toEqual({ state: "reused" });
    expect(await post(token, "k2")).toEqual({ state: "reserved" });
  });

  test("used 50 times at once creates one row and 49 replays", async () => {
    const { company, token } = await makeWorld();
    const answers = await Promise.all(Array.from({ length: 50 }, () => post(token, "k")));
    expect(answers.filter(({ state }) => state === "reserved")).toHaveLength(1);
    expect(answers.filter(({ state }) => state === "replay")).toHaveLength(49);
    expect(await owner`select id from repdesk.contacts where company_id = ${company.id}`).toHaveLength(1);
  });

  test("of a failed request can be used again", async () => {
    const { token } = await makeWorld();
    const failed = as(byToken(token), (tx, caller) => once(tx, caller, "k", () => Promise.reject(new Error("no"))));
    await expect(failed).rejects.toThrow("no");
    expect(await post(token, "k")).toEqual({ state: "reserved" });
  });

  test("belongs to the member and the operation", async () => {
    const { company, admin, token } = await makeWorld();
    const colleague = await makeToken(await makeMember(company.id));
    const elsewhere = await makeWorld();
    const sameMember = await makeToken(admin);
    expect(await post(token, "k")).toEqual({ state: "reserved" });
    expect(await post(colleague, "k")).toEqual({ state: "reserved" });
    expect(await post(elsewhere.token, "k")).toEqual({ state: "reserved" });
    expect(await post(sameMember, "k")).toMatchObject({ state: "replay" });
    const other = await as(byToken(token), (tx, caller) =>
      reserve(tx, caller, { operation: "createAccount", key: "k", fingerprint }),
    );
    expect(other).toEqual({ state: "reserved" });
  });

  test("is in_progress if the first request runs for too long, and the waiting request is rolled back", async () => {
    const { token } = await makeWorld();
    let end = () => {};
    const ended = new Promise<void>((resolve) => {
      end = resolve;
    });
    let begun = () => {};
    const running = new Promise<void>((resolve) => {
      begun = resolve;
    });
    const slow = as(byToken(token), (tx, caller) =>
      once(tx, caller, "k", async () => {
        begun();
        await ended;
        return "x";
      }),
    );
    await running;
    const began = Date.now();
    let found: unknown;
    const twin = as(byToken(token), async (tx, caller) => {
      found = await reserve(tx, caller, { operation, key: "k", fingerprint });
    });
    await expect(twin).rejects.toThrow("rolled back");
    expect(found).toEqual({ state: "in_progress" });
    expect(Date.now() - began).toBeGreaterThan(4_500);
    expect(Date.now() - began).toBeLessThan(7_000);
    end();
    expect(await slow).toEqual({ state: "reserved" });
  });

  test("expires after 7 days", async () => {
    const { company, token } = await makeWorld();
    await post(token, "k");
    const [row] =
      await owner`select expires_at - created_at = interval '7 days' as is_week from repdesk.idempotency_keys where company_id = ${company.id}`;
    expect(row?.is_week).toBe(true);
    await owner`update repdesk.idempotency_keys set expires_at = now() - interval '1 second' where company_id = ${company.id}`;
    const again = await Promise.all(Array.from({ length: 5 }, () => post(token, "k", "c".repeat(64))));
    expect(again.map(({ state }) => state).sort()).toEqual(["replay", "replay", "replay", "replay", "reserved"]);
  });

  test("without a company belongs to the user, even if the request creates a company", async () => {
    const [one, two] = [await makeUser(), await makeUser()];
    const make = (user: typeof one) =>
      as(
        bySession(user),
        (tx, caller) =>
          once(
            tx,
            caller,
            "k",
            async () => (await companies.create(tx, caller, { name: "N", slug: `s-${user.user_id.slice(0, 8)}` })).id,
          ),
        { need: "none" },
      );
    expect(await make(one)).toEqual({ state: "reserved" });
    expect(await make(one)).toMatchObject({ state: "replay", stored: { status: 201 } });
    expect(await make(two)).toEqual({ state: "reserved" });
  });
});
