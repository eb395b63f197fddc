import { expect, test } from "playwright/test";
import { newToken } from "#lib/format/token";
import { api, type Reply, someAddress } from "./call.ts";
import { database, makeToken, makeWorld, rowsOf, type Token, unique } from "./world.ts";

/** Reports of leaked API tokens, which are then revoked. */

const report = (
  tokens: unknown,
  more: object = {},
  options: { address?: string; headers?: Record<string, string> } = {},
) => api("POST", "/token-leaks", { ...options, body: { tokens, ...more } });

const mistyped = (token: string) => token.slice(0, -1) + (token.endsWith("0") ? "1" : "0");
const statusOf = async ({ secret }: Token) => (await api("GET", "/me", { token: secret })).body.code ?? "works";
const expectRevoked = (token: Token) =>
  expect.poll(() => statusOf(token), { timeout: 2_000, intervals: [100] }).toBe("token_revoked");
const eventsOf = (subject: string) =>
  database()`select company_id, member_id, token_id, request_id, changes from repdesk.audit_events
    where subject_id = ${subject} and action = 'token.revoked'`;

test.describe("a report", () => {
  test("revokes the tokens that work, with the reason and an audit entry in their company", async () => {
    const { admin, company, token } = await makeWorld();
    const other = await makeWorld();
    const [kept, again] = [await makeToken(admin, company), await makeToken(admin, company)];
    const source = `https://git.example.com/${kept.secret}`;
    const reply = await report([token.secret, ` ${other.token.secret}\n`, again.secret, again.secret, "junk"], {
      source,
    });
    expect([reply.status, reply.text]).toEqual([202, '{"status":"accepted"}']);
    for (const each of [token, other.token, again]) await expectRevoked(each);
    expect(await statusOf(kept)).toBe("works");

    const by = { jwt: admin.jwt, company: company.id };
    const read = await api("GET", `/auth/tokens/${token.id}`, by);
    expect(read.body).toMatchObject({ status: "revoked", revoked_by: null, revoked_reason: "leaked", version: 2 });
    const [member] = await database()`select id from repdesk.members where company_id = ${company.id}`;
    expect(await eventsOf(token.id)).toEqual([
      {
        ...{ company_id: company.id, member_id: member?.id, token_id: token.id },
        request_id: reply.headers.get("x-request-id"),
        changes: {
          revoked: { old: false, new: true },
          revoked_reason: { old: null, new: "leaked" },
          source: { old: null, new: `https://git.example.com/${kept.prefix}_…` },
        },
      },
    ]);

    // A second report finds it revoked. A third token shows when both are done.
    const last = await makeToken(admin, company);
    await report([token.secret, last.secret]);
    await expectRevoked(last);
    expect(await eventsOf(token.id)).toHaveLength(1);
    expect((await api("GET", `/auth/tokens/${token.id}`, by)).body).toEqual(read.body);
  });

  test("of expired, mistyped, incomplete, and unknown tokens changes nothing", async () => {
    const { admin, company, token } = await makeWorld();
    const [expired, last] = [await makeToken(admin, company), await makeToken(admin, company)];
    await database()`update repdesk.api_tokens set expires_at = now() - interval '1 day', created_at = now() - interval '2 days' where id = ${expired.id}`;
    const before = await rowsOf(company);
    const useless = [
      mistyped(token.secret),
      token.secret.slice(0, -1),
      token.prefix,
      `x${token.secret}`,
      expired.secret,
    ];
    expect((await report([...useless, newToken().secret])).status).toBe(202);
    const { admin: someone, company: elsewhere } = await makeWorld();
    const shown = await makeToken(someone, elsewhere);
    await report([shown.secret]);
    await expectRevoked(shown);
    expect(await rowsOf(company)).toEqual(before);
    expect(await statusOf(last)).toBe("works");
  });

  test("has the same answer, byte for byte, whether or not a token works", async () => {
    const { token } = await makeWorld();
    const plain = ({ status, headers, text }: Reply) => ({
      ...{ status, text },
      headers: [...headers].filter(([name]) => !/^(date|x-request-id)$/.test(name)),
    });
    const live = plain(await report([token.secret]));
    for (const tokens of [[token.secret], [newToken().secret], ["junk"], Array(1_000).fill("junk")])
      expect(plain(await report(tokens))).toEqual(live);
    const key = { "Idempotency-Key": unique() };
    for (const text of ["junk", "other junk"])
      expect(plain(await report([text], {}, { headers: key })), "a key is ignored").toEqual(live);
  });

  test("has from 1 to 1,000 strings of up to 200 characters, and nothing else", async () => {
    const faults = async (body: unknown) =>
      (await api("POST", "/token-leaks", { body })).body.errors?.map(
        ({ pointer, code }: { pointer: string; code: string }) => `${pointer} ${code}`,
      );
    const { token } = await makeWorld();
    expect(await faults({ tokens: Array(1_001).fill(token.secret) })).toEqual(["#/tokens too_many_items"]);
    expect(await faults({ tokens: [] })).toEqual(["#/tokens too_short"]);
    expect(await faults({})).toEqual(["#/tokens required"]);
    expect(await faults({ tokens: ["x".repeat(201), 1] })).toEqual(["#/tokens/0 too_long", "#/tokens/1 invalid_type"]);
    expect(await faults({ tokens: ["x"], source: "x".repeat(201) })).toEqual(["#/source too_long"]);
    expect(await faults({ tokens: ["x"], nope: 1 })).toEqual(["#/nope unknown_field"]);
    const query = await api("POST", `/token-leaks?q=${token.secret}`, { body: { tokens: ["x"] } });
    expect([query.status, query.body.errors[0].code]).toEqual([400, "contains_token"]);
    expect(await statusOf(token)).toBe("works");
  });

  test("can be sent ten times a minute from a network, which doesn't affect its other requests", async () => {
    const { token } = await makeWorld();
    const address = someAddress();
    for (let times = 0; times < 10; times += 1) expect((await report(["junk"], {}, { address })).status).toBe(202);
    const limited = await report([token.secret], {}, { address });
    expect([limited.status, limited.body.code]).toEqual([429, "rate_limited"]);
    expect(Number(limited.headers.get("retry-after"))).toBeGreaterThanOrEqual(1);
    expect(Number(limited.headers.get("retry-after"))).toBeLessThanOrEqual(6);
    expect(limited.headers.get("ratelimit-policy")).toBe('"leak_report";q=10;w=60');
    expect((await report(["junk"])).status, "another network").toBe(202);
    expect((await api("GET", "", { address })).status).toBe(200);
    expect(await statusOf(token)).toBe("works");
  });
});
