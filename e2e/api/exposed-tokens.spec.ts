import { expect, test } from "playwright/test";
import type { Endpoint } from "#lib/contract/endpoint";
import { registry } from "#lib/contract/registry";
import { newToken } from "#lib/format/token";
import { environment } from "../environment.ts";
import { api, call, type Reply } from "./call.ts";
import { auth } from "./session-cookie.ts";
import { bodyOf, database, makeRecords, makeToken, makeWorld, rowsOf, type Token, unique } from "./world.ts";

/** Requests that contain an API token outside of the Authorization header, which are rejected. */

const mistyped = (token: string) => token.slice(0, -1) + (token.endsWith("0") ? "1" : "0");

/** A company with a record of each kind, and how to call each endpoint in it. */
async function makeCaller() {
  const { admin, company, token } = await makeWorld();
  const spare = await makeToken(admin, company);
  const ids = { ...(await makeRecords({ jwt: admin.jwt, company: company.id })), tok: spare.id };
  const pathOf = ({ path, example }: Endpoint) =>
    path.replace("{id}", (ids as Record<string, string>)[example.params?.id?.split("_")[0] ?? ""] ?? "");
  const by = ({ auth }: Endpoint) =>
    auth === "session" ? { jwt: admin.jwt, company: company.id } : auth === "none" ? {} : { token: token.secret };
  return { company, ids, pathOf, by };
}

/** Its only faults say where the token is. Nothing quotes it. */
function expectContained(reply: Reply, status: number, places: object[], secret: string, what: string): void {
  expect([reply.status, reply.body.code], what).toEqual(
    status === 400 ? [400, "invalid_parameter"] : [422, "validation_failed"],
  );
  const faults = reply.body.errors.map(({ detail: _detail, ...place }: { detail: string }) => place);
  expect(faults, what).toEqual(places.map((place) => ({ ...place, code: "contains_token" })));
  expect(reply.text).not.toContain(secret.slice(17, 60));
}

test.describe("a request that contains a token is rejected", () => {
  test("in the query of every endpoint", async () => {
    const { ids, pathOf, by } = await makeCaller();
    const secret = newToken().secret;
    for (const contract of registry) {
      const send = (query: string) =>
        api(contract.method, `${pathOf(contract)}?${query}`, { ...by(contract), body: bodyOf(contract, ids) });
      const name = contract.list ? "q" : "x";
      const reply = await send(`limit=999&${name}=a+${secret.replace("rdk", "%72%64k")}`);
      expectContained(reply, 400, [{ parameter: name }], secret, contract.operation);
    }
  });

  test("in any part of a list's query", async () => {
    const { token } = await makeWorld();
    const secret = newToken().secret;
    const prefix = secret.slice(0, 16);
    for (const [query, parameter] of [
      [`q=${secret}`, "q"],
      [`filter[email]=${secret}`, "filter[email]"],
      [`filter[external_id][in]=a,${secret},b`, "filter[external_id][in]"],
      [`filter[external_id][in]=a&filter[external_id][in]=${secret}`, "filter[external_id][in]"],
      [`cursor=${secret}`, "cursor"],
      [`fields=id,${secret}`, "fields"],
      [`sort=x%25${secret}%zz`, "sort"],
      [`${secret}=1`, `${prefix}_…`],
      [secret, `${prefix}_…`],
    ] as const) {
      const reply = await api("GET", `/contacts?${query}`, { token: token.secret });
      expectContained(reply, 400, [{ parameter }], secret, query);
    }
    expect((await api("GET", `/contacts?q=${mistyped(secret)}`, { token: token.secret })).status).toBe(200);
  });

  test("in the body of every endpoint, at any depth, in values and in keys", async () => {
    const { company, ids, pathOf, by } = await makeCaller();
    const secret = newToken().secret;
    const before = await rowsOf(company);
    const writes = registry.filter(({ body, takesTokens }) => body && !takesTokens);
    expect(writes.length).toBeGreaterThan(7);
    for (const contract of writes) {
      const whole = bodyOf(contract, ids) as Record<string, unknown>;
      const [field = ""] = Object.entries(whole).find(([, value]) => typeof value === "string") ?? [];
      const send = (body: unknown) => {
        const headers: Record<string, string> =
          contract.method === "POST" ? { "Idempotency-Key": `${contract.operation} ${unique()}` } : {};
        return api(contract.method, pathOf(contract), { ...by(contract), headers, body });
      };
      const cases: [unknown, string][] = [
        [{ ...whole, [field]: `Key: ${secret}.` }, `#/${field}`],
        [{ ...whole, nope: [{ deep: [1, { deeper: secret }] }] }, "#/nope/0/deep/1/deeper"],
        [{ ...whole, [secret]: 1 }, `#/${secret.slice(0, 16)}_%E2%80%A6`],
        [[secret], "#/0"],
        [secret, "#"],
      ];
      for (const [body, pointer] of cases)
        expectContained(await send(body), 422, [{ pointer }], secret, `${contract.operation} ${pointer}`);
    }
    expect(await rowsOf(company)).toEqual(before);
  });

  test("however it is escaped in JSON, but only with valid check digits", async () => {
    const { token } = await makeWorld();
    const secret = newToken().secret;
    const headers = { "Content-Type": "application/json" };
    const send = (text: string) =>
      api("POST", "/contacts", { token: token.secret, headers, raw: `{"first_name":"${text}","email":"x"}` });
    const escaped = [...secret].map((letter) => `\\u00${letter.charCodeAt(0).toString(16)}`);
    for (const text of [secret, escaped.join(""), `${escaped[0]}${secret.slice(1)}`, secret.replace("_", "\\u005F")])
      expectContained(await send(text), 422, [{ pointer: "#/first_name" }], secret, text);
    for (const text of [mistyped(secret), secret.slice(0, 17), secret.slice(0, -1), `rdk_${secret}`.slice(0, 66)])
      expect((await send(text)).body.errors, text).toMatchObject([{ pointer: "#/email", code: "invalid_format" }]);
  });

  test("at the sign-in endpoints, except as a password", async () => {
    const secret = newToken().secret;
    const named = await auth("sign-up", {
      name: secret,
      email: `${unique()}@example.com`,
      password: "a-long-password",
    });
    expectContained(named, 422, [{ pointer: "#/name" }], secret, "name");
    const person = { name: "Ana", email: `${unique()}@example.com`, password: secret };
    expect((await auth("sign-up", person)).status).toBe(200);
    expect((await auth("sign-in", { email: person.email, password: secret })).status).toBe(200);
  });

  test("nothing but the name of the parameter or field is told, and a path is answered as if it didn't exist", async () => {
    const { token } = await makeWorld();
    const secret = newToken().secret;
    const reply = await api("GET", `/contacts/${secret}`, { token: token.secret });
    expect([reply.status, reply.body.instance]).toEqual([404, `/api/v1/contacts/${secret.slice(0, 16)}_…`]);
  });
});

test.describe("a token that a request contained", () => {
  const exposedAt = async ({ id }: Token) =>
    (await database()`select exposed_at from repdesk.api_tokens where id = ${id}`)[0]?.exposed_at;

  test("gets the same answer live or not; its owner is told once, afterward, and it still works", async () => {
    const [mine, theirs] = [await makeWorld(), await makeWorld()];
    const send = (secret: string) =>
      api("POST", "/contacts", { token: mine.token.secret, body: { first_name: secret } });
    const plain = ({ status, body }: Reply) => ({ status, ...body, request_id: "" });
    const live = await send(theirs.token.secret);
    expect(plain(await send(newToken().secret))).toEqual(plain(live));
    await expect.poll(() => exposedAt(theirs.token), { timeout: 2_000, intervals: [100] }).not.toBeNull();

    const first = await exposedAt(theirs.token);
    const by = { jwt: theirs.admin.jwt, company: theirs.company.id };
    const read = await api("GET", `/auth/tokens/${theirs.token.id}`, by);
    expect(read.body).toMatchObject({ status: "active", exposed_at: first.toISOString(), version: 1 });
    expect((await api("GET", "/me", { token: theirs.token.secret })).status).toBe(200);

    // In a query, and once more. Another token shows when that is done.
    const another = await makeToken(theirs.admin, theirs.company);
    await send(theirs.token.secret);
    await api("GET", `/contacts?q=${another.secret}`, { token: mine.token.secret });
    await expect.poll(() => exposedAt(another), { timeout: 2_000, intervals: [100] }).not.toBeNull();
    expect(await exposedAt(theirs.token)).toEqual(first);
    const events = await database()`select company_id, token_id, request_id, changes from repdesk.audit_events
      where subject_id = ${theirs.token.id} and action = 'token.exposed'`;
    expect(events).toMatchObject([
      {
        ...{ company_id: theirs.company.id, token_id: theirs.token.id },
        request_id: live.headers.get("x-request-id"),
        changes: { exposed_at: { old: null } },
      },
    ]);
  });

  test("isn't looked up for strangers", async () => {
    const { admin, company, token } = await makeWorld();
    const marker = await makeToken(admin, company);
    for (const reply of [
      await api("GET", `/contacts?q=${token.secret}`),
      await api("GET", `/health?x=${token.secret}`),
      await api("POST", "/contacts", { token: newToken().secret, body: { first_name: token.secret } }),
      await call("POST", "/auth/recover", { headers: { Origin: environment.appUrl }, body: { email: token.secret } }),
    ])
      expect(reply.status).toBeGreaterThanOrEqual(400);
    await api("GET", `/contacts?q=${marker.secret}`, { token: marker.secret });
    await expect.poll(() => exposedAt(marker), { timeout: 2_000, intervals: [100] }).not.toBeNull();
    expect(await exposedAt(token)).toBeNull();
  });
});
