import { setTimeout as sleep } from "node:timers/promises";
import { describe, expect, test } from "vitest";
import {
  bySession,
  byToken,
  inside,
  type Member,
  makeCompany,
  makeContacts,
  makeMember,
  makeWorld,
  owner,
  superuser,
  type Token,
} from "./support.ts";

const { accounts } = await import("#lib/domain/accounts");
const { contacts } = await import("#lib/domain/contacts");
const { companies } = await import("#lib/domain/companies");
const { me } = await import("#lib/domain/me");

const auditOf = (id: string) =>
  owner`select action, member_id, token_id, request_id, changes from repdesk.audit_events where subject_id = ${id} order by created_at, id`;

type Contact = Parameters<typeof contacts.create>[2];
const makeContact = (token: Token, input: Contact) =>
  inside(byToken(token), (tx, principal) => contacts.create(tx, principal, input));
const makeAccount = (token: Token, name = "Northwind", more = {}) =>
  inside(byToken(token), (tx, principal) => accounts.create(tx, principal, { name, ...more }));
const patch = (token: Token, input: Parameters<typeof contacts.update>[2]) =>
  inside(byToken(token), (tx, principal) => contacts.update(tx, principal, input));

describe("a record", () => {
  test("that is created has its creator and owner, and one audit entry", async () => {
    const { admin, token } = await makeWorld();
    const account = await makeAccount(token, "Northwind", { domain: "northwind.example.com" });
    const contact = await makeContact(token, {
      first_name: "Ana",
      email: "Ana@Example.com",
      account_id: account.id,
      tags: ["a"],
    });
    const by = { member_id: admin.id, token_id: token.id };
    expect(account).toMatchObject({
      type: "prospect",
      tags: [],
      contact_count: 0,
      version: 1,
      owner_id: admin.id,
      created_by: by,
      updated_by: by,
    });
    expect(contact).toMatchObject({
      name: "Ana",
      email: "Ana@Example.com",
      last_name: null,
      do_not_contact: false,
      version: 1,
      created_by: by,
    });
    expect(contact.created_at).toBeInstanceOf(Date);
    const events = await auditOf(contact.id);
    expect(events).toHaveLength(1);
    expect(events[0]).toMatchObject({ action: "contact.created", member_id: admin.id, token_id: token.id });
    expect(events[0]?.request_id).toMatch(/^req_/);
    expect(events[0]?.changes).toEqual({
      first_name: { old: null, new: "Ana" },
      email: { old: null, new: "Ana@Example.com" },
      account_id: { old: null, new: account.id },
      tags: { old: null, new: ["a"] },
      owner_id: { old: null, new: admin.id },
      do_not_contact: { old: null, new: false },
    });
    const read = await inside(byToken(token), (tx, principal) => accounts.read(tx, principal, { id: account.id }));
    expect(read.contact_count).toBe(1);
  });

  test("created in a session has no token", async () => {
    const { admin } = await makeWorld();
    const contact = await inside(bySession(admin), (tx, principal) =>
      contacts.create(tx, principal, { last_name: "Ruiz" }),
    );
    expect(contact).toMatchObject({ name: "Ruiz", created_by: { member_id: admin.id, token_id: null } });
  });

  test("gets a new version when it changes; an update without changes has neither a new version nor an audit entry", async () => {
    const { company, token } = await makeWorld();
    const { id } = await makeContact(token, { first_name: "Ana", phone: "1", tags: ["a"] });
    const same = await patch(token, { id, first_name: "Ana", tags: ["a"], email: null });
    expect(same.version).toBe(1);
    const other = await makeMember(company.id);
    const changed = await patch(token, { id, phone: null, last_name: "Ruiz", owner_id: other.id });
    expect(changed).toMatchObject({ version: 2, phone: null, name: "Ana Ruiz", owner_id: other.id });
    expect(changed.updated_at.getTime()).toBeGreaterThanOrEqual(changed.created_at.getTime());
    const events = await auditOf(id);
    expect(events.map(({ action }) => action)).toEqual(["contact.created", "contact.updated"]);
    expect(Object.keys(events[1]?.changes).sort()).toEqual(["last_name", "owner_id", "phone"]);
  });

  test("that is deleted is like one that never existed, and is audited", async () => {
    const { token } = await makeWorld();
    const { id } = await makeContact(token, { first_name: "Ana" });
    await inside(byToken(token), (tx, principal) => contacts.remove(tx, principal, { id }));
    for (const verb of [contacts.read, contacts.remove, contacts.update]) {
      await expect(inside(byToken(token), async (tx, principal) => verb(tx, principal, { id }))).rejects.toMatchObject({
        code: "not_found",
      });
    }
    expect((await auditOf(id)).map(({ action }) => action)).toEqual(["contact.created", "contact.deleted"]);
  });

  test("of another company is never found", async () => {
    const [one, two] = [await makeWorld(), await makeWorld()];
    const contact = await makeContact(one.token, { first_name: "Ana" });
    const account = await makeAccount(one.token);
    const asked = (work: Parameters<typeof inside>[1]) =>
      expect(inside(byToken(two.token), work)).rejects.toMatchObject({ code: "not_found" });
    await asked((tx, p) => contacts.read(tx, p, { id: contact.id }));
    await asked((tx, p) => contacts.update(tx, p, { id: contact.id, title: "CEO" }));
    await asked((tx, p) => contacts.remove(tx, p, { id: contact.id }));
    await asked((tx, p) => accounts.read(tx, p, { id: account.id }));
    await asked((tx, p) => accounts.update(tx, p, { id: account.id, name: "x" }));
    await asked((tx, p) => accounts.remove(tx, p, { id: account.id }));
  });
});

describe("a write is rejected", () => {
  const never = "acc_01jd8qv5k7e9ga3m2x4n6r8t0w";

  test("with all invalid references, including those to another company and to inactive members", async () => {
    const { company, token } = await makeWorld();
    const other = await makeWorld();
    const foreign = await makeAccount(other.token);
    const inactive = await makeMember(company.id, { status: "deactivated" });
    for (const [account_id, owner_id] of [
      [never, other.admin.id],
      [foreign.id, inactive.id],
    ] as const) {
      await expect(makeContact(token, { first_name: "A", account_id, owner_id })).rejects.toMatchObject({
        code: "validation_failed",
        extra: {
          errors: [
            { pointer: "#/account_id", code: "reference_not_found" },
            { pointer: "#/owner_id", code: "reference_not_found" },
          ],
        },
      });
    }
    const { id } = await makeContact(token, { first_name: "A" });
    await expect(patch(token, { id, first_name: null, account_id: never })).rejects.toMatchObject({
      extra: { errors: [{ pointer: "#/first_name", code: "required" }, { pointer: "#/account_id" }] },
    });
  });

  test("as duplicate with the conflicting record, in any case of an email address", async () => {
    const { token } = await makeWorld();
    const first = await makeContact(token, { email: "ana@example.com", external_id: "1" });
    const second = await makeContact(token, { email: "bo@example.com" });
    const duplicate = {
      code: "duplicate",
      extra: { existing_id: first.id, errors: [{ pointer: "#/email", code: "not_unique" }] },
    };
    await expect(makeContact(token, { email: "ANA@example.com" })).rejects.toMatchObject(duplicate);
    await expect(patch(token, { id: second.id, email: "Ana@Example.com" })).rejects.toMatchObject(duplicate);
    const both = makeContact(token, { email: "ana@example.com", external_id: "1" });
    await expect(both).rejects.toMatchObject({
      extra: { errors: [{ pointer: "#/email" }, { pointer: "#/external_id" }] },
    });
    expect((await patch(token, { id: first.id, email: "ANA@example.com" })).version).toBe(2);

    const account = await makeAccount(token, "N", { domain: "n.example.com" });
    await expect(makeAccount(token, "M", { domain: "n.example.com" })).rejects.toMatchObject({
      code: "duplicate",
      extra: { existing_id: account.id, errors: [{ pointer: "#/domain" }] },
    });
    const elsewhere = await makeWorld();
    expect((await makeContact(elsewhere.token, { email: "ana@example.com", external_id: "1" })).version).toBe(1);
  });

  test("as duplicate if only the spelling of the domain differs, for creates and updates", async () => {
    const { token } = await makeWorld();
    const first = await makeContact(token, { email: "x@münchen.example" });
    expect(first.email).toBe("x@münchen.example");
    const taken = { code: "duplicate", extra: { existing_id: first.id, errors: [{ pointer: "#/email" }] } };
    for (const email of ["X@xn--mnchen-3ya.example", "x@MÜNCHEN.example"])
      await expect(makeContact(token, { email })).rejects.toMatchObject(taken);
    const other = await makeContact(token, { email: "x@munchen.example" });
    await expect(patch(token, { id: other.id, email: "x@xn--mnchen-3ya.example" })).rejects.toMatchObject(taken);
    const respelled = await patch(token, { id: first.id, email: "X@xn--mnchen-3ya.example" });
    expect([respelled.email, respelled.version]).toEqual(["X@xn--mnchen-3ya.example", 2]);
    await patch(token, { id: first.id, email: null, first_name: "X" });
    expect((await patch(token, { id: other.id, email: "x@münchen.example" })).version).toBe(2);
  });

  test("as duplicate for all but one of 20 concurrent writes", async () => {
    const { token } = await makeWorld();
    const tries = await Promise.allSettled(
      Array.from({ length: 20 }, () => makeContact(token, { email: "ana@example.com" })),
    );
    const refused = tries.filter((one) => one.status === "rejected");
    expect(refused).toHaveLength(19);
    for (const { reason } of refused) expect(reason.code).toBe("duplicate");
  });

  test("as version_mismatch for all but one of 50 concurrent edits", async () => {
    const { token } = await makeWorld();
    const { id } = await makeContact(token, { first_name: "Ana" });
    const edits = Array.from({ length: 50 }, (_, index) =>
      patch(token, { id, title: `Title ${index}`, if_version: 1 }),
    );
    const tries = await Promise.allSettled(edits);
    const refused = tries.filter((one) => one.status === "rejected");
    expect(refused).toHaveLength(49);
    for (const { reason } of refused) expect(reason.code).toBe("version_mismatch");
    expect(await auditOf(id)).toHaveLength(2);
    const remove = inside(byToken(token), (tx, principal) => contacts.remove(tx, principal, { id, if_version: 1 }));
    await expect(remove).rejects.toMatchObject({ code: "version_mismatch" });
  });
});

test("deleting an account keeps its contacts, and changes and audits each of them", async () => {
  const { token } = await makeWorld();
  const account = await makeAccount(token);
  const left = await Promise.all(
    ["A", "B", "C"].map((first_name) => makeContact(token, { first_name, account_id: account.id })),
  );
  const other = await makeContact(token, { first_name: "D" });
  await inside(byToken(token), (tx, principal) => accounts.remove(tx, principal, { id: account.id }));
  for (const { id } of left) {
    const contact = await inside(byToken(token), (tx, principal) => contacts.read(tx, principal, { id }));
    expect(contact).toMatchObject({ account_id: null, version: 2 });
    expect((await auditOf(id))[1]).toMatchObject({
      action: "contact.updated",
      changes: { account_id: { old: account.id, new: null } },
    });
  }
  const untouched = await inside(byToken(token), (tx, principal) => contacts.read(tx, principal, { id: other.id }));
  expect(untouched.version).toBe(1);
  expect((await auditOf(account.id)).map(({ action }) => action)).toEqual(["account.created", "account.deleted"]);
});

describe("an account with many contacts", () => {
  const remove = (token: Token, id: string) => inside(byToken(token), (tx, by) => accounts.remove(tx, by, { id }));

  test("(10,000) is deleted in one request, and each contact is changed and audited", async () => {
    const { company, admin, token } = await makeWorld();
    const account = await makeAccount(token);
    await makeContacts(admin, account.id, 10_000);
    const began = performance.now();
    await remove(token, account.id);
    console.log(`Deleting an account with 10,000 contacts: ${(performance.now() - began).toFixed(0)} ms`);
    const [changed] = await owner`
      select count(*)::int as contacts, count(distinct e.id)::int as events from repdesk.contacts c
        join repdesk.audit_events e on e.company_id = c.company_id and e.subject_id = c.id
       where c.company_id = ${company.id} and c.account_id is null and c.version = 2 and c.updated_by_token_id = ${token.id}
         and e.action = 'contact.updated' and e.token_id = ${token.id}
         and e.changes = ${owner.json({ account_id: { old: account.id, new: null } })}`;
    expect(changed).toEqual({ contacts: 10_000, events: 10_000 });
  }, 60_000);

  test("(more) is has_dependents with the exact number, including one linked just now, and nothing changes", async () => {
    const { company, admin, token } = await makeWorld();
    const account = await makeAccount(token);
    await makeContacts(admin, account.id, 10_000);
    let removal: Promise<unknown> | undefined;
    await inside(byToken(token), async (tx, by) => {
      await contacts.create(tx, by, { first_name: "Ana", account_id: account.id });
      removal = remove(token, account.id).catch((error) => error);
      const waits = () => superuser`select from pg_locks where not granted`;
      await expect.poll(async () => (await waits()).length).toBeGreaterThan(0);
    });
    expect(await removal).toMatchObject({ code: "has_dependents", detail: expect.stringContaining("10,001 contacts") });
    const [left] = await owner`select count(*)::int as count from repdesk.contacts
      where company_id = ${company.id} and account_id = ${account.id}`;
    expect(left?.count).toBe(10_001);
    await owner`delete from repdesk.contacts where company_id = ${company.id} and first_name = 'Ana'`;
    await remove(token, account.id);
  }, 60_000);

  test("can't get another one while it is being deleted, which then fails because the account doesn't exist", async () => {
    const { token } = await makeWorld();
    const account = await makeAccount(token);
    let linked: Promise<unknown> | undefined;
    await inside(byToken(token), async (tx, by) => {
      await accounts.remove(tx, by, { id: account.id });
      linked = makeContact(token, { first_name: "Ana", account_id: account.id }).catch((error) => error);
      const waits = () => superuser`select from pg_locks where not granted`;
      await expect.poll(async () => (await waits()).length).toBeGreaterThan(0);
    });
    const fault = { pointer: "#/account_id", code: "reference_not_found" };
    expect(await linked).toMatchObject({ code: "validation_failed", extra: { errors: [fault] } });
  });
});

test("concurrent creates of contacts and deletions of accounts leave no dangling references", async () => {
  const { token } = await makeWorld();
  const made = await Promise.all(["A", "B", "C", "D"].map((name) => makeAccount(token, name)));
  const work = made.flatMap(({ id }) => [
    ...Array.from({ length: 5 }, () => makeContact(token, { first_name: "X", account_id: id })),
    inside(byToken(token), (tx, principal) => accounts.remove(tx, principal, { id })),
  ]);
  const results = await Promise.allSettled(work);
  for (const result of results) if (result.status === "rejected") expect(result.reason.code).toBe("validation_failed");
  const [dangling] = await owner`select count(*)::int from repdesk.contacts c where account_id is not null
    and not exists (select from repdesk.accounts a where a.id = c.account_id)`;
  expect(dangling?.count).toBe(0);
});

test("an account that was checked for a contact can't be deleted until the contact is created", async () => {
  const { token } = await makeWorld();
  const account = await makeAccount(token);
  let removal: Promise<void> | undefined;
  const contact = await inside(byToken(token), async (tx, principal) => {
    expect(await contacts.createFaults(tx, principal, { account_id: account.id })).toEqual([]);
    removal = inside(byToken(token), (other, same) => accounts.remove(other, same, { id: account.id }));
    await sleep(300);
    return contacts.create(tx, principal, { first_name: "Ana", account_id: account.id });
  });
  await removal;
  const left = await inside(byToken(token), (tx, principal) => contacts.read(tx, principal, { id: contact.id }));
  expect(left).toMatchObject({ account_id: null, version: 2 });
});

describe("companies", () => {
  const make = (user: Member, slug: string) =>
    inside(bySession(user), (tx, caller) => companies.create(tx, caller, { name: "New", slug }), { need: "none" });

  test("created by a user have that user as admin, and are audited", async () => {
    const { admin } = await makeWorld();
    const made = await make(admin, `new-${admin.id.slice(-8)}`);
    expect(made).toMatchObject({ name: "New", role: "admin", suspended_at: null });
    const caller = await inside(bySession(admin), async (_tx, found) => found, { company: made.slug });
    expect(caller.member).toMatchObject({ name: "Ana Ruiz", email: admin.email, role: "admin" });
    expect((await auditOf(made.id))[0]).toMatchObject({ action: "company.created", member_id: caller.member.id });
    expect((await auditOf(caller.member.id))[0]).toMatchObject({ action: "member.created" });
    const mine = await inside(bySession(admin), (tx, found) => companies.list(tx, found, {}), { need: "none" });
    expect(mine.data).toHaveLength(2);
    expect(mine.data.find(({ id }) => id === made.id)).toEqual(made);
  });

  test("have a unique slug", async () => {
    const { company, admin } = await makeWorld();
    const taken = make(admin, company.slug);
    await expect(taken).rejects.toMatchObject({
      code: "duplicate",
      extra: { errors: [{ pointer: "#/slug", code: "not_unique" }] },
    });
    await expect(taken).rejects.not.toHaveProperty("extra.existing_id");
  });

  test("are limited to 20 per user, also for concurrent requests", async () => {
    const { admin } = await makeWorld();
    const tries = await Promise.allSettled(
      Array.from({ length: 23 }, (_, index) => make(admin, `m${index}-${admin.id.slice(-8)}`)),
    );
    const refused = tries.filter((one) => one.status === "rejected");
    expect(refused).toHaveLength(3);
    for (const { reason } of refused) expect(reason.code).toBe("limit_reached");
  });

  test("of other people aren't listed", async () => {
    const company = await makeCompany();
    const { admin } = await makeWorld();
    const mine = await inside(bySession(admin), (tx, found) => companies.list(tx, found, {}), { need: "none" });
    expect(mine.data.map(({ id }) => id)).not.toContain(company.id);
    expect(mine.data).toHaveLength(1);
  });
});

test("changing one's own name is visible to later requests, and is audited once", async () => {
  const { admin } = await makeWorld();
  const rename = (name: string) => inside(bySession(admin), (tx, principal) => me.update(tx, principal, { name }));
  expect((await rename("Bo Ek")).member).toMatchObject({ name: "Bo Ek", version: 2 });
  expect((await rename("Bo Ek")).member?.version).toBe(2);
  const read = await inside(bySession(admin), (tx, caller) => me.read(tx, caller));
  expect(read).toMatchObject({ member: { name: "Bo Ek" }, signed_in_with: "session", token: null });
  expect(read.user.id).toMatch(/^usr_/);
  expect(await auditOf(admin.id)).toHaveLength(1);
});
