import fc from "fast-check";
import { describe, expect, test } from "vitest";
import type { z } from "zod";
import { filterParameters } from "#lib/contract/list";
import { contactEndpoints } from "#lib/contract/records";
import { registry } from "#lib/contract/registry";
import { readHealth } from "#lib/contract/root";
import { createToken } from "#lib/contract/tokens";
import { writeList } from "#lib/contract/write-list";
import { AppError } from "#lib/errors";
import { readFields, readQuery } from "#lib/http/input";

function refusalOf(read: () => unknown): AppError {
  try {
    read();
  } catch (error) {
    if (error instanceof AppError) return error;
    throw error;
  }
  throw new Error("Nothing was rejected.");
}

const unknownKeys = (count: number) =>
  JSON.parse(`{${Array.from({ length: count }, (_, index) => `"k${index}":1`).join(",")}}`);
function refusalIn(query: string): AppError | null {
  try {
    readQuery(contactEndpoints.list, query);
    return null;
  } catch (error) {
    return error as AppError;
  }
}

const ofFields = (body: unknown) => refusalOf(() => readFields(contactEndpoints.create, body));
const ofQuery = (query: string) => refusalOf(() => readQuery(contactEndpoints.list, query));

test("up to 100 faults are listed with their number; of more, the first 100", () => {
  const all = ofFields({ ...unknownKeys(98), email: "x", do_not_contact: 1 });
  expect([all.detail, all.extra.errors?.length]).toEqual(["100 fields need attention.", 100]);
  const more = ofFields(unknownKeys(101));
  expect(more.detail).toBe("More than 100 fields need attention. The first 100 are listed.");
  expect(more.extra.errors?.length).toBe(100);
  const parameters = ofQuery(Array.from({ length: 101 }, (_, index) => `k${index}`).join("&"));
  expect(parameters.detail).toBe("More than 100 parameters need attention. The first 100 are listed.");
  expect(parameters.extra.errors?.length).toBe(100);
});

/** The lowest CPU time of five runs, in milliseconds. */
function costOf(work: () => void): number {
  const times = [1, 2, 3, 4, 5].map(() => {
    const before = process.cpuUsage();
    work();
    const { user, system } = process.cpuUsage(before);
    return (user + system) / 1000;
  });
  return Math.min(...times);
}

test("builds only as many faults as are listed: 90,000 unknown keys cost little more than finding them", () => {
  const body = unknownKeys(90_000);
  const finding = costOf(() => contactEndpoints.create.body.safeParse(body).success);
  expect(costOf(() => ofFields(body)) - finding).toBeLessThan(40);
});

test("a list with too many items is one fault", () => {
  const items = Array(300_000).fill("x");
  const { errors } = refusalOf(() => readFields(createToken, { name: "x", scopes: items })).extra;
  expect(errors).toEqual([{ pointer: "#/scopes", code: "too_many_items", detail: "At most 50 items." }]);
});

test.each(["__proto__", "constructor", "prototype", "toString", "hasOwnProperty", "valueOf", "__defineGetter__"])(
  "%s is a name like any other: unknown",
  (name) => {
    expect(ofQuery(`${name}=1`)).toMatchObject({
      code: "unknown_parameter",
      extra: { errors: [{ parameter: name, code: "unknown_field" }] },
    });
    expect(refusalOf(() => readQuery(readHealth, `ready&${name}`)).code).toBe("unknown_parameter");
    expect(ofFields(JSON.parse(`{"first_name":"Ana","${name}":{"length":1}}`)).extra.errors).toEqual([
      expect.objectContaining({ pointer: `#/${name}`, code: "unknown_field" }),
    ]);
  },
);

test("lists the endpoint's parameters once for any number of unknown names", () => {
  const { errors = [] } = ofQuery("a&b&c").extra;
  expect(errors.map(({ detail }) => detail.includes("This endpoint takes limit, cursor, sort"))).toEqual([
    true,
    false,
    false,
  ]);
});

test("a repeated name is one fault", () => {
  expect(ofQuery("limit=1&".repeat(4_000)).extra.errors).toEqual([
    { parameter: "limit", code: "invalid_format", detail: "limit appears twice in the URL." },
  ]);
  expect(ofQuery("a&".repeat(4_000)).extra.errors?.length).toBe(1);
});

test.each([
  ["filter[email]=jos%E9.x@example.com", "filter[email]"],
  ["filter[email]=%FF", "filter[email]"],
  ["filter%5Bemail%5D=100%", "filter[email]"],
  ["q=%C3", "q"],
  ["q=%u00E9", "q"],
  ["q=%ED%A0%80", "q"],
  ["q=%C0%80", "q"],
  ["q=ana&q=%E9", "q"],
  ["jos%E9=1", "jos%E9"],
])(
  "%s: malformed bytes are a fault that names the parameter, and nothing is read in their place",
  (query, parameter) => {
    const detail = expect.stringContaining("is not percent-encoded UTF-8");
    expect(ofQuery(query)).toMatchObject({
      code: "invalid_parameter",
      extra: { errors: [{ parameter, code: "invalid_format", detail }] },
    });
  },
);

test("a query is decoded like a form: + and %20 are spaces, and names and values are UTF-8", () => {
  expect(
    readQuery(contactEndpoints.list, "?q=jos%C3%A9+n%20%25%2B&filter%5Bemail%5D=a%2Bb@example.com&&"),
  ).toMatchObject({
    q: "josé n %+",
    "filter[email]": "a+b@example.com",
  });
});

describe("lists", () => {
  const read = (query: string) => readQuery(contactEndpoints.list, query);
  const ids = (query: string) => read(query)["filter[external_id][in]"];

  test.each([
    ["a,b", ["a", "b"]],
    ["a%2Cb", ["a", "b"]],
    ['"Acme, Inc",b', ["Acme, Inc", "b"]],
    ["%22Acme%2C%20Inc%22%2Cb", ["Acme, Inc", "b"]],
    ['a, "b, c" ,d', ["a", "b, c", "d"]],
    ['"""quoted"""', ['"quoted"']],
    ['"a""b",a', ['a"b', "a"]],
    ['5" pipe,a"b', ['5" pipe', 'a"b']],
    ["C:\\temp\\,b", ["C:\\temp\\", "b"]],
    ["'a','b'", ["'a'", "'b'"]],
  ])("%s", (value, values) => expect(ids(`filter[external_id][in]=${value}`)).toEqual(values));

  test("any stored value can be filtered by: in one parameter, in several, and as our client writes it", () => {
    const stored = fc
      .string({ unit: fc.constantFrom(..."ab,\"'\\ ;+%&=#[]{}é😀") })
      .filter((value) => value.trim() !== "");
    fc.assert(
      fc.property(fc.array(stored, { minLength: 1, maxLength: 8 }), (values) => {
        const trimmed = values.map((value) => value.trim());
        const name = "filter[external_id][in]";
        const together = new URLSearchParams([[name, writeList(values)]]);
        const apart = new URLSearchParams(values.map((value) => [name, writeList([value])]));
        expect(ids(`${together}`)).toEqual(trimmed);
        expect(ids(`${apart}`)).toEqual(trimmed);
        // As in RFC 6570 and OpenAPI's form style, values are encoded, and the commas between them aren't.
        expect(ids(`${name}=${values.map((value) => encodeURIComponent(writeList([value]))).join(",")}`)).toEqual(
          trimmed,
        );
      }),
    );
  });

  test("[eq] is the same as no operator, even if both are sent", () => {
    expect(read("filter[email][eq]=ana@example.com")["filter[email]"]).toBe("ana@example.com");
    expect(read("filter%5Bdo_not_contact%5D%5Beq%5D=true").filters).toEqual([
      { field: "do_not_contact", operator: "eq", value: true },
    ]);
    expect(ofQuery("filter[email][eq]=a@b.co&filter[email]=c@d.co").extra.errors).toMatchObject([
      { parameter: "filter[email]", code: "invalid_format" },
    ]);
    for (const { name } of filterParameters(contactEndpoints.list.list).filter(({ operator }) => operator === "eq"))
      expect(refusalIn(`${name}[eq]=`)?.code).not.toBe("unknown_parameter");
    expect(ofQuery("filter[created_at][eq]=2026-01-01T00:00:00Z").code).toBe("unknown_parameter");
  });

  test("repeated parameters add values", () => {
    expect(read("fields=name&fields=email,phone").fields).toEqual(["name", "email", "phone"]);
    expect(read("include=account&include=owner").include).toEqual(["account", "owner"]);
    expect(ids("filter[external_id][in]=a,b&filter[external_id][in]=c")).toEqual(["a", "b", "c"]);
  });

  test.each(["limit=1&limit=2", "sort=name&sort=name", "q=a&q=b", "filter[email]=a@b.co&filter[email]=c@d.co"])(
    "%s: what takes one value takes it once",
    (query) => {
      const parameter = query.split("=")[0];
      const detail = `${parameter} appears twice in the URL.`;
      expect(ofQuery(query).extra.errors).toEqual([{ parameter, code: "invalid_format", detail }]);
    },
  );

  test.each(['"a', '"a"b', 'a,"b', '"a""'])("%s: an unclosed quotation mark is a fault", (value) => {
    const detail = expect.stringContaining("A quotation mark begins a value and is not closed.");
    expect(ofQuery(`filter[external_id][in]=${value}`).extra.errors).toEqual([
      { parameter: "filter[external_id][in]", code: "invalid_format", detail },
    ]);
  });

  test("repeated or not, a list has at most 100 values and no empty one", () => {
    const many = "filter[external_id][in]=a&".repeat(101);
    expect(ofQuery(many).extra.errors).toMatchObject([{ code: "too_many_items" }]);
    expect(ofQuery("filter[external_id][in]=a,,b").extra.errors).toMatchObject([{ code: "blank" }]);
  });
});

// Scanners may find a leaked token more than once.
const withBody = registry.filter(({ body, takesTokens }) => body && !takesTokens);
test.each(withBody.map((contract) => [contract.operation, contract] as const))(
  "%s: an item that appears twice in a list is a fault at the second one",
  (_, contract) => {
    for (const [name, field] of Object.entries(contract.body?.shape ?? {})) {
      const items = name === "scopes" ? ["contacts:read"] : ["a"];
      if (!(field as z.ZodType).safeParse(items).success) continue;
      const twice = name === "scopes" ? [...items, "accounts:read", ...items] : ["a", "b", " a"];
      const { errors } = refusalOf(() =>
        readFields(contract, { ...(contract.example.body as object), [name]: twice }),
      ).extra;
      expect(errors).toEqual([
        { pointer: `#/${name}/2`, code: "not_unique", detail: "The same as item 1. Send each item once." },
      ]);
    }
  },
);
