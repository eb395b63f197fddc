import fc from "fast-check";
import { expect, test } from "playwright/test";
import { anyText, corpora } from "../corpora.ts";
import { api } from "./call.ts";
import { database, makeWorld } from "./world.ts";

/** Every field is read back byte for byte as it was written, through the API and in the database. */

type Values = Record<string, unknown>;
type Token = Awaited<ReturnType<typeof makeWorld>>["token"];

/** Control and invisible characters. Keys accept none of them; names accept only joiners. */
const refused = {
  text: /[^\P{Cc}\t\n]/gu,
  line: /\p{Cc}|\p{Bidi_Control}|[\u2028\u2029]/gu,
  key: /\p{Cc}|\p{Bidi_Control}|\p{Default_Ignorable_Code_Point}|[\u2028\u2029]/gu,
};

/** A text as a field of this kind stores it, or null if nothing is left of it. */
function kept(text: string, most: number, kind: keyof typeof refused): string | null {
  const plain = text.replace(refused[kind], "").normalize("NFC").trim();
  const cut = [...plain].slice(0, most).join("").trim();
  return /^[\p{Default_Ignorable_Code_Point}\s]*$/u.test(cut) ? null : cut;
}

const field = (most: number, kind: keyof typeof refused) => anyText.map((text) => kept(text, most, kind));
const tags = fc
  .array(field(50, "line"), { maxLength: 50 })
  .map((values) => [...new Set(values.filter((value) => value !== null))]);

const common = {
  phone: field(50, "line"),
  description: fc.oneof(field(10_000, "text"), fc.constant("\\漢".repeat(5_000))),
  external_id: anyText.map((text) => kept(`${text} ${Math.random()}`, 128, "key")),
  tags,
};
const kinds = {
  accounts: {
    ...common,
    name: anyText.map((text) => kept(`N${text}`, 200, "line")),
    industry: field(100, "line"),
    type: fc.constantFrom("prospect", "customer"),
    website: fc.option(fc.webUrl({ withQueryParameters: true, withFragments: true })),
  },
  contacts: {
    ...common,
    first_name: field(100, "line"),
    last_name: anyText.map((text) => kept(`N${text}`, 100, "line")),
    title: field(150, "line"),
    do_not_contact: fc.boolean(),
  },
};

async function expectSame(noun: string, token: Token, sent: Values): Promise<void> {
  const by = { token: token.secret };
  const made = await api("POST", `/${noun}`, { ...by, body: sent });
  expect([made.status, made.body], made.text).toEqual([201, expect.objectContaining(sent)]);
  const path = `/${noun}/${made.body.id}`;
  expect((await api("GET", path, by)).body).toEqual(made.body);
  const [stored] = await database()`
    select to_jsonb(r) as row from ${database()(`repdesk.${noun}`)} r where id = ${made.body.id}`;
  const { created_by: _, updated_by: __, contact_count: ___, created_at, updated_at, ...answered } = made.body;
  expect(stored?.row).toMatchObject(answered);
  for (const [name, at] of Object.entries({ created_at, updated_at }))
    expect(new Date(stored?.row[name]).toISOString()).toBe(at);
  const again = await api("PATCH", path, { ...by, body: sent });
  expect([again.status, again.body]).toEqual([200, made.body]);
}

for (const [noun, fields] of Object.entries(kinds)) {
  test(`${noun}: values are read back as written, and writing them again changes nothing`, async () => {
    const { token } = await makeWorld();
    const property = fc.asyncProperty(fc.record<Values>(fields), (sent) => expectSame(noun, token, sent));
    await fc.assert(property, { numRuns: 25 });
  });

  test(`${noun}: each awkward text works as a tag, a name, and a description`, async () => {
    const { token } = await makeWorld();
    const name = noun === "accounts" ? "name" : "first_name";
    for (const texts of Object.values(corpora)) {
      const lines = texts.map((text) => kept(text, 50, "line")).filter((text) => text !== null);
      const description = kept(texts.join("\n"), 10_000, "text");
      await expectSame(noun, token, { [name]: lines.at(-1), description, tags: [...new Set(lines)] });
    }
  });
}

test("tags with backslashes stay the same when they are read and written back repeatedly", async () => {
  const { token } = await makeWorld();
  const by = { token: token.secret };
  const tags = ["C:\\temp", "EU\\West", "\\"];
  const made = await api("POST", "/contacts", { ...by, body: { first_name: "Bs", tags } });
  expect(made.body.tags).toEqual(tags);
  const path = `/contacts/${made.body.id}`;
  for (let turn = 0; turn < 2; turn += 1) {
    const read = await api("GET", path, by);
    const written = await api("PATCH", path, { ...by, body: { tags: read.body.tags } });
    expect([written.body.tags, written.body.version]).toEqual([tags, 1]);
  }
});

test("names of tokens, people, and companies are read back as written", async () => {
  const { admin, company } = await makeWorld();
  const by = { jwt: admin.jwt, company: company.id };
  for (const texts of Object.values(corpora)) {
    const name = kept(`N${texts.join("")}`, 80, "line");
    const made = await api("POST", "/auth/token", { ...by, body: { name, scopes: ["contacts:read"] } });
    expect([made.status, made.body.name], made.text).toEqual([201, name]);
    expect((await api("GET", `/auth/tokens/${made.body.id}`, by)).body.name).toBe(name);
    const renamed = await api("PATCH", "/me", { ...by, body: { name } });
    expect(renamed.body.member.name).toBe(name);
  }
});
