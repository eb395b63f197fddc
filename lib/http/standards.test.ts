import { describe, expect, test, vi } from "vitest";
import { contactEndpoints } from "#lib/contract/records";
import { AppError } from "#lib/errors";
import { requireJson } from "#lib/http/body";
import { corsHeaders } from "#lib/http/cors";
import { ifMatch, notModified } from "#lib/http/etag";
import { readFields, readQuery } from "#lib/http/input";

vi.mock("#lib/env", () => ({ env: () => ({ CORS_ORIGINS: ["https://tool.example.com"] }) }));

/** The standards that the contract names: each form is accepted, or rejected with advice on what to send. */

function refusalOf(read: () => unknown): AppError {
  try {
    read();
  } catch (error) {
    if (error instanceof AppError) return error;
    throw error;
  }
  throw new Error("Nothing was rejected.");
}

describe("RFC 9110: entity tags", () => {
  const asked = (value: string) => ifMatch(new Headers({ "If-Match": value }));

  test.each([
    ['"v7"', 7],
    ['W/"v7"', 7],
    [' W/"v7" ', 7],
    ["*", undefined],
  ])("If-Match: %s", (value, version) => expect(asked(value)).toBe(version));

  test.each(['w/"v7"', "v7", '"v0"', '"v7", "v8"', '"v7-gzip"', ""])("If-Match: %s says what to send", (value) => {
    const { code, detail } = refusalOf(() => asked(value));
    expect([code, detail]).toEqual(["invalid_header", 'If-Match takes one ETag of the record, such as "v7", or *.']);
  });

  test.each(['"v7"', 'W/"v7"', '"v1", W/"v7"', "*"])("If-None-Match: %s", (value) => {
    expect(notModified(new Headers({ "If-None-Match": value }), '"v7"')).toBe(true);
  });
});

describe("RFC 9110, 5789 and 7396: media types", () => {
  const sent = (method: string, type: string, more = {}) =>
    requireJson(new Headers({ "Content-Type": type, ...more }), method);
  const json = ["application/json", "Application/JSON; charset=UTF-8", 'application/json;charset="utf-8"'];
  const patch = ["application/merge-patch+json", "application/merge-patch+json; charset=utf-8"];

  test.each([...json.map((type) => ["POST", type]), ...[...json, ...patch].map((type) => ["PATCH", type])])(
    "%s takes %s",
    (method, type) => expect(() => sent(method as string, type as string)).not.toThrow(),
  );

  test("415 for a PATCH names the accepted types, also in Accept-Patch; 415 for a POST doesn't", () => {
    const accepted = { "Accept-Patch": "application/merge-patch+json, application/json" };
    for (const type of ["application/json-patch+json", "text/plain", ""]) {
      const { code, detail, extra } = refusalOf(() => sent("PATCH", type));
      expect([code, extra.headers]).toEqual(["unsupported_media_type", accepted]);
      expect(detail).toContain("application/json");
    }
    const post = refusalOf(() => sent("POST", patch[0] as string));
    expect([post.code, post.extra.headers, post.detail]).toEqual([
      "unsupported_media_type",
      undefined,
      "The body must be labeled Content-Type: application/json, in UTF-8.",
    ]);
  });

  test("415 for a compressed body names the accepted encoding", () => {
    const { extra } = refusalOf(() => sent("POST", json[0] as string, { "Content-Encoding": "gzip" }));
    expect(extra.headers).toEqual({ "Accept-Encoding": "identity" });
  });
});

describe("RFC 3339: instants", () => {
  const read = (value: string) =>
    readQuery(contactEndpoints.list, `filter[created_at][gte]=${encodeURIComponent(value)}`)[
      "filter[created_at][gte]"
    ] as Date;

  test.each([
    ["2026-01-01T00:00:00Z", "2026-01-01T00:00:00.000Z"],
    ["2026-01-01t00:00:00z", "2026-01-01T00:00:00.000Z"],
    ["2026-01-01 00:00:00Z", "2026-01-01T00:00:00.000Z"],
    ["2026-01-01T00:00:00+02:00", "2025-12-31T22:00:00.000Z"],
    ["2026-01-01 00:00:00.5-05:30", "2026-01-01T05:30:00.500Z"],
    ["2026-01-01T00:00:00-00:00", "2026-01-01T00:00:00.000Z"],
    ["2026-01-01T00:00:00.123456789Z", "2026-01-01T00:00:00.123Z"],
    ["2016-12-31T23:59:60Z", "2017-01-01T00:00:00.000Z"],
    ["2016-12-31T23:59:60.75z", "2017-01-01T00:00:00.000Z"],
    ["1990-12-31T15:59:60-08:00", "1991-01-01T00:00:00.000Z"],
  ])("%s", (value, instant) => expect(read(value).toISOString()).toBe(instant));

  test.each([
    "2026-01-01",
    "2026-01-01T00:00:00",
    "2026-02-30T00:00:00Z",
    "2026-01-01T24:00:00Z",
    "2026-01-01T12:30:60Z",
    "2026-01-15T23:59:60Z",
    "2026-01-01T00:00:00+0200",
    "2026-13-01T23:59:60Z",
  ])("%s isn't an instant, and the error shows one", (value) => {
    const { code, detail } = refusalOf(() => read(value));
    expect([code, detail]).toEqual([
      "invalid_parameter",
      expect.stringContaining("such as 2026-11-02T09:30:00Z, with Z"),
    ]);
  });
});

describe("an unencoded +", () => {
  const hint = "A + in a URL is a space: send %2B.";
  const detailOf = (query: string) => refusalOf(() => readQuery(contactEndpoints.list, query)).detail;

  test.each([
    "filter[created_at][gte]=2026-01-01T00:00:00+02:00",
    "filter[created_at][lt]=2026-01-01T00:00:00.5+02:00",
    "filter[email]=a+tag@example.com",
    "filter[email][in]=b@example.com,a+tag@example.com",
  ])("%s is named", (query) => expect(detailOf(query)).toContain(hint));

  test.each([
    "filter[created_at][gte]=yesterday+noon",
    "filter[email]=a+tag",
    "filter[created_at][gte]=2026-01-01T00:00:00%2B2",
    `q=${"w+".repeat(11)}`,
  ])("%s has a different fault", (query) => expect(detailOf(query)).not.toContain(hint));
});

test("RFC 6901: a pointer is a URI fragment for any key", () => {
  const keys = ["a b", "c%d", "e/f", "g~h", 'i"j', "k\\l", "é", "\ud800"];
  const body = Object.fromEntries(keys.map((key) => [key, 1]));
  const { errors = [] } = refusalOf(() => readFields(contactEndpoints.create, { first_name: "Ana", ...body })).extra;
  expect(errors.map(({ pointer }) => pointer)).toEqual([
    "#/a%20b",
    "#/c%25d",
    "#/e~1f",
    "#/g~0h",
    "#/i%22j",
    "#/k%5Cl",
    "#/%C3%A9",
    "#/%EF%BF%BD",
  ]);
  for (const { pointer } of errors) expect(new URL(`x:${pointer}`).hash).toBe(pointer);
});

test("scripts of a listed origin can read WWW-Authenticate and Accept-Patch", () => {
  const headers = corsHeaders(new Request("http://x/", { headers: { Origin: "https://tool.example.com" } }), "GET");
  const exposed = headers["Access-Control-Expose-Headers"]?.split(", ");
  expect(exposed).toEqual(expect.arrayContaining(["WWW-Authenticate", "Accept-Patch", "ETag", "Retry-After"]));
});
