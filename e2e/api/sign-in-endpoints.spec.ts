import { expect, test } from "playwright/test";
import { confirmingDomain, environment, mailTo, newMailTo } from "../environment.ts";
import { api, call, type Reply, someAddress } from "./call.ts";
import { auth, cookieAfter, cookieOfSignIn, deviceOf, expired } from "./session-cookie.ts";
import { signUp, unique } from "./world.ts";

const names = ["sign-in", "sign-up", "sign-out", "refresh", "recover", "confirm", "password", "sign-out-others"];
const nobody = { email: "nobody@example.com", password: "a-long-password" };

const me = (cookie: string) => api("GET", "/me", { cookie });

/** A response without the parts that differ every time. */
function alike({ status, body }: Reply) {
  const { request_id: _id, ...rest } = body;
  return { status, ...rest };
}

test.describe("every endpoint", () => {
  for (const name of names) {
    test(`403 csrf_failed from elsewhere: ${name}`, async () => {
      const origins = [
        {},
        { Origin: "https://evil.example" },
        { Origin: "null" },
        { Origin: environment.appUrl, "Sec-Fetch-Site": "cross-site" },
        { Origin: environment.appUrl, "Sec-Fetch-Site": "same-site" },
        { "Sec-Fetch-Site": "none", Origin: "chrome-extension://abc" },
      ];
      for (const headers of origins) {
        const reply = await call("POST", `/auth/${name}`, { body: {}, headers: headers as Record<string, string> });
        expect(reply.status, JSON.stringify(headers)).toBe(403);
        expect(reply.body.code).toBe("csrf_failed");
        expect(reply.headers.getSetCookie()).toEqual([]);
      }
    });

    test(`405 with Allow for all methods except POST: ${name}`, async () => {
      for (const method of ["GET", "PUT", "PATCH", "DELETE"]) {
        if (name === "confirm" && method === "GET") continue;
        const reply = await call(method, `/auth/${name}`);
        expect(reply.status, method).toBe(405);
        expect(reply.headers.get("allow")).toBe("POST");
        expect(reply.headers.get("content-type")).toBe("application/problem+json");
        expect(reply.headers.get("cache-control")).toContain("no-store");
        expect(reply.body).toMatchObject({ code: "method_not_allowed", request_id: reply.headers.get("x-request-id") });
      }
    });
  }

  test("404 in JSON for an endpoint that doesn't exist", async () => {
    for (const path of ["/auth", "/auth/nothing", "/auth/sign-in/deeper"]) {
      const reply = await call("GET", path);
      expect([reply.status, reply.body?.code], path).toEqual([404, "route_not_found"]);
    }
  });

  test("415 for a body that isn't JSON, and 422 with every invalid field", async () => {
    const headers = { Origin: environment.appUrl, "Content-Type": "text/plain" };
    expect((await call("POST", "/auth/sign-in", { raw: JSON.stringify(nobody), headers })).status).toBe(415);
    const reply = await auth("sign-up", { name: " ", email: "x", password: "short", extra: 1 });
    expect(reply.status).toBe(422);
    const pointers = reply.body.errors.map(({ pointer }: { pointer: string }) => pointer);
    expect(pointers.sort()).toEqual(["#/email", "#/extra", "#/name", "#/password"]);
  });

  test("a new password has from 8 characters to 72 bytes", async () => {
    const fresh = () => `${unique()}@example.com`;
    for (const password of ["1234567", "é".repeat(37), "x".repeat(73)]) {
      const reply = await auth("sign-up", { name: "Ana", email: fresh(), password });
      expect(reply.status, password).toBe(422);
    }
    for (const password of ["12345678", "é".repeat(36), " ".repeat(8)]) {
      const reply = await auth("sign-up", { name: "Ana", email: fresh(), password });
      expect(reply.status, password).toBe(200);
    }
  });
});

test.describe("the cookie", () => {
  test("is HttpOnly and Lax, and works for the API", async () => {
    const { email, password } = await signUp();
    const reply = await auth("sign-in", { email, password });
    expect(reply.body).toEqual({ state: "signed_in" });
    const [session, device, ...more] = reply.headers.getSetCookie();
    expect(more).toEqual([]);
    expect(session).toMatch(/^repdesk-session-\d+=.*; Path=\/; HttpOnly; SameSite=Lax$/);
    expect(device).toMatch(/^repdesk-device-\d+=.*; Max-Age=34560000; Path=\/; HttpOnly; SameSite=Lax$/);
    expect(reply.headers.get("cache-control")).toContain("no-store");
    expect((await me(cookieAfter(reply))).body.user.email).toBe(email);
  });

  test("is deleted by signing out, and rejected afterward", async () => {
    const cookie = await cookieOfSignIn(await signUp());
    const reply = await auth("sign-out", {}, { cookie });
    expect(reply.body).toEqual({ state: "signed_out" });
    expect(reply.headers.getSetCookie()).toEqual([expect.stringMatching(/=; Max-Age=0/)]);
    const after = await me(cookie);
    expect([after.status, after.body.code]).toEqual([401, "session_invalid"]);
  });

  test("signing out without a session or with a broken one isn't an error", async () => {
    for (const cookie of ["", `repdesk-session-${new URL(environment.appUrl).port}=junk`]) {
      expect((await auth("sign-out", {}, { cookie })).status).toBe(200);
    }
    const headers = { Origin: environment.appUrl };
    expect((await call("POST", "/auth/sign-out", { headers })).status).toBe(200);
  });
});

test.describe("the same response", () => {
  test("for a wrong password, an unknown address, and an unconfirmed one", async () => {
    const person = await signUp();
    const unconfirmed = `${unique()}@${confirmingDomain}`;
    await auth("sign-up", { name: "Ana", email: unconfirmed, password: "a-long-password" });
    const replies = [
      await auth("sign-in", { email: person.email, password: "wrong" }),
      await auth("sign-in", { email: `${unique()}@example.com`, password: "wrong" }),
      await auth("sign-in", { email: unconfirmed, password: "a-long-password" }),
      await auth("sign-in", { email: unconfirmed, password: "wrong" }),
    ];
    expect(replies[0]?.status).toBe(401);
    for (const reply of replies) expect(alike(reply)).toEqual(alike(replies[0] as Reply));
  });

  test("for a password reset of a known and an unknown address; only the known one gets mail", async () => {
    const { email } = await signUp();
    const unknown = `${unique()}@example.com`;
    const [known, other] = [await auth("recover", { email }), await auth("recover", { email: unknown })];
    expect(known.body).toEqual({ state: "check_mail" });
    expect(alike(other)).toEqual(alike(known));
    expect((await newMailTo(email)).link).toContain("type=recovery");
    expect(mailTo(unknown)).toEqual([]);
  });

  test("for a sign-up that needs confirmation, with a new and a known address", async () => {
    const body = { name: "Ana", email: `${unique()}@${confirmingDomain}`, password: "a-long-password" };
    const fresh = await auth("sign-up", body);
    const again = await auth("sign-up", { ...body, password: "another-password" });
    expect(fresh.body).toEqual({ state: "check_mail" });
    expect(alike(again)).toEqual(alike(fresh));
    expect(fresh.headers.getSetCookie()).toEqual([]);
  });
});

test.describe("limits", () => {
  const wrong = (email: string, options: { address?: string; cookie?: string } = {}) =>
    auth("sign-in", { email, password: "wrong" }, options);
  /** The responses to a number of sequential wrong passwords. */
  const guess = async (times: number, email: string, address: string) => {
    const statuses: number[] = [];
    for (let tries = 0; tries < times; tries += 1)
      statuses.push((await wrong(tries % 2 ? email : email.toUpperCase(), { address })).status);
    return statuses;
  };

  test("429 after ten wrong passwords for an address from one network; its owner can sign in from other networks", async () => {
    const { email, password } = await signUp();
    const address = someAddress();
    expect(await guess(11, email, address)).toEqual([...Array(10).fill(401), 429]);
    const here = await auth("sign-in", { email, password }, { address });
    expect([here.status, here.body.code]).toEqual([429, "rate_limited"]);
    expect(Number(here.headers.get("retry-after"))).toBeGreaterThan(0);
    expect(Number(here.headers.get("retry-after"))).toBeLessThanOrEqual(60);
    expect((await auth("sign-in", { email, password })).status).toBe(200);
    expect((await wrong(`${unique()}@example.com`, { address })).status, "another address").toBe(401);
  });

  test("successful tries don't count", async () => {
    const { email, password } = await signUp();
    const address = someAddress();
    for (let times = 0; times < 35; times += 1)
      expect((await auth("sign-in", { email, password }, { address })).status).toBe(200);
  });

  test("429 after thirty wrong tries from a network, where an IPv6 /64 is one; other networks aren't affected", async () => {
    for (let tries = 0; tries < 30; tries += 1) {
      const reply = await wrong(`${unique()}@example.com`, { address: `2001:db8:77:1::${tries.toString(16)}` });
      expect(reply.status).toBe(401);
    }
    const next = await wrong(nobody.email, { address: "2001:db8:77:1:ffff::1" });
    expect([next.status, next.body.code]).toEqual([429, "rate_limited"]);
    expect((await wrong(nobody.email, { address: "2001:db8:77:2::1" })).status).toBe(401);
  });

  test("a browser that signed in before keeps its tries despite strangers, and its cookie can't be forged", async () => {
    const { email, password } = await signUp();
    const address = someAddress();
    const device = deviceOf(cookieAfter(await auth("sign-in", { email, password })));
    // Strangers use up the tries for the address from this network, and those of the network.
    await guess(11, email, address);
    for (let tries = 0; tries < 25; tries += 1) await wrong(`${unique()}@example.com`, { address });
    expect((await auth("sign-in", { email, password }, { address })).status).toBe(429);
    expect((await auth("sign-in", { email, password }, { address, cookie: device })).status).toBe(200);

    const forged = device.replace(/.$/, (last) => (last === "A" ? "B" : "A"));
    const [name, payload = ""] = (device.split(".")[0] ?? "").split("=");
    const unsigned = `${name}=${payload}.`;
    for (const cookie of [forged, unsigned, `${name}=`, `${name}=.`, `${name}=${"x".repeat(5000)}`])
      expect((await auth("sign-in", { email, password }, { address, cookie })).status, cookie).toBe(429);
    const other = await signUp();
    const theirs = deviceOf(cookieAfter(await auth("sign-in", { email: other.email, password: other.password })));
    expect((await auth("sign-in", { email, password }, { address, cookie: theirs })).status, "another's").toBe(429);
  });

  test("a browser that signed in before has its own ten wrong tries", async () => {
    const { email, password } = await signUp();
    const cookie = deviceOf(cookieAfter(await auth("sign-in", { email, password })));
    for (let tries = 0; tries < 10; tries += 1) expect((await wrong(email, { cookie })).status).toBe(401);
    expect((await wrong(email, { cookie })).status).toBe(429);
  });

  test("one browser is remembered for several people", async () => {
    const [first, second] = [await signUp(), await signUp()];
    const enterAs = async ({ email, password }: typeof first, cookie?: string) =>
      deviceOf(cookieAfter(await auth("sign-in", { email, password }, cookie ? { cookie } : {})));
    const cookie = await enterAs(second, await enterAs(first));
    for (const { email, password } of [first, second]) {
      const address = someAddress();
      await guess(11, email, address);
      expect((await auth("sign-in", { email, password }, { address, cookie })).status).toBe(200);
    }
  });

  test("a hundred failures for an address from all networks slow down unknown browsers more and more, but not known ones", async () => {
    const { email, password } = await signUp();
    const cookie = deviceOf(cookieAfter(await auth("sign-in", { email, password })));
    for (let tries = 0; tries < 100; tries += 10) {
      const replies = await Promise.all(Array.from({ length: 10 }, () => wrong(email)));
      expect(replies.map(({ status }) => status)).toEqual(Array(10).fill(401));
    }
    // The next one is accepted, and then they have to wait.
    const waits: number[] = [];
    await expect
      .poll(
        async () => {
          const reply = await wrong(email);
          if (reply.status === 429) waits.push(Number(reply.headers.get("retry-after")));
          return Math.max(0, ...waits);
        },
        { timeout: 20_000, intervals: [250] },
      )
      .toBeGreaterThanOrEqual(3);
    expect(waits[0]).toBeLessThanOrEqual(2);
    expect((await auth("sign-in", { email, password }, { cookie })).status).toBe(200);
    expect((await wrong(`${unique()}@example.com`)).status, "another address").toBe(401);
  });

  test("password resets are limited the same way: by address and network, but not for a known browser", async () => {
    const { email, password } = await signUp();
    const address = someAddress();
    const device = deviceOf(cookieAfter(await auth("sign-in", { email, password })));
    for (let tries = 0; tries < 10; tries += 1) await auth("recover", { email }, { address });
    expect((await auth("recover", { email }, { address })).status).toBe(429);
    expect((await auth("recover", { email }, { address, cookie: device })).status).toBe(200);
    expect((await auth("recover", { email })).status).toBe(200);
  });
});

test.describe("refreshing", () => {
  test("an expired session is refreshed, also for concurrent requests", async () => {
    const person = await signUp();
    const cookie = await expired(await cookieOfSignIn(person));
    const before = await me(cookie);
    expect([before.status, before.body.code]).toEqual([401, "session_invalid"]);
    const replies = await Promise.all([1, 2, 3].map(() => auth("refresh", {}, { cookie })));
    for (const reply of replies) {
      expect(reply.body).toEqual({ state: "signed_in" });
      expect((await me(cookieAfter(reply))).body.user.email).toBe(person.email);
    }
    // The session still works, so the auth server saw no reuse of a refresh token.
    expect((await auth("refresh", {}, { cookie: cookieAfter(replies[0] as Reply) })).status).toBe(200);
  });

  test("401 and no more cookie after the session was signed out", async () => {
    const cookie = await expired(await cookieOfSignIn(await signUp()));
    expect((await auth("sign-out", {}, { cookie })).status).toBe(200);
    const reply = await auth("refresh", {}, { cookie });
    expect([reply.status, reply.body.code]).toEqual([401, "session_invalid"]);
    expect(reply.headers.getSetCookie()).toEqual([expect.stringMatching(/=; Max-Age=0/)]);
  });
});

test.describe("a password", () => {
  test("is changed with the current one, which ends all other sessions", async () => {
    const person = await signUp();
    const [here, elsewhere] = [await cookieOfSignIn(person), await cookieOfSignIn(person)];
    const password = "another-password";
    const refused = await auth("password", { current_password: "wrong", password }, { cookie: here });
    expect(refused.body.errors).toMatchObject([{ pointer: "#/current_password" }]);
    expect((await me(elsewhere)).status).toBe(200);

    const same = { current_password: person.password, password: person.password };
    expect((await auth("password", same, { cookie: here })).body.errors).toMatchObject([{ pointer: "#/password" }]);

    const changed = await auth("password", { current_password: person.password, password }, { cookie: here });
    expect(changed.status).toBe(200);
    expect((await me(cookieAfter(changed))).status).toBe(200);
    for (const ended of [here, elsewhere, null]) {
      const reply = ended ? await me(ended) : await api("GET", "/me", { jwt: person.jwt });
      expect(reply.status).toBe(401);
    }
    expect((await auth("sign-in", { email: person.email, password: person.password })).status).toBe(401);
    expect((await auth("sign-in", { email: person.email, password })).status).toBe(200);
  });

  test("of another person isn't accepted", async () => {
    const [person, other] = [await signUp(), await signUp()];
    const cookie = await cookieOfSignIn(person);
    const body = { current_password: "wrong-for-both", password: "another-password" };
    expect((await auth("password", body, { cookie })).status).toBe(422);
    expect((await auth("sign-in", { email: other.email, password: other.password })).status).toBe(200);
  });

  test("401 without a session, and with an expired one", async () => {
    const body = { current_password: "x", password: "another-password" };
    expect((await auth("password", body)).body.code).toBe("unauthenticated");
    const cookie = await expired(await cookieOfSignIn(await signUp()));
    expect((await auth("password", body, { cookie })).body.code).toBe("session_invalid");
  });

  test("signing out everywhere else keeps this session", async () => {
    const person = await signUp();
    const [here, elsewhere] = [await cookieOfSignIn(person), await cookieOfSignIn(person)];
    expect((await auth("sign-out-others", {}, { cookie: here })).status).toBe(200);
    expect((await me(here)).status).toBe(200);
    expect((await me(elsewhere)).status).toBe(401);
  });
});

test.describe("a mailed link", () => {
  const hashOf = (link: string | null) => new URL(link ?? "").searchParams.get("token_hash");

  test("isn't used up by opening it, and sets a new password once", async () => {
    const person = await signUp();
    const elsewhere = await cookieOfSignIn(person);
    await auth("recover", { email: person.email });
    const { link } = await newMailTo(person.email);
    for (let visits = 0; visits < 2; visits += 1) expect((await fetch(link ?? "")).status).toBe(200);

    const use = { type: "recovery", token_hash: hashOf(link), password: "another-password" };
    const used = await auth("confirm", use);
    expect(used.body).toEqual({ state: "signed_in" });
    expect((await me(cookieAfter(used))).body.user.email).toBe(person.email);
    expect((await me(elsewhere)).status).toBe(401);
    expect((await auth("sign-in", { email: person.email, password: "another-password" })).status).toBe(200);

    const again = await auth("confirm", { ...use, password: "a-third-password" });
    expect(again.status).toBe(422);
    expect(again.body.errors).toMatchObject([{ pointer: "#/token_hash" }]);
  });

  test("for a password reset doesn't sign in without a new password", async () => {
    const { email } = await signUp();
    await auth("recover", { email });
    const token_hash = hashOf((await newMailTo(email)).link);
    expect((await auth("confirm", { type: "recovery", token_hash })).status).toBe(422);
    for (const type of ["signup", "email", "magiclink"]) {
      const reply = await auth("confirm", { type, token_hash });
      expect([reply.status, reply.headers.getSetCookie()], type).toEqual([422, []]);
    }
    expect((await auth("confirm", { type: "recovery", token_hash, password: "another-password" })).status).toBe(200);
  });

  test("confirms an address", async () => {
    const body = { email: `${unique()}@${confirmingDomain}`, password: "a-long-password" };
    await auth("sign-up", { name: "Ana", ...body });
    expect((await auth("sign-in", body)).status).toBe(401);
    const { link } = await newMailTo(body.email);
    const reply = await auth("confirm", { type: "signup", token_hash: hashOf(link) });
    expect((await me(cookieAfter(reply))).body.user.email).toBe(body.email);
    expect((await auth("sign-in", body, { address: someAddress() })).status).toBe(200);
  });
});
