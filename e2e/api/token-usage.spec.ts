import { expect, test } from "playwright/test";
import { api, type Options } from "./call.ts";
import { addMember, database, makeToken, makeWorld, signUp, unique } from "./world.ts";

/** What an API token did, as its owner and admins see it. */

type Usage = {
  days: { succeeded: number; failed: number; limited: number; errors: number }[];
  requests: { request_id: string }[];
};

/** The usage, once it has that many calls. */
async function usageAfter(calls: number, id: string, by: Options): Promise<Usage> {
  let usage: Usage | undefined;
  const count = async () => {
    const reply = await api("GET", `/auth/tokens/${id}/usage`, by);
    expect(reply.status, reply.text).toBe(200);
    usage = reply.body as Usage;
    return usage.days.reduce((sum, day) => sum + day.succeeded + day.failed + day.limited + day.errors, 0);
  };
  await expect.poll(count, { timeout: 2_000, intervals: [100] }).toBe(calls);
  return usage as Usage;
}

test("calls show up within two seconds, with outcome, client, and the path without its values", async () => {
  const { admin, company, token } = await makeWorld();
  const by = { jwt: admin.jwt, company: company.id };
  const unused = await api("GET", `/auth/tokens/${token.id}/usage`, by);
  expect(unused.body).toEqual({ first_used_at: null, days: [], scopes_used: [], clients: [], requests: [] });

  const secret = unique();
  const from = { token: token.secret, address: "203.0.113.77", headers: { "User-Agent": "curl/8.5.0" } };
  const made = await api("POST", "/contacts", { ...from, body: { first_name: secret } });
  const replies = [
    made,
    await api("GET", `/contacts/${made.body.id}`, from),
    await api("GET", `/contacts?q=${secret}`, from),
    await api("GET", `/contacts?filter[email]=${secret}@example.com`, from),
    await api("GET", "/contacts/con_01k91h3x5qe8rv2n7m4c6b9d0f", from),
    await api("GET", `/contacts?${secret}=1`, from),
    await api("GET", "/auth/tokens", from),
  ];
  expect(replies.map(({ status }) => status)).toEqual([201, 200, 200, 200, 404, 400, 403]);
  const usage = await usageAfter(7, token.id, by);
  expect(usage).toMatchObject({
    first_used_at: expect.stringMatching(/Z$/),
    days: [{ day: expect.any(String), succeeded: 4, failed: 3, limited: 0, errors: 0 }],
    scopes_used: [
      // A search for contacts finds them by their accounts' names, too.
      { scope: "accounts:read", calls: 1 },
      { scope: "contacts:read", calls: 3 },
      { scope: "contacts:write", calls: 1 },
    ],
    clients: [{ from: "203.0.113.0", client: "curl" }],
  });
  const seen = ({ method, path, status, code }: Record<string, unknown>) => `${method} ${path} ${status} ${code}`;
  expect(usage.requests.map(seen).reverse()).toEqual([
    "POST /api/v1/contacts 201 null",
    "GET /api/v1/contacts/{id} 200 null",
    "GET /api/v1/contacts 200 null",
    "GET /api/v1/contacts 200 null",
    "GET /api/v1/contacts/{id} 404 not_found",
    "GET /api/v1/contacts 400 unknown_parameter",
    "GET /api/v1/auth/tokens 403 session_required",
  ]);
  const ids = replies.map(({ headers }) => headers.get("x-request-id"));
  expect(usage.requests.map(({ request_id }) => request_id).reverse()).toEqual(ids);
  const [stored] = await database()`
    select (select string_agg(r::text, '') from repdesk.token_requests r where token_id = ${token.id})
        || (select string_agg(d::text, '') from repdesk.token_days d where token_id = ${token.id})
        || (select string_agg(c::text, '') from repdesk.token_clients c where token_id = ${token.id}) as text`;
  expect(stored?.text).toContain(ids[0]);
  for (const value of [secret, made.body.id, token.secret]) expect(stored?.text).not.toContain(value);
});

test("scopes that only related records need are counted, so a token with the used scopes could have done the same", async () => {
  const { admin, company, token } = await makeWorld();
  const by = { jwt: admin.jwt, company: company.id };
  await api("GET", "/contacts?include=account", { token: token.secret });
  await api("GET", "/me", { token: token.secret });
  const usage = await usageAfter(2, token.id, by);
  const scopes = [
    { scope: "accounts:read", calls: 1, last_used_at: expect.any(String) },
    { scope: "contacts:read", calls: 1, last_used_at: expect.any(String) },
  ];
  expect(usage).toMatchObject({ scopes_used: scopes, days: [{ succeeded: 2 }] });
});

test("calls over the token's rate limit are counted, those after it was revoked aren't", async () => {
  const { admin, company, token } = await makeWorld();
  const by = { jwt: admin.jwt, company: company.id };
  const statuses: number[] = [];
  while (!statuses.includes(429)) {
    const replies = Array.from({ length: 50 }, () => api("GET", "/me", { token: token.secret }));
    statuses.push(...(await Promise.all(replies)).map(({ status }) => status));
  }
  const limited = statuses.filter((status) => status === 429).length;
  const usage = await usageAfter(statuses.length, token.id, by);
  expect(usage.days).toMatchObject([{ succeeded: statuses.length - limited, limited }]);
  expect(usage.requests).toHaveLength(100);

  const other = await makeToken(admin, company);
  expect((await api("DELETE", "/auth/token", { token: other.secret })).status).toBe(204);
  expect((await api("GET", "/me", { token: other.secret })).status).toBe(401);
  await api("GET", "/me", { token: (await makeToken(admin, company)).secret });
  expect((await usageAfter(1, other.id, by)).requests).toMatchObject([{ method: "DELETE", status: 204 }]);
});

test("members see the usage of their own tokens, admins of all; to others it doesn't exist", async () => {
  const { admin, company, token } = await makeWorld();
  const [user, stranger] = [await signUp(), (await makeWorld()).admin];
  await addMember(company, user);
  const theirs = await makeToken(user, company);
  await api("GET", "/me", { token: theirs.secret });
  await usageAfter(1, theirs.id, { jwt: user.jwt, company: company.id });
  await usageAfter(1, theirs.id, { jwt: admin.jwt, company: company.id });
  const asked = [
    await api("GET", `/auth/tokens/${token.id}/usage`, { jwt: user.jwt, company: company.id }),
    await api("GET", `/auth/tokens/${token.id}/usage`, { jwt: stranger.jwt }),
    await api("GET", `/auth/tokens/${theirs.id}/usage`, { token: theirs.secret }),
  ];
  expect(asked.map(({ body }) => body.code)).toEqual(["not_found", "not_found", "session_required"]);
});
