import { expect, test } from "playwright/test";
import { newMailTo } from "../environment.ts";
import { api, call, someAddress } from "./call.ts";
import { auth, cookieAfter, cookieOfSignIn, expired, sessionOf } from "./session-cookie.ts";
import { database, makeWorld, type Person, signUp, unique } from "./world.ts";

/** Sign-in activity: what each sign-in endpoint records, for whom, and who can read it. */

type SignIn = { kind: string; network: string | null; device: string | null; this_session: boolean };

const chrome =
  "Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/142.0.0.0 Safari/537.36";
const headers = { "User-Agent": chrome };

/** A person's activity, oldest first, read with a session that isn't recorded itself. */
async function activityOf({ jwt }: Pick<Person, "jwt">): Promise<SignIn[]> {
  const reply = await api("GET", "/me/sign-ins", { jwt });
  expect(reply.status, reply.text).toBe(200);
  return reply.body.data.reverse();
}

const kindsOf = async (person: Pick<Person, "jwt">) => (await activityOf(person)).map(({ kind }) => kind);

const countOf = async ({ user_id }: Person) =>
  (await database()`select from repdesk.sign_in_events where user_id = ${user_id}`).length;

test("signing in, failing to sign in, and signing out are listed with network, device, and the current session", async () => {
  const person = await signUp();
  const { email, password } = person;
  const address = "203.0.113.77";
  const right = { email, password };
  const from = { headers: { ...headers, Origin: new URL(process.env.APP_URL as string).origin }, address };
  expect((await call("POST", "/auth/sign-in", { body: { email, password: "wrong" }, ...from })).status).toBe(401);
  const signedIn = await call("POST", "/auth/sign-in", { body: right, ...from, address: "2001:db8:7:1::9" });
  expect(signedIn.status).toBe(200);
  await expect.poll(() => countOf(person)).toBe(2);
  const cookie = sessionOf(cookieAfter(signedIn));
  const mine = await api("GET", "/me/sign-ins", { cookie });
  const plain = ({ kind, network, device, this_session }: SignIn) => ({ kind, network, device, this_session });
  const device = "Chrome on Windows";
  expect(mine.body.data.map(plain)).toEqual([
    { kind: "signed_in", network: "2001:db8:7::", device, this_session: true },
    { kind: "sign_in_failed", network: "203.0.113.0", device, this_session: false },
  ]);
  // Another session of the same person sees the same list without the mark of the current session.
  expect((await activityOf(person)).map(({ this_session }) => this_session)).toEqual([false, false]);

  expect((await auth("sign-out", {}, { cookie })).status).toBe(200);
  await expect.poll(() => kindsOf(person)).toEqual(["sign_in_failed", "signed_in", "signed_out"]);
});

test("signing out of an expired session is recorded for its person", async () => {
  const person = await signUp();
  const cookie = await expired(await cookieOfSignIn(person));
  expect((await auth("sign-out", {}, { cookie })).status).toBe(200);
  await expect.poll(() => kindsOf(person)).toEqual(["signed_in", "signed_out"]);
});

test("a password change is listed, and so is one that failed because of a wrong current password", async () => {
  const person = await signUp();
  const cookie = await cookieOfSignIn(person);
  const password = "another-password";
  expect((await auth("password", { current_password: "wrong", password }, { cookie })).status).toBe(422);
  const changed = await auth("password", { current_password: person.password, password }, { cookie });
  expect(changed.status).toBe(200);
  const session = sessionOf(cookieAfter(changed));
  await expect.poll(() => countOf(person)).toBe(3);
  const { body } = await api("GET", "/me/sign-ins", { cookie: session });
  expect(body.data.map(({ kind, this_session }: SignIn) => [kind, this_session])).toEqual([
    ["password_changed", true],
    ["password_change_failed", false],
    ["signed_in", false],
  ]);
  expect((await auth("sign-out-others", {}, { cookie: session })).status).toBe(200);
  await expect.poll(() => countOf(person)).toBe(4);
});

test("a password reset is listed with its request", async () => {
  const person = await signUp();
  await auth("recover", { email: person.email });
  const { link } = await newMailTo(person.email);
  const token_hash = new URL(link ?? "").searchParams.get("token_hash");
  const used = await auth("confirm", { type: "recovery", token_hash, password: "another-password" });
  expect(used.status).toBe(200);
  await expect.poll(() => countOf(person)).toBe(2);
  const { body } = await api("GET", "/me/sign-ins", { cookie: sessionOf(cookieAfter(used)) });
  expect(body.data.map(({ kind, this_session }: SignIn) => [kind, this_session])).toEqual([
    ["password_reset", true],
    ["recovery_requested", false],
  ]);
});

test("signing up is listed as the first sign-in", async () => {
  const body = { name: "Ana", email: `${unique()}@example.com`, password: "a-long-password" };
  const cookie = sessionOf(cookieAfter(await auth("sign-up", body)));
  const kinds = async () => (await api("GET", "/me/sign-ins", { cookie })).body.data.map(({ kind }: SignIn) => kind);
  await expect.poll(kinds).toEqual(["signed_in"]);
});

test("tries for an unknown address are recorded nowhere, and those for a known one only for its owner", async () => {
  const [person, other] = [await signUp(), await signUp()];
  const password = "wrong";
  for (const email of [`${unique()}@example.com`, person.email.toUpperCase()]) {
    await auth("sign-in", { email, password });
    await auth("recover", { email });
  }
  await expect.poll(async () => (await kindsOf(person)).sort()).toEqual(["recovery_requested", "sign_in_failed"]);
  expect(await kindsOf(other)).toEqual([]);
  const [{ strangers } = { strangers: 1 }] = await database()`
    select count(*)::int as strangers from repdesk.sign_in_events e where not exists (select from auth.users u where u.id = e.user_id)`;
  expect(strangers).toBe(0);
});

test("a hundred tries from one network are one row", async () => {
  const person = await signUp();
  const tries = Array.from({ length: 10 }, () =>
    auth("sign-in", { email: person.email, password: "wrong" }, { address: "198.51.100.4" }),
  );
  expect((await Promise.all(tries)).map(({ status }) => status)).toContain(401);
  await auth("sign-in", { email: person.email, password: person.password }, { address: someAddress() });
  await expect.poll(async () => (await kindsOf(person)).sort()).toEqual(["sign_in_failed", "signed_in"]);
});

test("the list has pages, is sorted newest first, and can be filtered by kind", async () => {
  const person = await signUp();
  for (let times = 0; times < 3; times += 1) {
    await cookieOfSignIn(person);
    await expect.poll(() => countOf(person)).toBe(times + 1);
  }
  const first = await api("GET", "/me/sign-ins?limit=2", { jwt: person.jwt });
  expect(first.body.pagination).toMatchObject({ limit: 2, has_more: true });
  const next = new URL(/<([^>]+)>; rel="next"/.exec(first.headers.get("link") ?? "")?.[1] ?? "");
  const rest = await call("GET", next.pathname + next.search, { jwt: person.jwt });
  const ids = [...first.body.data, ...rest.body.data].map(({ id }: { id: string }) => id);
  expect(new Set(ids).size).toBe(3);
  expect([...ids].sort().reverse()).toEqual(ids);
  expect((await api("GET", "/me/sign-ins?filter[kind]=sign_in_failed", { jwt: person.jwt })).body.data).toEqual([]);
  expect((await api("GET", "/me/sign-ins?filter[kind]=nonsense", { jwt: person.jwt })).status).toBe(400);
});

test("a rejected token is audited in its company, once for many requests", async () => {
  const { company, token } = await makeWorld();
  expect((await api("DELETE", "/auth/token", { token: token.secret })).status).toBe(204);
  const replies = await Promise.all(
    [1, 2, 3].map(() => api("GET", "/me", { token: token.secret, address: "203.0.113.5" })),
  );
  expect(replies.map(({ body }) => body.code)).toEqual(Array(3).fill("token_revoked"));
  const events = () => database()`
    select token_id, request_id, changes from repdesk.audit_events where company_id = ${company.id} and action = 'token.refused'`;
  await expect.poll(async () => (await events()).length).toBe(1);
  const [event] = await events();
  expect(event?.token_id).toBe(token.id);
  expect(replies.map(({ headers }) => headers.get("x-request-id"))).toContain(event?.request_id);
  expect(event?.changes).toEqual({
    code: { old: null, new: "token_revoked" },
    network: { old: null, new: "203.0.113.0" },
  });
});
