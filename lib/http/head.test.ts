import { expect, test } from "vitest";
import { boundHead, targetOf } from "#lib/http/head";

function bounded(url: string, headers: Record<string, string> = {}) {
  const request = { url, headers: { ...headers } as Record<string, string> };
  boundHead(request);
  return request;
}

const target = (url: string, query: string) =>
  targetOf(new Request(`http://localhost:3000${url}`, { headers: { "x-repdesk-query": query } }));

test("ordinary heads of browsers and clients stay unchanged", () => {
  const headers = { cookie: "a=1; repdesk-session-3000=x", "user-agent": "Mozilla/5.0 (X11; Linux x86_64)" };
  const request = bounded("/acme/contacts?q=ana&cursor=abc", headers);
  expect(request.url).toBe("/acme/contacts?q=ana&cursor=abc");
  expect(request.headers).toEqual({ ...headers, "x-repdesk-query": "?q=ana&cursor=abc" });
});

test("a query of more than 100 parameters is hidden from Next, but not from our handlers", () => {
  const query = `?${"a&".repeat(100)}`;
  const request = bounded(`/api/v1/health${query}`);
  expect(request.url).toBe("/api/v1/health");
  expect(target("/api/v1/health", request.headers["x-repdesk-query"] ?? "").search).toBe(query);
  expect(bounded(`/x?${"a&".repeat(99)}`).url).toBe(`/x?${"a&".repeat(99)}`);
});

test("of more than 100 cookies, only ours are kept", () => {
  const others = Array.from({ length: 200 }, (_, index) => `c${index}=1`).join("; ");
  const own = "repdesk-session-3000=x; __Host-repdesk-session.0=y; repdesk-theme=dark";
  const { headers } = bounded("/", { cookie: `${others}; ${own}; ${others}` });
  expect(headers.cookie?.trim()).toBe(own);
  const many = bounded("/", { cookie: "repdesk-a=1;".repeat(500) }).headers.cookie ?? "";
  expect(many.split(";").length).toBe(100);
});

test("a long User-Agent is cut off", () => {
  expect(bounded("/", { "user-agent": "a".repeat(10_000) }).headers["user-agent"]).toBe("a".repeat(512));
});

test("a caller can't forge the noted query", () => {
  expect(bounded("/x", { "x-repdesk-query": "?limit=1" }).headers["x-repdesk-query"]).toBe("");
  expect(bounded("/x?a", { "x-repdesk-query": "?limit=1" }).headers["x-repdesk-query"]).toBe("?a");
});

test("parameters that Next drops are preserved", () => {
  expect(target("/api/v1/contacts/x", "?__proto__=1&nxtPid=2&id=3").search).toBe("?__proto__=1&nxtPid=2&id=3");
});
