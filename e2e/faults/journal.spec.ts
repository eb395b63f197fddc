import { expect, test } from "playwright/test";
import { database, makeWorld, type Person, signUp } from "../api/world.ts";
import { type Server, startServer } from "./server.ts";

/** Notes that no response waits for: sign-in activity, rejected tokens, last uses and usage of tokens. */

function signIn({ url }: Server, email: string, password: string): Promise<Response> {
  return fetch(`${url}/auth/sign-in`, {
    method: "POST",
    headers: { Origin: url, "Content-Type": "application/json" },
    body: JSON.stringify({ email, password }),
  });
}

const kindsOf = async ({ user_id }: Person) =>
  (await database()`select kind from repdesk.sign_in_events where user_id = ${user_id} order by created_at`).map(
    ({ kind }) => kind,
  );

test("sign-in works as usual while the database is away, and is noted when it is back", async () => {
  const person = await signUp();
  const server = await startServer();
  await server.proxy.make("refuse");
  expect((await signIn(server, person.email, "wrong")).status).toBe(401);
  expect((await signIn(server, person.email, person.password)).status).toBe(200);
  expect(await kindsOf(person)).toEqual([]);
  await server.proxy.make("none");
  await expect.poll(() => kindsOf(person), { timeout: 15_000 }).toEqual(["sign_in_failed", "signed_in"]);
  await server.stop();
});

test("a slow database doesn't slow down sign-in", async () => {
  const person = await signUp();
  const server = await startServer();
  const took = async (password: string) => {
    const began = performance.now();
    await signIn(server, person.email, password);
    return performance.now() - began;
  };
  await took("wrong");
  const quick = Math.min(await took("wrong"), await took("wrong"));
  await server.proxy.make("dark");
  const dark = Math.min(await took("wrong"), await took("wrong"));
  expect(dark).toBeLessThan(quick + 500);
  await server.proxy.make("none");
  await expect.poll(() => kindsOf(person), { timeout: 20_000 }).toEqual(["sign_in_failed"]);
  await server.stop();
});

test("notes are written at shutdown", async () => {
  const { admin, company, token } = await makeWorld();
  const server = await startServer();
  const headers = { Authorization: `Bearer ${token.secret}` };
  expect((await fetch(`${server.url}/api/v1/auth/token`, { method: "DELETE", headers })).status).toBe(204);
  await Promise.all([
    signIn(server, admin.email, admin.password),
    fetch(`${server.url}/api/v1/me`, { headers }).then(({ status }) => expect(status).toBe(401)),
  ]);
  await server.stop();
  expect(await server.exited).toBe(0);
  expect(await kindsOf(admin)).toEqual(["signed_in"]);
  const refused = await database()`
    select from repdesk.audit_events where company_id = ${company.id} and action = 'token.refused'`;
  expect(refused).toHaveLength(1);
  const counted = await database()`select succeeded from repdesk.token_days where token_id = ${token.id}`;
  expect([...counted]).toEqual([{ succeeded: 1 }]);
});
