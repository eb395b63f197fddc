import { spawn } from "node:child_process";
import { once } from "node:events";
import { expect, test } from "playwright/test";
import { newToken } from "#lib/format/token";
import { childEnvironment, projectFolder, tools } from "#scripts/project";
import { makeWorld, signUp } from "../api/world.ts";
import { type Server, startServer } from "./server.ts";

/** Settings take effect. */

const listed = "https://tool.example.com";

test("CORS allows only listed origins, byte for byte, and never credentials", async () => {
  const { token } = await makeWorld();
  const server = await startServer({ CORS_ORIGINS: `${listed}, chrome-extension://abcdefghijklmnop` });
  const ask = (method: string, Origin: string, more: Record<string, string> = {}) =>
    fetch(`${server.url}/api/v1/contacts`, { method, headers: { Origin, ...more } });
  const bearer = { Authorization: `Bearer ${token.secret}` };

  const preflight = await ask("OPTIONS", listed, { "Access-Control-Request-Method": "POST" });
  expect(preflight.status).toBe(204);
  expect(preflight.headers.get("access-control-allow-origin")).toBe(listed);
  expect(preflight.headers.get("access-control-allow-methods")).toContain("POST");
  expect(preflight.headers.get("access-control-allow-headers")).toContain("Authorization");

  for (const origin of [listed, "chrome-extension://abcdefghijklmnop"]) {
    const reply = await ask("GET", origin, bearer);
    expect([reply.status, reply.headers.get("access-control-allow-origin")]).toEqual([200, origin]);
    expect(reply.headers.get("vary")).toContain("Origin");
    expect(reply.headers.get("access-control-allow-credentials")).toBeNull();
  }
  for (const origin of [
    "https://TOOL.example.com",
    `${listed}:443`,
    `${listed}/`,
    "http://tool.example.com",
    "null",
    "https://evil.example.com",
  ]) {
    expect((await ask("GET", origin, bearer)).headers.get("access-control-allow-origin")).toBeNull();
  }
  expect((await ask("GET", listed)).headers.get("access-control-allow-origin")).toBe(listed);
  await server.stop();
});

test("with https, every response has HSTS for two years, and cookies are Secure", async () => {
  const server = await startServer({ APP_URL: "https://repdesk.example.com" });
  const api = await fetch(`${server.url}/api/v1/health`);
  const page = await fetch(`${server.url}/sign-in`);
  for (const { headers } of [api, page]) expect(headers.get("strict-transport-security")).toMatch(/^max-age=63072000/);

  const { email, password } = await signUp();
  const signIn = await fetch(`${server.url}/auth/sign-in`, {
    method: "POST",
    headers: { "Content-Type": "application/json", Origin: "https://repdesk.example.com" },
    body: JSON.stringify({ email, password }),
  });
  expect(signIn.status, await signIn.text()).toBe(200);
  const cookies = signIn.headers.getSetCookie().map((cookie) => cookie.split("; "));
  expect(cookies.length).toBeGreaterThan(0);
  for (const [pair = "", ...attributes] of cookies) {
    expect(/^__Host-repdesk-(session(\.\d+)?|device)=./.test(pair)).toBe(true);
    // Browsers reject a __Host- cookie with a Domain.
    expect(attributes.filter((attribute) => !/^(Max-Age|Expires)=/.test(attribute)).sort()).toEqual([
      "HttpOnly",
      "Path=/",
      "SameSite=Lax",
      "Secure",
    ]);
  }
  await server.stop();
});

/** The number of lookups for 150 concurrent unknown tokens. */
async function failuresUntilLimited(server: Server, address: (index: number) => string): Promise<number> {
  const statuses = await Promise.all(
    Array.from({ length: 150 }, async (_, index) => {
      const headers = { Authorization: `Bearer ${newToken().secret}`, "X-Forwarded-For": address(index) };
      return (await fetch(`${server.url}/api/v1/me`, { headers })).status;
    }),
  );
  return statuses.filter((status) => status === 401).length;
}

/** 30 failures, then 10 lookups a second. */
function expectLimitOfOneNetwork(failures: number): void {
  expect(failures).toBeGreaterThanOrEqual(40);
  expect(failures).toBeLessThan(100);
}

test("without a trusted proxy, X-Forwarded-For is ignored", async () => {
  const server = await startServer({ TRUSTED_PROXIES: "0" });
  expectLimitOfOneNetwork(await failuresUntilLimited(server, (index) => `203.0.113.${index}`));
  await server.stop();
});

test("with one trusted proxy, its entry counts, and entries to the left are ignored", async () => {
  const server = await startServer({ TRUSTED_PROXIES: "1" });
  expectLimitOfOneNetwork(await failuresUntilLimited(server, (index) => `198.51.100.${index}, 203.0.113.7`));
  expectLimitOfOneNetwork(await failuresUntilLimited(server, (index) => `2001:db8:0:1::${index.toString(16)}`));
  expect(await failuresUntilLimited(server, (index) => `203.0.113.${index}`)).toBe(150);
  await server.stop();
});

test("a bad or missing setting prevents the start and is named without its value", async () => {
  const settings = {
    APP_URL: "not-a-url-secret",
    DATABASE_URL: "postgres://repdesk_app:secret@127.0.0.1/x",
    SUPABASE_URL: "",
    TRUSTED_PROXIES: "-1",
    APP_SECRET: "secret".repeat(10),
  };
  const env = childEnvironment({
    NODE_ENV: "production",
    SUPABASE_PUBLISHABLE_KEY: "",
    ...settings,
  }) as NodeJS.ProcessEnv;
  const child = spawn(process.execPath, [tools.server, "--port", "0"], {
    cwd: projectFolder,
    env,
    stdio: "pipe",
  });
  let said = "";
  for (const stream of [child.stdout, child.stderr]) stream.on("data", (bytes) => (said += bytes));
  const [code] = await once(child, "exit");
  expect(code).toBe(1);
  for (const name of ["APP_URL", "SUPABASE_URL", "SUPABASE_PUBLISHABLE_KEY", "TRUSTED_PROXIES", "APP_SECRET"])
    expect(said).toContain(name);
  expect(said).not.toContain("secret");
});
