import { expect, test } from "playwright/test";
import { registry } from "#lib/contract/registry";
import { api, type Options } from "./call.ts";
import { bodyOf, makeRecords, makeToken, makeWorld, rowsOf, signIn } from "./world.ts";

/** Forbidden characters are rejected in every field and parameter, generated from the registry. */

const bad = {
  NUL: "\u0000",
  "a lone high surrogate": "\ud800",
  "a lone low surrogate": "\udc00",
  escape: "\u001b",
  C1: "\u0085",
  "31 combining marks": "\u0301".repeat(31),
  "far too many characters": "a".repeat(50_000),
};
const withBody = registry.filter(({ body }) => body);

/** Texts that may be tokens are any texts. */
const fieldsOf = ({ body, takesTokens }: (typeof registry)[number]) =>
  Object.keys(body?.shape ?? {}).filter((field) => !(takesTokens && field === "tokens"));

/** A note is about one of the two. */
const without: Record<string, object> = { contact_id: { account_id: undefined } };

type World = Awaited<ReturnType<typeof makeWorld>>;
let world: World;
let by: Options;
let ids: Record<string, string>;

test.beforeAll(async () => {
  world = await makeWorld();
  by = { jwt: world.admin.jwt, company: world.company.id };
  const token = await makeToken(world.admin, world.company);
  ids = { ...(await makeRecords(by)), tok: token.id };
});

// Each test sends hundreds of requests, so it gets its own session with its own quota.
test.beforeEach(async () => {
  by = { ...by, jwt: (await signIn(world.admin)).jwt };
});

const callerOf = ({ auth }: (typeof registry)[number]) => (auth === "token" ? { token: world.token.secret } : by);

for (const contract of withBody) {
  test(`422 for the field, and no row changes: ${contract.operation}`, async () => {
    const path = contract.path.replace("{id}", ids[contract.example.params?.id?.split("_")[0] ?? ""] ?? "");
    const send = (fields: object) =>
      api(contract.method, path, { ...callerOf(contract), body: { ...bodyOf(contract, ids), ...fields } });
    const before = await rowsOf(world.company);
    expect(fieldsOf(contract).length).toBeGreaterThan(0);
    for (const field of fieldsOf(contract)) {
      for (const [name, character] of Object.entries(bad)) {
        const value = `a${character}b`;
        for (const sent of [value, [value]]) {
          const reply = await send({ ...without[field], [field]: sent });
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

test("accepts the longest names: 100 characters outside the BMP, and 30 combining marks in a row", async () => {
  for (const last_name of ["😀".repeat(100), `a${"\u0301".repeat(30)}`.normalize("NFC")]) {
    const made = await api("POST", "/contacts", { ...by, body: { last_name } });
    expect([made.status, made.body.last_name]).toEqual([201, last_name]);
  }
});

test("the same fields accept text without them, including tab and newline", async () => {
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

/** Fields with several lines. All others have one line. */
const longFields = ["description", "body"];

/** Without unique fields, since the same example is sent several times. */
const unkeyed = { domain: undefined, email: undefined, external_id: undefined };

for (const contract of withBody) {
  const lines = fieldsOf(contract).filter((field) => !longFields.includes(field));
  test(`line endings become LF in fields with lines, and are rejected elsewhere: ${contract.operation}`, async () => {
    const path = contract.path.replace("{id}", ids[contract.example.params?.id?.split("_")[0] ?? ""] ?? "");
    const send = (fields: object) =>
      api(contract.method, path, { ...callerOf(contract), body: { ...bodyOf(contract, ids), ...fields } });
    for (const field of lines) {
      for (const end of ["\n", "\r\n", "\r"]) {
        const reply = await send({ [field]: field === "tags" ? [`a${end}b`] : `a${end}b` });
        expect([field, reply.status, reply.body.code]).toEqual([field, 422, "validation_failed"]);
      }
    }
    const long = fieldsOf(contract).find((field) => longFields.includes(field));
    if (!long) return;
    for (const end of ["\n", "\r\n", "\r"]) {
      const reply = await send({ ...unkeyed, [long]: `line 1${end}line 2${end}` });
      expect(reply.status, reply.text).toBeLessThan(300);
      expect(reply.body[long]).toBe("line 1\nline 2");
    }
  });
}

const keys = { email: "kim@example.com", domain: "kim.example.com", external_id: "kim-1", slug: "kim-west" };

test("keys reject invisible characters, and the fault names the field and the character", async () => {
  const hidden = { "\u200b": "U+200B (zero width space)", "\u00ad": "U+00AD (soft hyphen)", "\u202e": "U+202E" };
  const seen = new Set<string>();
  for (const contract of withBody.filter(({ method }) => method === "POST")) {
    for (const [field, value] of Object.entries(keys).filter(([name]) => fieldsOf(contract).includes(name))) {
      seen.add(field);
      for (const [character, name] of Object.entries(hidden)) {
        const body = { ...bodyOf(contract, ids), [field]: value.replace("i", `i${character}`) };
        const reply = await api("POST", contract.path, { ...by, body });
        expect([field, reply.status]).toEqual([field, 422]);
        expect(reply.body.errors).toEqual([
          expect.objectContaining({ pointer: `#/${field}`, detail: expect.stringContaining(name) }),
        ]);
      }
    }
  }
  expect([...seen].sort()).toEqual(Object.keys(keys).sort());
  for (const filter of ["/contacts?filter[email]", "/contacts?filter[external_id]", "/accounts?filter[domain]"]) {
    const reply = await api("GET", `${filter}=ki%E2%80%8Bm@example.com`, by);
    expect([filter, reply.status, reply.body.errors?.[0]?.detail]).toEqual([
      filter,
      400,
      expect.stringContaining("U+200B (zero width space)"),
    ]);
  }
});

test("names keep joiners, reject bidirectional controls, and are blank if nothing is visible", async () => {
  const make = (body: object) => api("POST", "/contacts", { ...by, body: { last_name: "Ruiz", ...body } });
  for (const first_name of ["می\u200cخواهم", "👩‍👩‍👧", "☺\ufe0e"]) {
    const made = await make({ first_name });
    expect([made.status, made.body.first_name]).toEqual([201, first_name]);
  }
  const control = await make({ first_name: "Ana\u202e" });
  expect([control.status, control.body.errors?.[0]?.detail]).toEqual([422, expect.stringContaining("U+202E")]);
  const nothing = await make({ first_name: "\u200b\u2060" });
  expect([nothing.status, nothing.body.first_name]).toEqual([201, null]);
  const blank = await api("POST", "/accounts", { ...by, body: { name: "\u200d" } });
  expect([blank.status, blank.body.errors?.[0]?.code]).toEqual([422, "blank"]);
});

const lists = registry.filter(({ list }) => list);

test("there are searchable lists", () => {
  expect(lists.filter(({ list }) => list?.search).length).toBeGreaterThanOrEqual(2);
});

for (const { operation, path, query } of lists) {
  test(`400 for each parameter, also for bytes that aren't UTF-8: ${operation}`, async () => {
    for (const name of Object.keys(query?.shape ?? {})) {
      const ask = (value: string) => api("GET", `${path}?${encodeURIComponent(name)}=${value}`, by);
      for (const character of ["%00", "%1B", "%C2%85"]) {
        const reply = await ask(`a${character}b`);
        const expected = name === "cursor" ? "cursor_invalid" : "invalid_parameter";
        expect([path, name, reply.status, reply.body.code]).toEqual([path, name, 400, expected]);
      }
      const marks = await ask(`a${"%CC%81".repeat(31)}`);
      expect([path, name, marks.status, marks.body.code]).toEqual([path, name, 400, "invalid_parameter"]);
      for (const bytes of ["jos%E9", "a%ED%A0%80b", "a%FFb", "a%b"]) {
        const { status, body } = await ask(bytes);
        expect([name, bytes, status, body.code]).toEqual([name, bytes, 400, "invalid_parameter"]);
        expect(body.errors).toMatchObject([{ parameter: name, code: "invalid_format" }]);
      }
    }
  });
}
