import { readFileSync } from "node:fs";
import { expect, test } from "playwright/test";
import { environment } from "../environment.ts";
import { api, type Reply } from "./call.ts";
import { makeWorld } from "./world.ts";

/** The log: one line of JSON a request, and no secret in it. */

async function lineOf(reply: Reply): Promise<string> {
  const id = reply.headers.get("x-request-id") as string;
  const find = () =>
    readFileSync(environment.appLog, "utf8")
      .split("\n")
      .filter((line) => line.includes(id));
  await expect.poll(() => find().length).toBe(1);
  return find()[0] as string;
}

test("who asked what, how it ended, how long it took", async () => {
  const { token, company } = await makeWorld();
  const reply = await api("GET", "/contacts/con_1?x=private-value", {
    token: token.secret,
    headers: { "X-Request-Id": "theirs-1" },
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
    code: "not_found",
    msg: "request",
  });
  expect(line).not.toContain("private-value");
});

test("a caller's own request id is logged only in its proper form", async () => {
  for (const id of ["x".repeat(129), 'a"b', "a b", "ä"]) {
    const line = await lineOf(await api("GET", "/me", { headers: { "X-Request-Id": id } }));
    expect(JSON.parse(line)).not.toHaveProperty("client_request_id");
  }
});

test("no secret reaches it, wherever in a request it stands", async () => {
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
