import { expect, test } from "playwright/test";
import postgres from "postgres";
import { nounNames } from "#lib/vocabulary";
import { tracesOf } from "../database/traces.ts";
import { environment } from "../environment.ts";
import { api } from "./call.ts";
import { database, fillAccount, makeWorld, unique } from "./world.ts";

/** Deleted data is gone from everywhere, and a rejected deletion says why. */

/** A superuser, since no policy hides rows from it. */
async function traces(words: string[]): Promise<string[]> {
  const superuser = postgres(environment.superuserUrl, { max: 1, onnotice() {} });
  const found = await tracesOf(superuser, words);
  await superuser.end();
  return found;
}

const post = (token: string, path: string, body: unknown, key: string) =>
  api("POST", path, { token, body, headers: { "Idempotency-Key": key } });

const records = [
  {
    path: "/contacts",
    input: () => ({
      ...{ email: `Zoe.${unique()}@example.com`, first_name: `Zoe${unique()}`, last_name: `Zielinski${unique()}` },
      ...{ phone: `+1 555 ${unique()}`, description: `About ${unique()}`, tags: [`tag-${unique()}`] },
    }),
  },
  {
    path: "/accounts",
    input: () => ({
      ...{ name: `Firm ${unique()}`, domain: `${unique()}.example.com`, phone: `+1 555 ${unique()}` },
      ...{ description: `About ${unique()}`, tags: [`tag-${unique()}`], external_id: `key-${unique()}` },
    }),
  },
  { path: "/notes", input: () => ({ body: `Called ${unique()}` }) },
];

test("every noun is covered", () => {
  expect(records.map(({ path }) => path).sort()).toEqual(Object.values(nounNames).map(({ plural }) => `/${plural}`));
});

for (const { path, input } of records) {
  test(`${path}: after a deletion, no table has a value of the record, and a replay of its creation is 409`, async () => {
    const { token } = await makeWorld();
    const account = await api("POST", "/accounts", { token: token.secret, body: { name: "Northwind" } });
    const about = path === "/notes" ? { account_id: account.body.id } : {};
    const [first, second] = [input(), input()];
    const make = (fields: object, key: string) => post(token.secret, path, { ...about, ...fields }, key);
    const made = await make(first, "key");
    expect(made.status, made.text).toBe(201);
    const record = `${path}/${made.body.id}`;
    expect((await api("PATCH", record, { token: token.secret, body: second })).status).toBe(200);
    const words = [...Object.values(first), ...Object.values(second)].flat();
    const places = [
      "repdesk.audit_events.changes",
      "repdesk.idempotency_keys.body",
      "repdesk.idempotency_keys.headers",
    ];
    expect(await traces([...words, made.body.id])).toEqual(expect.arrayContaining(places));

    expect((await api("DELETE", record, { token: token.secret })).status).toBe(204);
    expect(await traces(words)).toEqual([]);
    const events = await database()`
      select action, changes from repdesk.audit_events where subject_id = ${made.body.id} order by created_at, id`;
    expect(events.map(({ action }) => action.split(".")[1])).toEqual(["created", "updated", "deleted"]);
    for (const { changes } of events) expect(Object.keys(changes)).toEqual(expect.arrayContaining(Object.keys(first)));

    const replay = await make(first, "key");
    expect([replay.status, replay.body.code]).toEqual([409, "conflict"]);
    expect(replay.body.detail).toContain("was deleted since");
    expect((await make(second, "key")).body.code).toBe("idempotency_key_reused");
    expect((await make(first, "another key")).status).toBe(201);
  });
}

test("deleting an account with more than 10,000 contacts is 409 has_dependents with their number", async () => {
  const { company, token } = await makeWorld();
  const { id } = (await api("POST", "/accounts", { token: token.secret, body: { name: "Northwind" } })).body;
  await fillAccount(company, id, 10_001);
  const refused = await api("DELETE", `/accounts/${id}`, { token: token.secret });
  expect([refused.status, refused.body.code]).toEqual([409, "has_dependents"]);
  expect(refused.body.detail).toContain("10,001 contacts");
  const [one] = (await api("GET", `/contacts?filter[account_id]=${id}&limit=1`, { token: token.secret })).body.data;
  expect((await api("DELETE", `/contacts/${one.id}`, { token: token.secret })).status).toBe(204);
  expect((await api("DELETE", `/accounts/${id}`, { token: token.secret })).status).toBe(204);
});
