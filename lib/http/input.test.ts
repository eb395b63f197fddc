import { expect, test } from "vitest";
import { createContact, listContacts } from "#lib/contract/contacts";
import { readHealth } from "#lib/contract/root";
import { createToken } from "#lib/contract/tokens";
import { readFields, readQuery } from "#lib/http/input";
import { Refusal } from "#lib/http/problem";

function refusalOf(read: () => unknown): Refusal {
  try {
    read();
  } catch (error) {
    if (error instanceof Refusal) return error;
    throw error;
  }
  throw new Error("nothing was refused");
}

const unknownKeys = (count: number) =>
  JSON.parse(`{${Array.from({ length: count }, (_, index) => `"k${index}":1`).join(",")}}`);
const ofFields = (body: unknown) => refusalOf(() => readFields(createContact, body));
const ofQuery = (query: string) => refusalOf(() => readQuery(listContacts, query));

test("100 faults are listed and counted; of more, the first 100", () => {
  const all = ofFields({ ...unknownKeys(98), email: "x", do_not_contact: 1 });
  expect([all.detail, all.extra.errors?.length]).toEqual(["100 fields need attention.", 100]);
  const more = ofFields(unknownKeys(101));
  expect(more.detail).toBe("More than 100 fields need attention. The first 100 are listed.");
  expect(more.extra.errors?.length).toBe(100);
  const parameters = ofQuery(Array.from({ length: 101 }, (_, index) => `k${index}`).join("&"));
  expect(parameters.detail).toBe("More than 100 parameters need attention. The first 100 are listed.");
  expect(parameters.extra.errors?.length).toBe(100);
});

/** Milliseconds of CPU: the least of five. */
function costOf(work: () => void): number {
  const times = [1, 2, 3, 4, 5].map(() => {
    const before = process.cpuUsage();
    work();
    const { user, system } = process.cpuUsage(before);
    return (user + system) / 1000;
  });
  return Math.min(...times);
}

test("no more faults are built than are listed: 90,000 unknown keys cost little more than finding them", () => {
  const body = unknownKeys(90_000);
  const finding = costOf(() => createContact.body.safeParse(body).success);
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

test("what the endpoint takes is said once, however many names are unknown", () => {
  const { errors = [] } = ofQuery("a&b&c").extra;
  expect(errors.map(({ detail }) => detail.includes("This endpoint takes limit, cursor, sort"))).toEqual([
    true,
    false,
    false,
  ]);
});

test("a name that appears often is one fault", () => {
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

test("a query is read as forms are: + and %20 are spaces, UTF-8 is decoded, names too", () => {
  expect(readQuery(listContacts, "?q=jos%C3%A9+n%20%25%2B&filter%5Bemail%5D=a%2Bb@example.com&&")).toMatchObject({
    q: "josé n %+",
    "filter[email]": "a+b@example.com",
  });
});
