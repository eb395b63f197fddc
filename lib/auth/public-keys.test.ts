/** Sessions signed with a key pair, while the auth server's keys are fetched, rotated, revoked, or unreachable. */
import { createServer, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { exportJWK, generateKeyPair, SignJWT } from "jose";
import { afterAll, afterEach, beforeEach, describe, expect, test, vi } from "vitest";

const settings: Record<string, string | undefined> = { APP_URL: "http://localhost:3000" };
vi.mock("#lib/env", () => ({ env: () => settings }));

const user = "0b8f2b0e-6c1e-4c57-9d59-0f2f6a1f3a10";
const session = "5a0d7a53-7d0c-4bd3-8a0a-7d6c1d6a9b11";
const [pair, later] = [await keyPair("one"), await keyPair("two")];

async function keyPair(kid: string) {
  const { publicKey, privateKey } = await generateKeyPair("ES256", { extractable: true });
  return { kid, privateKey, published: { ...(await exportJWK(publicKey)), kid, alg: "ES256" } };
}

/** The auth server's response to a request for its keys; `held`: none until the test ends the responses. */
let answer: { keys: object[] } | "broken" | "failing" | "held";
let fetches = 0;
const held: ServerResponse[] = [];
const server = createServer((request, response) => {
  expect(request.url).toBe("/auth/v1/.well-known/jwks.json");
  fetches += 1;
  if (answer === "held") held.push(response);
  else if (answer === "failing") response.writeHead(500).end();
  else if (answer === "broken") response.end("{}");
  else response.end(JSON.stringify(answer));
});
await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
const address = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
afterAll(() => server.close());

const [second, minute, hour] = [1_000, 60_000, 3_600_000];
const start = Date.now();
/** Only the clock is fake: timers and the network are real. */
const pass = (ms: number) => vi.setSystemTime(Date.now() + ms);

/** Forgets the keys, like a process that restarts. */
function restart(): void {
  vi.resetModules();
  Reflect.deleteProperty(globalThis, Symbol.for("repdesk.auth.public-keys"));
}

beforeEach(() => {
  restart();
  vi.useFakeTimers({ toFake: ["Date"], now: start });
  settings.SUPABASE_URL = address;
  settings.SUPABASE_JWT_SECRET = undefined;
  settings.SUPABASE_JWT_ISSUER = undefined;
  answer = { keys: [pair.published] };
  fetches = 0;
});
afterEach(() => {
  for (const response of held.splice(0)) response.destroy();
  vi.useRealTimers();
});

const good = { sub: user, session_id: session, role: "authenticated", aud: "authenticated" };

/** A session that never expires within a test. */
function sign(key = pair, claims: Record<string, unknown> = {}, kid = key.kid) {
  return new SignJWT({ iss: `${address}/auth/v1`, ...good, ...claims })
    .setProtectedHeader({ alg: "ES256", kid })
    .setExpirationTime(new Date(start + 100 * hour))
    .sign(key.privateKey);
}

async function read(token: string | Promise<string>) {
  const { credentialOf } = await import("#lib/auth/request");
  return await credentialOf(new Headers({ authorization: `Bearer ${await token}` }));
}

/** The result of using a token: its user, the error code, or `Unavailable`. */
async function outcome(token: string | Promise<string>): Promise<string> {
  try {
    const credential = await read(token);
    return credential.kind === "session" ? credential.user_id : credential.kind;
  } catch (error) {
    const { code, name } = error as { code?: string; name: string };
    return code ?? name;
  }
}

test("verify ES256, and are fetched once for concurrent requests", async () => {
  const token = await sign();
  expect(new Set(await Promise.all(Array.from({ length: 50 }, () => outcome(token))))).toEqual(new Set([user]));
  expect(await outcome(token)).toBe(user);
  expect(fetches).toBe(1);
});

test("are shared by the copies of the module that Next's bundles have", async () => {
  expect(await outcome(sign())).toBe(user);
  vi.resetModules();
  answer = "failing";
  expect(await outcome(sign())).toBe(user);
  expect(fetches).toBe(1);
});

test("never verify HS256, not even with the public key as the secret", async () => {
  const hs256 = (secret: string) =>
    new SignJWT({ iss: `${address}/auth/v1`, ...good })
      .setProtectedHeader({ alg: "HS256" })
      .setExpirationTime("1h")
      .sign(new TextEncoder().encode(secret));
  expect(await outcome(hs256(JSON.stringify(pair.published)))).toBe("token_invalid");
  expect(await outcome(hs256("a-secret-of-our-own-that-is-long-enough"))).toBe("token_invalid");
  expect(fetches).toBe(0);
});

test("are not used if a secret is configured", async () => {
  settings.SUPABASE_JWT_SECRET = "a-secret-of-our-own-that-is-long-enough";
  expect(await outcome(sign())).toBe("token_invalid");
});

describe("the issuer", () => {
  test.each<[string, Record<string, unknown>]>([
    ["another one", { iss: "https://other.supabase.co/auth/v1" }],
    ["none", { iss: undefined }],
    ["another application of the user", { client_id: session }],
  ])("%s is 401 token_invalid", async (_name, claims) => {
    expect(await outcome(sign())).toBe(user);
    expect(await outcome(sign(pair, claims))).toBe("token_invalid");
  });

  test("of a project with a custom domain is the one in the settings", async () => {
    settings.SUPABASE_JWT_ISSUER = "https://project.supabase.co/auth/v1";
    expect(await outcome(sign(pair, { iss: settings.SUPABASE_JWT_ISSUER }))).toBe(user);
    expect(await outcome(sign())).toBe("token_invalid");
  });
});

describe("rotation", () => {
  test("a key that differs from the published one of its name, or has an unpublished name, is 401", async () => {
    expect(await outcome(sign(later, {}, "one"))).toBe("token_invalid");
    expect(await outcome(sign(later))).toBe("token_invalid");
  });

  test("a new key works from the first token that names it", async () => {
    expect(await outcome(sign())).toBe(user);
    answer = { keys: [pair.published, later.published] };
    pass(minute);
    expect(await outcome(sign(later))).toBe(user);
    expect(await outcome(sign())).toBe(user);
    expect(fetches).toBe(2);
  });

  test("a revoked key verifies nothing after an hour, and its replacement works", async () => {
    expect(await outcome(sign())).toBe(user);
    answer = { keys: [later.published] };
    pass(hour - 1);
    expect(await outcome(sign())).toBe(user);
    pass(1);
    expect(await outcome(sign())).toBe("token_invalid");
    expect(await outcome(sign(later))).toBe(user);
  });
});

describe("while the auth server is away", () => {
  test.each(["failing", "broken"] as const)("(%s), the last keys are used for 24 hours", async (how) => {
    expect(await outcome(sign())).toBe(user);
    answer = how;
    for (const passed of [hour, 11 * hour, 12 * hour - 1]) {
      pass(passed);
      expect(await outcome(sign())).toBe(user);
    }
    pass(1);
    expect(await outcome(sign())).toBe("Unavailable");
    answer = { keys: [pair.published] };
    pass(minute);
    expect(await outcome(sign())).toBe(user);
  });

  test("from the start, sessions are unavailable, not 401, until it is back", async () => {
    settings.SUPABASE_URL = "http://127.0.0.1:1";
    expect(await outcome(sign())).toBe("Unavailable");
    restart();
    settings.SUPABASE_URL = address;
    answer = "failing";
    expect(await outcome(sign())).toBe("Unavailable");
    answer = { keys: [pair.published] };
    expect(await outcome(sign())).toBe("Unavailable");
    pass(10 * second);
    expect(await outcome(sign())).toBe(user);
  });

  test("a revoked key stops working as soon as it is back", async () => {
    expect(await outcome(sign())).toBe(user);
    answer = "failing";
    pass(2 * hour);
    expect(await outcome(sign())).toBe(user);
    answer = { keys: [later.published] };
    pass(10 * second);
    await vi.waitFor(async () => expect(await outcome(sign())).toBe("token_invalid"));
  });

  test("and doesn't respond, only the first request waits for it, and one fetch runs at a time", async () => {
    expect(await outcome(sign())).toBe(user);
    const fetched = vi.spyOn(globalThis, "fetch");
    answer = "held";
    pass(hour);
    // The fetch times out after 3 seconds.
    expect(await outcome(sign())).toBe(user);
    pass(minute);
    expect(await outcome(sign())).toBe(user);
    await vi.waitFor(() => expect(held).toHaveLength(2));
    pass(minute);
    expect(await outcome(sign())).toBe(user);
    // The second fetch is still running, no request waited for it, and there was no third one.
    expect(held[1]?.destroyed).toBe(false);
    expect(fetched).toHaveBeenCalledTimes(2);
    fetched.mockRestore();
  });

  test("a token that names a new key is unavailable, not 401", async () => {
    expect(await outcome(sign())).toBe(user);
    answer = "failing";
    pass(minute);
    expect(await outcome(sign(later))).toBe("Unavailable");
    expect(await outcome(sign())).toBe(user);
  });
});

describe("tokens with made-up key names", () => {
  test.each([
    ["answers", () => ({ keys: [pair.published] }), "token_invalid"],
    ["is away", () => "failing" as const, "Unavailable"],
  ])("ask the auth server at most six times a minute, if it %s", async (_name, then, expected) => {
    expect(await outcome(sign())).toBe(user);
    answer = then();
    fetches = 0;
    pass(minute);
    const token = await sign(later, {}, "made up");
    const flood = async () => {
      const outcomes = await Promise.all(Array.from({ length: 20 }, () => outcome(token)));
      return new Set([...outcomes, await outcome(token)]);
    };
    for (let passed = 0; passed < 60; passed += 1) {
      expect(await flood()).toEqual(new Set([expected]));
      pass(second);
    }
    expect(fetches).toBe(6);
    expect(await outcome(sign())).toBe(user);
  });
});
