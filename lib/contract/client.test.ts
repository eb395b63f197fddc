import { afterEach, beforeEach, describe, expect, expectTypeOf, test, vi } from "vitest";
import { createClient } from "#lib/contract/client";
import { createCompany } from "#lib/contract/companies";
import { readMe } from "#lib/contract/me";
import { contactEndpoints } from "#lib/contract/records";
import { example } from "#lib/nouns/values";

const id = example("con");
const json = (body: unknown, status = 200, headers: Record<string, string> = {}) =>
  Response.json(body, { status, headers });
const problem = (status: number, code: string, headers: Record<string, string> = {}) =>
  json({ status, code, detail: `It is ${code}.`, request_id: "req_1" }, status, headers);

/** A server that returns its answers in order and records the requests. */
function server(...answers: (Response | Error)[]) {
  const asked: Request[] = [];
  const answer = async (url: RequestInfo | URL, init?: RequestInit) => {
    asked.push(new Request(new URL(String(url), "https://repdesk.test"), init));
    const next = answers.shift();
    if (next === undefined) throw new Error("one request too many");
    if (next instanceof Error) throw next;
    return next;
  };
  return { asked, fetch: answer as typeof fetch };
}

beforeEach(() => {
  vi.useFakeTimers({ toFake: ["setTimeout"] });
  vi.setTimerTickMode("nextTimerAsync");
});
afterEach(() => {
  vi.useRealTimers();
});

describe("a request", () => {
  test("is split into path, query, and body", async () => {
    const { fetch, asked } = server(json({ id }), json({ data: [], pagination: {} }));
    const client = createClient({ fetch, company: "acme" });
    await client.call(contactEndpoints.update, { id, phone: "1", title: null, if_version: 7 });
    expect(asked[0]?.method).toBe("PATCH");
    expect(asked[0]?.url).toBe(`https://repdesk.test/api/v1/contacts/${id}`);
    expect(await asked[0]?.json()).toEqual({ phone: "1", title: null });
    expect(asked[0]?.headers.get("if-match")).toBe('"v7"');
    expect(asked[0]?.headers.get("repdesk-company")).toBe("acme");
    expect(asked[0]?.headers.get("idempotency-key")).toBeNull();

    await client.call(contactEndpoints.list, { limit: "5", "filter[email]": "a@b.example", include: undefined });
    expect(new URL(asked[1]?.url ?? "").search).toBe("?limit=5&filter%5Bemail%5D=a%40b.example");
    expect(asked[1]?.headers.get("content-type")).toBeNull();
  });

  test("can be for another company than the client's own", async () => {
    const { fetch, asked } = server(json({ id }), json({ data: [], pagination: { next_cursor: null } }));
    const client = createClient({ fetch, company: "acme" });
    await client.call(contactEndpoints.read, { id }, { company: "globex" });
    for await (const _ of client.pages(contactEndpoints.list, {}, { company: "globex" }));
    expect(asked.map(({ headers }) => headers.get("repdesk-company"))).toEqual(["globex", "globex"]);
  });

  test("names no company if the contract has none, and sends the token if there is one", async () => {
    const { fetch, asked } = server(json({ id: "cmp" }, 201));
    await createClient({ fetch, company: "acme", token: "rdk_x" }).call(createCompany, { name: "Acme", slug: "acme" });
    expect(asked[0]?.headers.get("repdesk-company")).toBeNull();
    expect(asked[0]?.headers.get("authorization")).toBe("Bearer rdk_x");
    expect(asked[0]?.headers.get("idempotency-key")).toMatch(/^[0-9a-f]{32}$/);
  });

  test("with a field that the contract doesn't have throws before anything is sent", async () => {
    const { fetch, asked } = server();
    const call = createClient({ fetch }).call(contactEndpoints.read, { id, colour: "red" } as { id: string });
    await expect(call).rejects.toThrow("readContact takes no colour");
    expect(asked).toHaveLength(0);
  });

  test("is typed by the contract", () => {
    const client = createClient();
    const read = () => client.call(contactEndpoints.read, { id });
    const remove = () => client.call(contactEndpoints.remove, { id, if_version: 1 });
    expectTypeOf(read).returns.resolves.toHaveProperty("do_not_contact").toBeBoolean();
    expectTypeOf(read).returns.resolves.toHaveProperty("created_at").toBeString();
    expectTypeOf(remove).returns.resolves.toBeNull();
    // @ts-expect-error the id is required
    () => client.call(contactEndpoints.read);
    // @ts-expect-error a read takes no version
    () => client.call(contactEndpoints.read, { id, if_version: 1 });
    () => client.call(readMe);
  });
});

describe("an answer", () => {
  test("204 is null", async () => {
    const { fetch } = server(new Response(null, { status: 204 }));
    expect(await createClient({ fetch }).call(contactEndpoints.remove, { id })).toBeNull();
  });

  test("a problem is thrown as it is", async () => {
    const body = {
      code: "validation_failed",
      detail: "1 field.",
      request_id: "req_2",
      errors: [{ pointer: "#/email", code: "blank", detail: "No." }],
    };
    const { fetch } = server(json(body, 422));
    await expect(createClient({ fetch }).call(contactEndpoints.create, {})).rejects.toMatchObject({
      name: "ApiProblem",
      status: 422,
      ...body,
    });
  });

  test("no network and a gateway's page are Unreachable", async () => {
    const { fetch } = server(new TypeError("failed"), new Response("<html>", { status: 502 }), new Response("<html>"));
    const client = createClient({ fetch });
    for (let times = 0; times < 3; times += 1)
      await expect(client.call(readMe)).rejects.toMatchObject({ name: "Unreachable" });
  });

  test("an answer from RepDesk that isn't JSON keeps its request id", async () => {
    const { fetch } = server(new Response("<html>", { status: 500, headers: { "x-request-id": "req_3" } }));
    await expect(createClient({ fetch }).call(readMe)).rejects.toMatchObject({
      code: "internal_error",
      request_id: "req_3",
    });
  });
});

describe("429 and 503", () => {
  const soon = { "retry-after": "1" };

  test("are repeated, a POST with the same key", async () => {
    const { fetch, asked } = server(
      problem(429, "rate_limited", soon),
      problem(503, "unavailable", soon),
      json({ id }, 201),
    );
    await createClient({ fetch }).call(contactEndpoints.create, { email: "a@b.example" });
    const keys = asked.map((request) => request.headers.get("idempotency-key"));
    expect(keys).toHaveLength(3);
    expect(new Set(keys).size).toBe(1);
  });

  test("are repeated twice at most", async () => {
    const { fetch, asked } = server(...Array.from({ length: 4 }, () => problem(503, "unavailable", soon)));
    await expect(createClient({ fetch }).call(readMe)).rejects.toMatchObject({ code: "unavailable", retryAfter: 1 });
    expect(asked).toHaveLength(3);
  });

  test("that ask for a long wait are not repeated", async () => {
    const { fetch, asked } = server(problem(429, "rate_limited", { "retry-after": "40" }));
    await expect(createClient({ fetch }).call(readMe)).rejects.toMatchObject({ retryAfter: 40 });
    expect(asked).toHaveLength(1);
  });

  test("503 repeats a PATCH or DELETE only if it has a version; 429 always repeats it", async () => {
    const bare = server(problem(503, "unavailable", soon));
    await expect(createClient(bare).call(contactEndpoints.update, { id, phone: "1" })).rejects.toMatchObject({
      status: 503,
    });
    const versioned = server(problem(503, "unavailable", soon), json({ id }));
    await createClient(versioned).call(contactEndpoints.update, { id, phone: "1", if_version: 2 });
    expect(versioned.asked.map((request) => request.headers.get("if-match"))).toEqual(['"v2"', '"v2"']);
    const limited = server(problem(429, "rate_limited", soon), new Response(null, { status: 204 }));
    await createClient(limited).call(contactEndpoints.remove, { id });
    expect(limited.asked).toHaveLength(2);
  });

  test("a write is not repeated if no answer came", async () => {
    const { fetch, asked } = server(new TypeError("failed"));
    await expect(createClient({ fetch }).call(contactEndpoints.create, {}, { key: "k1" })).rejects.toMatchObject({
      name: "Unreachable",
    });
    expect(asked.map((request) => request.headers.get("idempotency-key"))).toEqual(["k1"]);
  });
});

describe("an expired session", () => {
  test("is refreshed once for all calls, and each is repeated with its key", async () => {
    const expired = () => problem(401, "session_invalid");
    const { fetch, asked } = server(expired(), expired(), json({ id }, 201), json({ id }, 201));
    const refresh = vi.fn(async () => true);
    const client = createClient({ fetch, refresh });
    await Promise.all([
      client.call(contactEndpoints.create, {}, { key: "a" }),
      client.call(contactEndpoints.create, {}, { key: "b" }),
    ]);
    expect(refresh).toHaveBeenCalledTimes(1);
    expect(asked.map((request) => request.headers.get("idempotency-key")).sort()).toEqual(["a", "a", "b", "b"]);
  });

  test("that can't be refreshed calls onSignedOut and throws the problem", async () => {
    const onSignedOut = vi.fn();
    const { fetch } = server(problem(401, "unauthenticated"));
    const client = createClient({ fetch, refresh: async () => false, onSignedOut });
    await expect(client.call(readMe)).rejects.toMatchObject({ code: "unauthenticated" });
    expect(onSignedOut).toHaveBeenCalledTimes(1);
  });

  test("that is rejected again after a refresh is over, without a second refresh", async () => {
    const onSignedOut = vi.fn();
    const refresh = vi.fn(async () => true);
    const { fetch } = server(problem(401, "session_invalid"), problem(401, "session_invalid"));
    await expect(createClient({ fetch, refresh, onSignedOut }).call(readMe)).rejects.toMatchObject({ status: 401 });
    expect([refresh.mock.calls.length, onSignedOut.mock.calls.length]).toEqual([1, 1]);
  });

  test("is not over if the refresh could not be attempted", async () => {
    const onSignedOut = vi.fn();
    const { fetch } = server(problem(401, "session_invalid"));
    const refresh = async () => {
      throw new Error("away");
    };
    await expect(createClient({ fetch, refresh, onSignedOut }).call(readMe)).rejects.toThrow("away");
    expect(onSignedOut).not.toHaveBeenCalled();
  });

  test("a token's 401 is not refreshed", async () => {
    const refresh = vi.fn(async () => true);
    const { fetch } = server(problem(401, "token_revoked"));
    await expect(createClient({ fetch, refresh }).call(readMe)).rejects.toMatchObject({ code: "token_revoked" });
    expect(refresh).not.toHaveBeenCalled();
  });
});

test("pages() follows the cursor to the end", async () => {
  const page = (data: number[], next_cursor: string | null) =>
    json({ data, pagination: { limit: 2, has_more: next_cursor !== null, next_cursor } });
  const { fetch, asked } = server(page([1, 2], "c1"), page([3], null));
  const seen: unknown[] = [];
  for await (const answer of createClient({ fetch }).pages(contactEndpoints.list, { limit: "2" }))
    seen.push(...answer.data);
  expect(seen).toEqual([1, 2, 3]);
  expect(asked.map((request) => new URL(request.url).search)).toEqual(["?limit=2", "?limit=2&cursor=c1"]);
});
