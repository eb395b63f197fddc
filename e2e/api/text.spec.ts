import { expect, test } from "playwright/test";
import { registry } from "#lib/contract/registry";
import { api, type Options } from "./call.ts";
import { makeToken, makeWorld, rowsOf, signIn } from "./world.ts";

/** What may not stand in text stands in no field of any body and in no parameter, generated from the registry. */

const bad = {
  NUL: "\u0000",
  "half a surrogate pair": "\ud800",
  "the other half": "\udc00",
  escape: "\u001b",
  C1: "\u0085",
  "31 combining marks": "\u0301".repeat(31),
  "far too many characters": "a".repeat(50_000),
};
const withBody = registry.filter(({ body }) => body);
const fieldsOf = (contract: (typeof registry)[number]) => Object.keys(contract.body?.shape ?? {});

type World = Awaited<ReturnType<typeof makeWorld>>;
let world: World;
let by: Options;
let ids: Record<string, string>;

test.beforeAll(async () => {
  world = await makeWorld();
  by = { jwt: world.admin.jwt, company: world.company.id };
  const account = await api("POST", "/accounts", { ...by, body: { name: "Northwind" } });
  const contact = await api("POST", "/contacts", { ...by, body: { first_name: "Ana" } });
  const token = await makeToken(world.admin, world.company);
  ids = { acc: account.body.id, con: contact.body.id, tok: token.id };
});

// Each test asks some hundred times: in a session of its own, with an allowance of its own.
test.beforeEach(async () => {
  by = { ...by, jwt: (await signIn(world.admin)).jwt };
});

for (const contract of withBody) {
  test(`422 at the field, and no row changed: ${contract.operation}`, async () => {
    const path = contract.path.replace("{id}", ids[contract.example.params?.id?.split("_")[0] ?? ""] ?? "");
    const send = (fields: object) =>
      api(contract.method, path, { ...by, body: { ...(contract.example.body as object), ...fields } });
    const before = await rowsOf(world.company);
    expect(fieldsOf(contract).length).toBeGreaterThan(0);
    for (const field of fieldsOf(contract)) {
      for (const [name, character] of Object.entries(bad)) {
        const value = `a${character}b`;
        for (const sent of [value, [value]]) {
          const reply = await send({ [field]: sent });
          const at = `${field}, ${name}, ${typeof sent}: ${reply.text}`;
          expect([reply.status, reply.body.code], at).toEqual([422, "validation_failed"]);
          const pointers = reply.body.errors.map(({ pointer }: { pointer: string }) => pointer);
          for (const pointer of pointers) expect([`#/${field}`, `#/${field}/0`], at).toContain(pointer);
        }
      }
    }
    expect(await rowsOf(world.company)).toEqual(before);
  });
}

test("the longest names take part: 100 characters outside of the basic plane, and 30 marks in a row", async () => {
  for (const last_name of ["😀".repeat(100), `a${"\u0301".repeat(30)}`.normalize("NFC")]) {
    const made = await api("POST", "/contacts", { ...by, body: { last_name } });
    expect([made.status, made.body.last_name]).toEqual([201, last_name]);
  }
});

test("the same fields take text without them, tab and newline included", async () => {
  const body = {
    name: "a b",
    description: "a\tb\nc",
    industry: "a b",
    phone: "a b",
    tags: ["a b"],
    external_id: "a b",
  };
  const made = await api("POST", "/accounts", { ...by, body });
  expect([made.status, made.body]).toEqual([201, expect.objectContaining(body)]);
});

/** Fields that may have several lines. All others are one line by nature. */
const longFields = ["description"];

for (const contract of withBody) {
  const lines = fieldsOf(contract).filter((field) => !longFields.includes(field));
  test(`line ends become LF where there are lines, and are refused elsewhere: ${contract.operation}`, async () => {
    const path = contract.path.replace("{id}", ids[contract.example.params?.id?.split("_")[0] ?? ""] ?? "");
    const send = (fields: object) =>
      api(contract.method, path, { ...by, body: { ...(contract.example.body as object), ...fields } });
    for (const field of lines) {
      for (const end of ["\n", "\r\n", "\r"]) {
        const reply = await send({ [field]: field === "tags" ? [`a${end}b`] : `a${end}b` });
        expect([field, reply.status, reply.body.code]).toEqual([field, 422, "validation_failed"]);
      }
    }
    if (!fieldsOf(contract).includes("description")) return;
    for (const end of ["\n", "\r\n", "\r"]) {
      const reply = await send({ description: `line 1${end}line 2${end}`, domain: undefined, email: undefined });
      expect(reply.status, reply.text).toBeLessThan(300);
      expect(reply.body.description).toBe("line 1\nline 2");
    }
  });
}

const lists = registry.filter(({ list }) => list);

test("there are lists that search", () => {
  expect(lists.filter(({ list }) => list?.search).length).toBeGreaterThanOrEqual(2);
});

for (const { operation, path, query } of lists) {
  test(`400 at each parameter; bytes that are no UTF-8 are never a 500: ${operation}`, async () => {
    for (const name of Object.keys(query?.shape ?? {})) {
      const ask = (value: string) => api("GET", `${path}?${encodeURIComponent(name)}=${value}`, by);
      for (const character of ["%00", "%1B", "%C2%85"]) {
        const reply = await ask(`a${character}b`);
        const expected = name === "cursor" ? "cursor_invalid" : "invalid_parameter";
        expect([path, name, reply.status, reply.body.code]).toEqual([path, name, 400, expected]);
      }
      const marks = await ask(`a${"%CC%81".repeat(31)}`);
      expect([path, name, marks.status, marks.body.code]).toEqual([path, name, 400, "invalid_parameter"]);
      for (const bytes of ["a%ED%A0%80b", "a%FFb", "a%b"]) expect([200, 400]).toContain((await ask(bytes)).status);
    }
  });
}
