import { expect, test } from "vitest";
import { diagnose } from "#components/help/diagnosis";
import { errorCodes, errors } from "#lib/contract/errors";
import { newId } from "#lib/format/ids";
import { newToken } from "#lib/format/token";

const { prefix, secret } = newToken();
const id = newId("req");
const problem = {
  type: "https://repdesk.io/help/api-errors#validation_failed",
  title: errors.validation_failed.title,
  status: 422,
  code: "validation_failed",
  detail: "Send Authorization: Bearer, one space, and the token.",
  instance: "/api/v1/contacts",
  request_id: id,
  errors: [{ pointer: "/email", code: "invalid_format", detail: "…" }],
};
const request = { kind: "request", id, time: expect.any(String) };
const failed = { kind: "error", code: "validation_failed" };

test("every error code alone, as people copy it", () => {
  for (const code of errorCodes)
    for (const text of [code, ` ${code}\n`, `"${code}"`, `"${code}",`, `\`${code}\``, code.toUpperCase()])
      expect(diagnose(text), text).toEqual([{ kind: "error", code }]);
});

test.each([
  JSON.stringify(problem),
  JSON.stringify(problem, null, 2),
  JSON.stringify(Object.fromEntries(Object.entries(problem).reverse())),
  `HTTP/2 422\ncontent-type: application/problem+json\nx-request-id: ${id}\n\n${JSON.stringify(problem)}`,
  JSON.stringify(problem).slice(0, -20),
])("an error response: %s", (text) => {
  expect(diagnose(text)).toEqual([failed, request]);
});

test("codes in a sentence and in a problem's type", () => {
  expect(diagnose(problem.type)).toEqual([failed]);
  expect(diagnose("We get 403 insufficient_scope or forbidden_role since Monday.")).toEqual([
    { kind: "error", code: "insufficient_scope" },
    { kind: "error", code: "forbidden_role" },
  ]);
  expect(diagnose("There was a conflict.")).toEqual([]);
});

test("codes of fields, and unknown ones", () => {
  expect(diagnose("not_unique")).toEqual([{ kind: "field", code: "not_unique" }]);
  expect(diagnose("no_such_code")).toEqual([{ kind: "unknown-code", code: "no_such_code" }]);
  expect(diagnose('{"code": "constructor"}')).toEqual([{ kind: "unknown-code", code: "constructor" }]);
});

test("a request ID says when the request was made", () => {
  const [found] = diagnose(`X-Request-Id: ${id}`);
  expect(found).toEqual(request);
  const time = found?.kind === "request" && found.time ? Date.parse(found.time) : 0;
  expect(Math.abs(Date.now() - time)).toBeLessThan(60_000);
  expect(diagnose("req_01jd8qv5k7e9ga3m2x4n6r8t0w")).toEqual([
    { kind: "request", id: "req_01jd8qv5k7e9ga3m2x4n6r8t0w", time: "2024-11-22T01:30:05.287Z" },
  ]);
  expect(diagnose(id.slice(0, -1))).toEqual([{ kind: "request", id: id.slice(0, -1), time: null }]);
});

test("the ID of a token is not a token", () => {
  expect(diagnose("tok_01jd8qv5k7e9ga3m2x4n6r8t0w")).toEqual([
    { kind: "token-id", id: "tok_01jd8qv5k7e9ga3m2x4n6r8t0w" },
  ]);
});

test("a token, alone or with an error", () => {
  const token = { kind: "token", token: expect.objectContaining({ prefix, faults: [] }) };
  expect(diagnose(secret)).toEqual([token]);
  expect(diagnose(`curl -H "Authorization: Bearer ${secret}" …\n${JSON.stringify(problem)}`)).toEqual([
    token,
    failed,
    request,
  ]);
  expect(diagnose("{{token}}")).toMatchObject([{ kind: "token", token: { checks: [] } }]);
});

test.each(["", "hello", "42", '{"a": 1}', "https://example.com", "{", "There is no code here."])(
  "%s: nothing",
  (text) => {
    expect(diagnose(text)).toEqual([]);
  },
);

test("takes little time for any text", () => {
  const began = performance.now();
  for (const text of ["{", "}", "{}", '{"code":', "req_", "a_", "_", "rdk_x ", "not_found "])
    diagnose(text.repeat(50_000));
  expect(performance.now() - began).toBeLessThan(1_000);
});
