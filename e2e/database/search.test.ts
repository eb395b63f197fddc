import { describe, expect, test } from "vitest";
import { accounts } from "#lib/domain/accounts";
import { contacts } from "#lib/domain/contacts";
import { byToken, emptyList, inside, makeWorld } from "./support.ts";

/** What must be found by what: names as people write them, and as others search for them. */

type Person = { first_name?: string; last_name?: string; email?: string; phone?: string };

/** `hits` must find it, `misses` must not. */
type Case = { person: Person; hits: string[]; misses?: string[] };

const people: Record<string, Case[]> = {
  Latin: [
    { person: { first_name: "Seán", last_name: "O’Brien" }, hits: ["O'Brien", "o’brien", "OʼBRIEN", "obrien", "sean"] },
    { person: { first_name: "Ana", last_name: "D'Angelo" }, hits: ["D’Angelo", "d´angelo", "DANGELO", "angelo"] },
    {
      person: { first_name: "Jean‑Luc", last_name: "Picard" },
      hits: ["jean-luc", "Jean Luc", "Jean–Luc picard", "Picard, Jean-Luc"],
      misses: ["jeanne"],
    },
    { person: { first_name: "Jürgen", last_name: "Groß" }, hits: ["GROSS", "groß", "GROẞ", "jurgen"] },
    { person: { first_name: "Łukasz", last_name: "Żółć" }, hits: ["lukasz zolc", "ŁUKASZ"] },
    { person: { first_name: "Þóra", last_name: "Æsa Guðrún" }, hits: ["thora", "aesa", "gudrun"] },
    { person: { first_name: "ﬁona", last_name: "Ｗａｔｔ" }, hits: ["fiona", "watt"] },
    { person: { first_name: "Mar­tin", last_name: "Zero​width" }, hits: ["martin", "zerowidth"] },
  ],
  Turkish: [{ person: { first_name: "İpek", last_name: "Işık" }, hits: ["ipek", "IPEK", "ışık", "isik", "İPEK IŞIK"] }],
  Vietnamese: [{ person: { first_name: "Đức", last_name: "Nguyễn" }, hits: ["duc", "nguyen duc", "NGUYỄN"] }],
  Catalan: [{ person: { first_name: "Col·lecta" }, hits: ["collecta", "COL·LECTA"] }],
  Greek: [
    { person: { first_name: "Οδυσσεύς", last_name: "Ελύτης" }, hits: ["ΟΔΥΣΣΕΥΣ", "οδυσσευς", "ΕΛΎΤΗΣ", "ελυτησ"] },
  ],
  Cyrillic: [
    { person: { first_name: "Фёдор", last_name: "Ґалаґан" }, hits: ["ФЕДОР", "фёдор", "галаган"], misses: ["федот"] },
    { person: { first_name: "Дар’я" }, hits: ["Дар'я", "Дарʼя", "ДАРЯ"] },
  ],
  Armenian: [{ person: { first_name: "Գևորգ" }, hits: ["ԳԵՎՈՐԳ", "գեւորգ", "գևորգ"] }],
  Georgian: [{ person: { first_name: "გიორგი" }, hits: ["გიორგი"] }],
  Hebrew: [{ person: { first_name: "שָׁלוֹם", last_name: "בן־דוד" }, hits: ["שלום", "בן דוד", "בן-דוד"] }],
  Arabic: [
    { person: { first_name: "مُحَمَّد", last_name: "الأحمد" }, hits: ["محمد", "محـــمد", "الاحمد"] },
    { person: { first_name: "فاطمة", last_name: "یوسفی" }, hits: ["فاطمه", "يوسفي"] },
  ],
  Devanagari: [{ person: { first_name: "फ़ातिमा" }, hits: ["फातिमा", "फ़ातिमा"], misses: ["फतमा"] }],
  Thai: [{ person: { first_name: "สมชาย", last_name: "ใจดี" }, hits: ["สมชายใจดี", "ใจดี สมชาย"] }],
  Chinese: [
    {
      person: { first_name: "小明", last_name: "王" },
      hits: ["王小明", "小明王", "王 小明", "小明"],
      misses: ["王大明"],
    },
  ],
  Japanese: [
    { person: { first_name: "太郎", last_name: "山田" }, hits: ["山田太郎", "太郎山田", "山田　太郎"] },
    { person: { first_name: "ジョン・スミス" }, hits: ["ｼﾞｮﾝ", "じょん", "スミス ジョン"], misses: ["ション"] },
  ],
  Korean: [{ person: { first_name: "민준", last_name: "김" }, hits: ["김민준", "민준", "민준김"] }],
  phones: [
    {
      person: { first_name: "Bo", phone: "+1 (512) 555-9911" },
      hits: [
        "15125559911",
        "+15125559911",
        "555-9911",
        "+1 512 555 9911",
        "(512) 555.9911",
        "001 512 555 9911",
        "bo 555-9911",
      ],
      misses: ["5559912", "ana 5559911"],
    },
    {
      person: { first_name: "Eve", phone: "+44 (0)20 7946 0559" },
      hits: ["+442079460559", "00442079460559", "+44 (0)20 7946 0559"],
    },
    { person: { first_name: "Nur", phone: "٠٥٠ ١٢٣ ٤٥٦٧" }, hits: ["0501234567", "۰۵۰۱۲۳۴۵۶۷"] },
  ],
  numbers: [
    { person: { first_name: "Import 2024-01-15" }, hits: ["2024-01-15", "import 2024-01-15"] },
    { person: { email: "a.1985.12.04@example.com" }, hits: ["1985.12.04"], misses: ["(0)(0)(0)(0)(0)(0)00"] },
  ],
  addresses: [
    { person: { email: "ana.o'neil@my-firm.example.com" }, hits: ["my-firm.example.com", "ana.o'neil@", "ANA.O’NEIL"] },
  ],
};

describe.each(Object.entries(people))("%s", (_, cases) => {
  test.each(cases)("$person", async ({ person, hits, misses = [] }) => {
    const world = await makeWorld();
    const other = { first_name: "Xenia", email: `x@example.org` };
    const finds = (q: string) =>
      inside(byToken(world.token), async (tx, principal) => {
        const { data } = await contacts.list(tx, principal, { ...emptyList, q });
        return data.map(({ id }) => id);
      });
    const made = await inside(byToken(world.token), async (tx, principal) => {
      await contacts.create(tx, principal, other);
      return contacts.create(tx, principal, person);
    });
    for (const q of hits) expect([q, await finds(q)]).toEqual([q, [made.id]]);
    for (const q of [...misses, "'", "-", "，"]) expect([q, await finds(q)]).toEqual([q, []]);
  });
});

test.each([
  ["Ben & Jerry’s", ["Ben & Jerry's", "jerrys", "ben jerry"]],
  ["Société Générale S.A.", ["societe generale", "SOCIÉTÉ"]],
  ["“Best” Bakery", ["best bakery", '"best"']],
  ["Acme, Inc.", ["acme inc", "Acme, Inc"]],
  ["株式会社山田", ["山田", "株式会社"]],
])("an account: %s", async (name, hits) => {
  const world = await makeWorld();
  await inside(byToken(world.token), async (tx, principal) => {
    const { id } = await accounts.create(tx, principal, { name });
    const person = await contacts.create(tx, principal, { first_name: "Ana", account_id: id });
    for (const q of hits) {
      expect((await accounts.list(tx, principal, { ...emptyList, q })).data.map((found) => found.id)).toEqual([id]);
      expect(
        (await contacts.list(tx, principal, { ...emptyList, q: `ana ${q}` })).data.map((found) => found.id),
      ).toEqual([person.id]);
    }
  });
});
