import { describe, expect, test } from "vitest";
import {
  as,
  bySession,
  byToken,
  inside,
  makeMember,
  makeToken,
  makeWorld,
  owner,
  reserve,
  superuser,
  type Token,
  unique,
} from "./support.ts";
import { tracesOf } from "./traces.ts";

const { accounts } = await import("#lib/domain/accounts");
const { contacts } = await import("#lib/domain/contacts");
const { tokens } = await import("#lib/domain/tokens");
const { storeResponse } = await import("#lib/db/idempotency");
const { maintain } = await import("#lib/db/maintenance");

/** After a deletion, or after the owner erases a person, none of their data is left. */

const never = new AbortController().signal;
const fingerprint = "a".repeat(64);
const operation = "createContact";

/** Words that appear nowhere else. */
const words = () => ({
  ...{ email: `Zoe.${unique()}@example.com`, first_name: `Zoe${unique()}`, last_name: `Zielinski${unique()}` },
  ...{ phone: `+1 555 ${unique()}`, title: `Title ${unique()}`, description: `About ${unique()}` },
  ...{ tags: [`tag-${unique()}`], external_id: `key-${unique()}` },
});
const texts = (record: Record<string, string | string[]>) => Object.values(record).flat();
const eventsOf = (id: string) =>
  owner`select action, member_id, changes from repdesk.audit_events where subject_id = ${id} order by created_at, id`;

/** Creates a contact with a POST whose response is stored. */
async function post(token: Token, input: Parameters<typeof contacts.create>[2], key = "key") {
  return as(byToken(token), async (tx, caller) => {
    expect(await reserve(tx, caller, { operation, key, fingerprint })).toEqual({ state: "reserved" });
    const contact = await contacts.create(tx, caller as never, input);
    const answer = { status: 201, headers: { etag: '"v1"' }, body: JSON.stringify(contact), subject_id: contact.id };
    storeResponse(tx, caller, { operation, key }, answer);
    return contact;
  });
}
const claimAgain = (token: Token, key = "key") =>
  as(byToken(token), (tx, caller) => reserve(tx, caller, { operation, key, fingerprint }));
const remove = (token: Token, id: string) => inside(byToken(token), (tx, by) => contacts.remove(tx, by, { id }));

describe("deleting", () => {
  test("a contact erases its values everywhere, but keeps who changed which fields", async () => {
    const { admin, token } = await makeWorld();
    const [first, second] = [words(), words()];
    const { id } = await post(token, first);
    await inside(byToken(token), (tx, by) => contacts.update(tx, by, { id, ...second }));
    const all = [...texts(first), ...texts(second)];
    expect(await tracesOf(superuser, all)).toEqual(
      expect.arrayContaining([
        "repdesk.audit_events.changes",
        "repdesk.contacts.email",
        "repdesk.idempotency_keys.body",
      ]),
    );
    expect(await claimAgain(token)).toMatchObject({ state: "replay" });

    await remove(token, id);
    expect(await tracesOf(superuser, all)).toEqual([]);
    const fields = Object.fromEntries(Object.keys(first).map((field) => [field, null]));
    const events = await eventsOf(id);
    expect(events.map(({ action, member_id }) => [action, member_id])).toEqual(
      ["contact.created", "contact.updated", "contact.deleted"].map((action) => [action, admin.id]),
    );
    expect(events[1]?.changes).toEqual(fields);
    for (const { changes } of events) {
      expect(changes).toMatchObject(fields);
      expect(new Set(Object.values(changes))).toEqual(new Set([null]));
    }
    expect(await claimAgain(token)).toEqual({ state: "deleted" });
  });

  test("an account erases its own values, but none of its contacts", async () => {
    const { token } = await makeWorld();
    const { description, tags, external_id } = words();
    const account = { name: `Firm ${unique()}`, domain: `${unique()}.example.com`, description, tags, external_id };
    const { id } = await inside(byToken(token), (tx, by) => accounts.create(tx, by, account));
    const contact = await post(token, { first_name: "Ana", account_id: id });
    await inside(byToken(token), (tx, by) => accounts.remove(tx, by, { id }));
    expect(await tracesOf(superuser, texts(account))).toEqual([]);
    const [created, changed] = await eventsOf(contact.id);
    expect(created?.changes.first_name).toEqual({ old: null, new: "Ana" });
    expect(changed?.changes).toEqual({ account_id: { old: id, new: null } });
    expect(await claimAgain(token)).toMatchObject({ state: "replay" });
  });

  test("erases nothing if the transaction is rolled back", async () => {
    const { token } = await makeWorld();
    const { id, email } = await post(token, words());
    const broken = inside(byToken(token), async (tx, by) => {
      await contacts.remove(tx, by, { id });
      throw new Error("no");
    });
    await expect(broken).rejects.toThrow("no");
    expect((await eventsOf(id)).map(({ changes }) => changes.email.new)).toEqual([email]);
    expect(await claimAgain(token)).toMatchObject({ state: "replay" });
  });

  test("erases what the transaction writes after the deletion, as the previous version does", async () => {
    const { token } = await makeWorld();
    const given = words();
    const { id } = await post(token, given);
    await inside(byToken(token), async (tx, by) => {
      await tx.execute(`delete from repdesk.contacts where id = '${id}'`);
      const changes = JSON.stringify({ email: { old: given.email, new: null } });
      await tx.execute(`insert into repdesk.audit_events (id, action, subject_id, changes)
        values ('evt_0${id.slice(5)}', 'contact.deleted', '${id}', '${changes}')`);
      expect(by.company.id).toBeTruthy();
    });
    expect(await tracesOf(superuser, texts(given))).toEqual([]);
  });

  test("a record with 25,000 changes erases what one request can, and maintenance erases the rest", async () => {
    const { company, admin, token } = await makeWorld();
    const { id } = await post(token, { first_name: "Ana" });
    await owner`insert into repdesk.audit_events (id, company_id, member_id, request_id, action, subject_id, changes, created_at)
      select 'evt_0' || lpad(i::text, 25, '0'), ${company.id}, ${admin.id}, 'req_x', 'contact.updated', ${id},
             '{"title":{"old":"Xylograph","new":"Xylophone"}}', now() - make_interval(secs => i)
        from generate_series(1, 25000) i`;
    await remove(token, id);
    const [left] = await owner`select count(*)::int as count from repdesk.audit_events
      where company_id = ${company.id} and changes ->> 'title' is not null`;
    expect(left?.count).toBe(5_002 - 2);
    await maintain(never);
    expect(await tracesOf(superuser, ["Xylo"])).toEqual([]);
    expect(await owner`select from repdesk.blanking_queue where company_id = ${company.id}`).toHaveLength(0);
  });

  test("isn't applied by the queue to an existing record", async () => {
    const { company, token } = await makeWorld();
    const { id } = await post(token, { first_name: "Ana" });
    await owner`insert into repdesk.blanking_queue values (${company.id}, ${id}, '-infinity')`;
    await maintain(never);
    expect((await eventsOf(id))[0]?.changes.first_name).toEqual({ old: null, new: "Ana" });
    expect(await owner`select from repdesk.blanking_queue where company_id = ${company.id}`).toHaveLength(0);
  });
});

describe("erasing a person", () => {
  const erase = async (address: string) =>
    Object.fromEntries(
      (await owner`select * from repdesk.erase_person(${address})`).map(({ table_name, erased }) => [
        table_name,
        Number(erased),
      ]),
    );
  const nothing = {
    contacts: 0,
    audit_events: 0,
    idempotency_keys: 0,
    api_tokens: 0,
    members: 0,
    sign_in_events: 0,
  };

  test("deletes the contacts with the address in every company, and what was stored about them", async () => {
    const [one, two] = [await makeWorld(), await makeWorld()];
    const person = words();
    const made = await post(one.token, person);
    await inside(byToken(one.token), (tx, by) => contacts.update(tx, by, { id: made.id, title: "Other" }));
    await post(two.token, { email: person.email.toUpperCase(), description: person.description });
    // A contact that used to have the address.
    const moved = await post(two.token, { email: `x${person.email}` }, "moved");
    const colleague = await post(two.token, { first_name: "Bo", email: `bo.${unique()}@example.com` }, "other");
    await inside(byToken(two.token), (tx, by) => contacts.update(tx, by, { id: moved.id, title: "Same" }));
    await owner`update repdesk.audit_events set changes = ${owner.json({ email: { old: person.email, new: "y" } })}
      where subject_id = ${moved.id} and action = 'contact.updated'`;

    expect(await erase(` ${person.email.toUpperCase()} `)).toMatchObject({ contacts: 2, audit_events: 4, members: 0 });
    const { email, ...rest } = person;
    expect(await tracesOf(superuser, texts(rest))).toEqual([]);
    expect(await tracesOf(superuser, [`"${email}"`])).toEqual([]);
    expect((await eventsOf(colleague.id))[0]?.changes.first_name).toEqual({ old: null, new: "Bo" });
    for (const key of ["moved", "other"]) expect(await claimAgain(two.token, key)).toMatchObject({ state: "replay" });
    expect(await erase(person.email)).toEqual(nothing);
  });

  test("knows each spelling of an internationalized domain", async () => {
    for (const asked of ["zoe@münchen.example", "Zoe@xn--mnchen-3ya.example"]) {
      const [one, two] = [await makeWorld(), await makeWorld()];
      const [first, second] = [words(), words()];
      await post(one.token, { ...first, email: "Zoe@münchen.example" });
      await post(two.token, { ...second, email: "zoe@xn--mnchen-3ya.example" });
      expect(await erase(asked)).toMatchObject({ contacts: 2, audit_events: 2, idempotency_keys: 2 });
      const kept = [first, second].flatMap(({ email: _, ...rest }) => texts(rest));
      expect(await tracesOf(superuser, kept)).toEqual([]);
      expect(await erase(asked)).toEqual(nothing);
    }
  });

  test("removes the names of that user's members, revokes their tokens, and erases what was stored about them", async () => {
    const name = `Zoe${unique()}`;
    const [one, two] = [await makeWorld(), await makeWorld()];
    const { user_id, session_id, email } = one.admin;
    const twin = await makeMember(two.company.id, { user: { user_id, session_id, email } });
    await owner`update repdesk.members set name = ${name} where user_id = ${user_id}`;
    const twinToken = await makeToken(twin);
    await owner`update repdesk.api_tokens set last_used_from = ${"203.0.113.0"}, last_used_by = ${name} where id = ${twinToken.id}`;
    await inside(bySession(twin), (tx, by) => tokens.create(tx, by, { name: "Sync", scopes: ["contacts:read"] }), {
      company: two.company.id,
    });
    await owner`insert into repdesk.audit_events (id, company_id, member_id, request_id, action, subject_id, changes)
      values ('evt_0000000000000000000000000a', ${two.company.id}, ${twin.id}, 'req_x', 'member.created', ${twin.id},
              ${owner.json({ name: { old: null, new: name }, email: { old: null, new: email } })})`;
    await post(twinToken, { first_name: "Ana" });

    expect(await erase(email)).toEqual({
      ...{ contacts: 0, audit_events: 1, idempotency_keys: 1, api_tokens: 3, members: 2, sign_in_events: 0 },
    });
    expect(await tracesOf(superuser, [email, name])).toEqual([]);
    const left = await owner`select name, email, status from repdesk.members where user_id = ${user_id}`;
    expect(left).toEqual(Array(2).fill({ name: "Erased member", email: "", status: "removed" }));
    for (const token of [one.token, twinToken])
      await expect(inside(byToken(token), async () => "in")).rejects.toMatchObject({ code: "token_revoked" });
    expect(await inside(byToken(two.token), async () => "in")).toBe("in");
    expect(await erase(email)).toEqual(nothing);
  });

  test("finds a member by the copied address if the login is already deleted", async () => {
    const { admin } = await makeWorld();
    await superuser`delete from auth.users where id = ${admin.user_id}`;
    expect(await erase(admin.email)).toMatchObject({ members: 1, api_tokens: 1 });
    expect(await tracesOf(superuser, [admin.email])).toEqual([]);
    expect(await erase(admin.email)).toEqual(nothing);
  });

  test("skips a member whose login has a new address, and updates the copy", async () => {
    const { admin, token } = await makeWorld();
    const now = `${unique()}@example.com`;
    await superuser`update auth.users set email = ${now} where id = ${admin.user_id}`;
    expect(await erase(admin.email)).toEqual({ ...nothing, members: 1 });
    const [left] = await owner`select name, email, status from repdesk.members where id = ${admin.id}`;
    expect(left).toEqual({ name: "Ana Ruiz", email: now, status: "active" });
    expect(await inside(byToken(token), async () => "in")).toBe("in");
    expect(await erase(admin.email)).toEqual(nothing);
  });

  test.each(["", " ", "@", "example.com", null])("requires an address: %j", async (address) => {
    await expect(owner`select * from repdesk.erase_person(${address})`).rejects.toThrow("e-mail address");
  });
});
