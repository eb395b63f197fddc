import { expect, test } from "playwright/test";
import { tokenHash } from "#lib/db/trail";
import { newId } from "#lib/format/ids";
import { newToken } from "#lib/format/token";
import { someAddress } from "../api/call.ts";
import { type Company, database, makeWorld, type Token } from "../api/world.ts";
import { type Server, startServer } from "./server.ts";

/** Reports of leaked tokens are handled after the response, so they can't reveal which tokens work. */

async function report({ url }: Server, tokens: string[]) {
  const began = performance.now();
  const response = await fetch(`${url}/api/v1/token-leaks`, {
    method: "POST",
    headers: { "Content-Type": "application/json", "X-Forwarded-For": someAddress() },
    body: JSON.stringify({ tokens }),
  });
  const text = await response.text();
  return { status: response.status, text, ms: performance.now() - began };
}

const accepted = { status: 202, text: '{"status":"accepted"}', ms: expect.any(Number) };
const revoked = async (tokens: Token[]) => {
  const ids = tokens.map(({ id }) => id);
  return database()`select from repdesk.api_tokens where id = any (${ids}) and revoked_reason = 'leaked'`;
};

test("a report is answered while the database hangs, and kept until it is back", async () => {
  const { token } = await makeWorld();
  const server = await startServer();
  try {
    await server.proxy.make("dark");
    for (const secret of [token.secret, newToken().secret]) {
      const reply = await report(server, [secret]);
      expect(reply).toEqual(accepted);
      // Whatever waited for the database would wait for 3 seconds.
      expect(reply.ms).toBeLessThan(1_000);
    }
    expect(await revoked([token])).toHaveLength(0);
    await server.proxy.make("none");
    await expect.poll(() => revoked([token]), { timeout: 20_000 }).toHaveLength(1);
  } finally {
    await server.stop();
  }
});

test("a report is written at shutdown, and never as text", async () => {
  const { token } = await makeWorld();
  const server = await startServer();
  expect(await report(server, [token.secret])).toEqual(accepted);
  await server.stop();
  expect(await server.exited).toBe(0);
  expect(await revoked([token])).toHaveLength(1);
  expect(server.lines.join("\n")).not.toContain(token.secret.slice(17));
});

test("if more than 5,000 strings wait, a report gets 503 and can be repeated", async () => {
  const { token } = await makeWorld();
  const server = await startServer();
  try {
    await server.proxy.make("refuse");
    const many = () => Array.from({ length: 1_000 }, () => newToken().secret);
    for (let times = 0; times < 5; times += 1) expect(await report(server, many())).toEqual(accepted);
    for (const secret of [token.secret, newToken().secret])
      expect(await report(server, [secret])).toMatchObject({ status: 503 });
    await server.proxy.make("none");
    await expect.poll(async () => (await report(server, [token.secret])).status, { timeout: 15_000 }).toBe(202);
    await expect.poll(() => revoked([token]), { timeout: 5_000 }).toHaveLength(1);
  } finally {
    await server.stop();
  }
});

/** Tokens that work, more than a member may have. */
async function makeMany(company: Company, owner: Token, count: number): Promise<Token[]> {
  const tokens = Array.from({ length: count }, () => ({ id: newId("tok"), ...newToken() }));
  const rows = tokens.map(({ id, prefix, secret }) => ({ id, prefix, hash: tokenHash(secret) }));
  await database()`
    insert into repdesk.api_tokens (id, company_id, member_id, name, prefix, hash, scopes)
    select r.id, ${company.id}, t.member_id, 'Leaked', r.prefix, decode(r.hash, 'hex'), t.scopes
      from jsonb_to_recordset(${JSON.stringify(rows)}::text::jsonb) as r(id text, prefix text, hash text), repdesk.api_tokens t
     where t.id = ${owner.id}`;
  return tokens;
}

test("the time of the answer doesn't depend on whether the tokens work", async () => {
  test.slow();
  const { company, token } = await makeWorld();
  const server = await startServer();
  const times = { live: [] as number[], unknown: [] as number[] };
  try {
    for (let pairs = 0; pairs < 30; pairs += 1) {
      const tokens = await makeMany(company, token, 100);
      const secrets = { live: tokens.map(({ secret }) => secret), unknown: tokens.map(() => newToken().secret) };
      // The first request after a pause takes longer.
      await report(
        server,
        tokens.map(() => newToken().secret),
      );
      const order = pairs % 2 === 0 ? (["live", "unknown"] as const) : (["unknown", "live"] as const);
      for (const kind of order) {
        const reply = await report(server, secrets[kind]);
        expect(reply).toEqual(accepted);
        times[kind].push(reply.ms);
      }
      await expect.poll(async () => (await revoked(tokens)).length, { intervals: [50] }).toBe(100);
    }
    const median = (all: number[]) => all.toSorted((a, b) => a - b)[all.length / 2] as number;
    const [live, unknown] = [median(times.live), median(times.unknown)];
    console.log(
      `Reports of 100 tokens that work took ${live.toFixed(1)} ms, of unknown ones ${unknown.toFixed(1)} ms.`,
    );
    // Revoking 100 tokens takes many times longer than the rest of the request.
    expect(Math.max(live, unknown)).toBeLessThan(2 * Math.min(live, unknown));
  } finally {
    await server.stop();
  }
});
