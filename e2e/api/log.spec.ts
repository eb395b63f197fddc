import { readFileSync } from "node:fs";
import { expect, test } from "playwright/test";
import { environment } from "../environment.ts";
import { api, call, type Reply } from "./call.ts";
import { sessionOf } from "./session-cookie.ts";
import { cookieOf, makeWorld } from "./world.ts";

/** The log: one JSON line per request, without secrets. */

async function lineOf(reply: Reply): Promise<string> {
  const id = reply.headers.get("x-request-id") as string;
  const find = () =>
    readFileSync(environment.appLog, "utf8")
      .split("\n")
      .filter((line) => line.includes(id));
  await expect.poll(() => find().length).toBe(1);
  return find()[0] as string;
}

test("a line says who requested what, the result, and how long it took", async () => {
  const { token, company } = await makeWorld();
  const reply = await api("GET", "/contacts/con_1?x=private-value", {
    token: token.secret,
    headers: { "X-Request-Id": "theirs-1" },
    address: "203.0.113.77",
  });
  const line = await lineOf(reply);
  expect(JSON.parse(line)).toEqual({
    level: "info",
    time: expect.stringMatching(/Z$/),
    request_id: reply.headers.get("x-request-id"),
    client_request_id: "theirs-1",
    method: "GET",
    path: "/api/v1/contacts/{id}",
    status: 404,
    ms: expect.any(Number),
    company: company.id,
    token: token.prefix,
    network: "203.0.113.0",
    code: "not_found",
    msg: "request",
  });
  expect(line).not.toContain("private-value");
});

test("the line of a session has the member, and IPv6 networks are logged as /48", async () => {
  const { admin, company } = await makeWorld();
  const reply = await api("GET", "/me", { jwt: admin.jwt, address: "2001:db8:77:1::5" });
  const line = JSON.parse(await lineOf(reply));
  expect(line).toMatchObject({ company: company.id, member: reply.body.member.id, network: "2001:db8:77::" });
  expect(line.token).toBeUndefined();
});

test("a page is also one line, with its template, member, and status", async () => {
  const { admin, company } = await makeWorld();
  const cookie = sessionOf(await cookieOf(admin));
  const lines = () =>
    readFileSync(environment.appLog, "utf8")
      .split("\n")
      .filter((line) => line.includes('"msg":"page"') && line.includes(company.id))
      .map((line) => JSON.parse(line));
  const page = await call("GET", `/${company.slug}/contacts?q=private-value`, { cookie, address: "203.0.113.78" });
  expect(page.status).toBe(200);
  await expect.poll(() => lines().length).toBe(1);
  const me = await api("GET", "/me", { cookie });
  expect(lines()).toEqual([
    {
      level: "info",
      time: expect.stringMatching(/Z$/),
      request_id: expect.stringMatching(/^req_/),
      method: "GET",
      path: "/[company]/contacts",
      status: 200,
      ms: expect.any(Number),
      company: company.id,
      member: me.body.member.id,
      network: "203.0.113.0",
      msg: "page",
    },
  ]);
});

test("a caller's own request ID is logged only if it is well-formed", async () => {
  for (const id of ["x".repeat(129), 'a"b', "a b", "ä"]) {
    const line = await lineOf(await api("GET", "/me", { headers: { "X-Request-Id": id } }));
    expect(JSON.parse(line)).not.toHaveProperty("client_request_id");
  }
});

test("a secret in any part of a request doesn't reach the log", async () => {
  const { token } = await makeWorld();
  const replies = [
    await api("GET", `/contacts?token=${token.secret}`, { token: token.secret }),
    await api("GET", `/contacts/${token.secret}`, { token: token.secret }),
    await api("POST", "/contacts", { token: token.secret, body: { [token.secret]: token.secret } }),
    await api("GET", "/me", {
      token: token.secret,
      headers: { "X-Request-Id": token.secret, "User-Agent": token.secret },
    }),
  ];
  for (const reply of replies) expect(await lineOf(reply)).not.toContain(token.secret.slice(17));
});
