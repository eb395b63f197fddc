import { expect, test } from "playwright/test";
import { newToken } from "#lib/format/token";
import { someAddress } from "../api/call.ts";
import { database, makeToken, makeWorld, type Token } from "../api/world.ts";
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

test("the time of the answer doesn't depend on whether the tokens work", async () => {
  test.slow();
  const { admin, company } = await makeWorld();
  const server = await startServer();
  const [live, unknown]: [number[], number[]] = [[], []];
  const tokens: Token[] = [];
  try {
    for (let pairs = 0; pairs < 30; pairs += 1) {
      const mine = await Promise.all([makeToken(admin, company), makeToken(admin, company)]);
      tokens.push(...mine);
      const real = mine.map(({ secret }) => secret);
      const made = real.map(() => newToken().secret);
      const both = pairs % 2 === 0 ? [real, made] : [made, real];
      for (const secrets of both) (secrets === real ? live : unknown).push((await report(server, secrets)).ms);
      await expect.poll(() => revoked(mine), { intervals: [50] }).toHaveLength(2);
    }
    const median = (times: number[]) => times.toSorted((a, b) => a - b)[Math.floor(times.length / 2)] as number;
    const [one, other] = [median(live), median(unknown)];
    console.log(`Median of reports of tokens that work: ${one.toFixed(2)} ms; that don't: ${other.toFixed(2)} ms`);
    expect(Math.abs(one - other)).toBeLessThan(Math.max(one, other) / 2);
    expect(await revoked(tokens)).toHaveLength(tokens.length);
  } finally {
    await server.stop();
  }
});
