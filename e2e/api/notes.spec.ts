import { expect, test } from "playwright/test";
import { newId } from "#lib/format/ids";
import { api, type Options } from "./call.ts";
import { addMember, database, makeRecords, makeToken, makeWorld, signUp } from "./world.ts";

const codes = (errors: { pointer: string; code: string }[]) => errors.map(({ pointer, code }) => `${pointer} ${code}`);

async function worldWithRecords() {
  const world = await makeWorld();
  const by = { token: world.token.secret };
  return { ...world, by, ids: await makeRecords(by) };
}

test("a note is about one account or one contact of the company", async () => {
  const { by, ids } = await worldWithRecords();
  const other = await worldWithRecords();
  const make = (fields: object) => api("POST", "/notes", { ...by, body: { body: "Called.", ...fields } });
  for (const fields of [{}, { account_id: ids.acc, contact_id: ids.con }, { account_id: null, contact_id: "" }]) {
    const reply = await make(fields);
    expect([reply.status, codes(reply.body.errors)]).toEqual([422, ["#/account_id required"]]);
    expect(reply.body.errors[0].detail).toContain("Give either account_id or contact_id");
  }
  for (const contact_id of [other.ids.con, newId("con")]) {
    const reply = await make({ contact_id });
    expect([reply.status, codes(reply.body.errors)]).toEqual([422, ["#/contact_id reference_not_found"]]);
  }
  const made = await make({ contact_id: ids.con });
  expect(made.body).toMatchObject({ kind: "note", account_id: null, contact_id: ids.con });
  expect(Math.abs(Date.parse(made.body.occurred_at) - Date.parse(made.body.created_at))).toBeLessThan(1_000);
  const one = `/notes/${made.body.id}`;
  const both = await api("PATCH", one, { ...by, body: { account_id: ids.acc } });
  expect([both.status, codes(both.body.errors)]).toEqual([422, ["#/account_id required"]]);
  const moved = await api("PATCH", one, { ...by, body: { account_id: ids.acc, contact_id: null } });
  expect(moved.body).toMatchObject({ account_id: ids.acc, contact_id: null, version: 2 });
});

test("a note can have 50,000 characters and several lines, stored as written", async () => {
  const { by, ids } = await worldWithRecords();
  const make = (body: string) => api("POST", "/notes", { ...by, body: { body, account_id: ids.acc } });
  const text = `# Title\n\n<script>alert(1)</script> [x](javascript:alert(1))\n${"é".repeat(49_900)}`;
  expect((await make(text)).body.body).toBe(text);
  const tooLong = await make("a".repeat(50_001));
  expect([tooLong.status, codes(tooLong.body.errors)]).toEqual([422, ["#/body too_long"]]);
  expect(codes((await make(" \n ")).body.errors)).toEqual(["#/body blank"]);
});

test("only the author and admins can change or delete a note; a token acts for its member", async () => {
  const { company, admin, ids } = await worldWithRecords();
  const [author, colleague] = [await signUp(), await signUp()];
  for (const person of [author, colleague]) await addMember(company, person);
  const own = { jwt: author.jwt, company: company.id };
  const make = async () =>
    (await api("POST", "/notes", { ...own, body: { body: "Called.", contact_id: ids.con } })).body.id;
  const colleagueToken = await makeToken(colleague, company);
  const others: Options[] = [{ jwt: colleague.jwt, company: company.id }, { token: colleagueToken.secret }];
  const note = await make();
  for (const by of others) {
    expect((await api("GET", `/notes/${note}`, by)).status).toBe(200);
    for (const [method, body] of [
      ["PATCH", { body: "Changed." }],
      ["DELETE", undefined],
    ] as const) {
      const reply = await api(method, `/notes/${note}`, { ...by, body });
      expect([reply.status, reply.body.code]).toEqual([403, "forbidden_role"]);
      expect(reply.body.detail).toBe("Only the author and admins can change or delete a note.");
    }
  }
  expect((await api("GET", `/notes/${note}`, own)).body).toMatchObject({ body: "Called.", version: 1 });
  const authorToken = await makeToken(author, company);
  for (const by of [own, { token: authorToken.secret }, { jwt: admin.jwt, company: company.id }]) {
    const id = await make();
    expect((await api("PATCH", `/notes/${id}`, { ...by, body: { body: "Changed." } })).status).toBe(200);
    expect((await api("DELETE", `/notes/${id}`, by)).status).toBe(204);
  }
});

test("notes are listed by record, kind, and date, newest first on request", async () => {
  const { by, ids } = await worldWithRecords();
  const make = async (occurred_at: string, kind: string) =>
    (await api("POST", "/notes", { ...by, body: { body: "Called.", contact_id: ids.con, occurred_at, kind } })).body.id;
  const [old, recent] = [await make("2026-01-01T10:00:00Z", "call"), await make("2026-06-01T10:00:00Z", "meeting")];
  const list = async (query: string) =>
    (await api("GET", `/notes?${query}`, by)).body.data.map(({ id }: { id: string }) => id);
  expect(await list(`filter[contact_id]=${ids.con}&sort=-occurred_at`)).toEqual([recent, old]);
  expect(await list(`filter[contact_id]=${ids.con}&filter[kind]=call`)).toEqual([old]);
  expect(await list("filter[occurred_at][gte]=2026-05-01T00:00:00Z&filter[contact_id][is_null]=false")).toEqual([
    recent,
  ]);
  const { body } = await api("GET", `/notes/${old}?include=contact`, by);
  expect(body.included.contacts).toMatchObject([{ id: ids.con }]);
});

for (const [noun, prefix] of [
  ["account", "acc"],
  ["contact", "con"],
] as const) {
  test(`deleting an ${noun} deletes its notes, each with an audit event, and leaves no text behind`, async () => {
    const { by, ids } = await worldWithRecords();
    const id = ids[prefix];
    const made = await api("POST", "/notes", { ...by, body: { body: "A word of its own", [`${noun}_id`]: id } });
    expect(made.status, made.text).toBe(201);
    expect((await api("DELETE", `/${noun}s/${id}`, by)).status).toBe(204);
    expect((await api("GET", `/notes/${made.body.id}`, by)).status).toBe(404);
    const events = await database()`
      select action, changes from repdesk.audit_events where subject_id = ${made.body.id} order by created_at, id`;
    expect(events.map(({ action }) => action)).toEqual(["note.created", "note.deleted"]);
    expect(JSON.stringify(events)).not.toContain("A word of its own");
  });
}
