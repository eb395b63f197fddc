import { expect, test } from "playwright/test";
import type { Endpoint } from "#lib/contract/endpoint";
import { records } from "#lib/contract/records";
import { newId } from "#lib/format/ids";
import { nouns } from "#lib/nouns/nouns";
import { nounNames } from "#lib/vocabulary";
import { api, type Reply } from "./call.ts";
import { bodyOf, database, makeWorld } from "./world.ts";

/** The rules that all nouns follow. Each rule is tested with the nouns that have what it needs, such as a unique field. */

const all = nouns.map(({ name, fields }) => {
  const { plural, prefix } = nounNames[name];
  const { create, update } = records[name];
  return { path: `/${plural}`, prefix, fields: Object.keys(fields), create, change: update.example.body };
});
const having = (...fields: string[]) => all.filter((noun) => fields.every((field) => noun.fields.includes(field)));

/** The input for a record of the noun, with the records that it refers to. */
async function bodyIn(company: string, create: Endpoint): Promise<object> {
  const account = await api("POST", "/accounts", { token: company, body: { name: "Northwind" } });
  return bodyOf(create, { acc: account.body.id }) ?? {};
}

test("every noun is covered", () => {
  expect(all.map(({ path }) => path)).toEqual(["/accounts", "/contacts", "/notes"]);
  expect([having("external_id").length, having("description").length, having("owner_id").length]).toEqual([2, 2, 2]);
});

for (const { path, create, change, prefix, fields } of all) {
  test(`${path}: create, read, update, delete`, async () => {
    const { token, admin } = await makeWorld();
    const by = { token: token.secret };
    const body = await bodyIn(token.secret, create);
    const made = await api("POST", path, { ...by, body });
    expect(made.status, made.text).toBe(201);
    expect(made.body).toMatchObject({ ...body, version: 1, created_by: { token_id: token.id } });
    expect(made.body.id).toMatch(new RegExp(`^${prefix}_[0-9a-z]{26}$`));
    expect(made.body.created_at).toMatch(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/);
    if (fields.includes("owner_id")) expect(made.body.owner_id).toBe(made.body.created_by.member_id);
    const one = `${path}/${made.body.id}`;
    expect(made.headers.get("location")).toBe(`/api/v1${one}`);
    expect(made.headers.get("etag")).toBe('"v1"');

    const read = await api("GET", one, by);
    expect(read.body).toEqual(made.body);
    const notModified = await api("GET", one, { ...by, headers: { "If-None-Match": '"v1"' } });
    expect([notModified.status, notModified.text]).toEqual([304, ""]);

    const session = { jwt: admin.jwt };
    const changed = await api("PATCH", one, { ...session, body: change, headers: { "If-Match": '"v1"' } });
    expect(changed.status).toBe(200);
    expect(changed.body).toMatchObject({ ...change, version: 2, updated_by: { token_id: null } });
    const nothing = await api("PATCH", one, { ...by, body: change });
    expect([nothing.body.version, nothing.headers.get("etag")]).toEqual([2, '"v2"']);
    expect((await api("PATCH", one, { ...by, body: {} })).body.version).toBe(2);
    const stale = await api("PATCH", one, { ...by, body, headers: { "If-Match": '"v1"' } });
    expect([stale.status, stale.body.code]).toEqual([412, "version_mismatch"]);
    expect((await api("DELETE", one, { ...by, headers: { "If-Match": '"v1"' } })).status).toBe(412);
    // A proxy that compresses responses weakens our tags.
    const weak = await api("PATCH", one, { ...by, body: change, headers: { "If-Match": 'W/"v2"' } });
    expect([weak.status, weak.body.version]).toEqual([200, 2]);
    for (const tag of ["v2", '"2"', "x", '"v2", "v3"']) {
      expect((await api("PATCH", one, { ...by, body, headers: { "If-Match": tag } })).body.code).toBe("invalid_header");
    }

    expect((await api("DELETE", one, by)).status).toBe(204);
    const gone = await api("GET", one, by);
    const never = await api("GET", `${path}/${newId(prefix)}`, by);
    const plain = (text: string) => text.replaceAll(/req_\w+|(?:acc|con|not)_\w+/g, "");
    expect([gone.status, plain(gone.text)]).toEqual([404, plain(never.text)]);
    expect((await api("DELETE", one, by)).status).toBe(404);
  });
}

for (const { path, create } of having("external_id")) {
  test(`${path}: an external ID is unique within a company`, async () => {
    const [one, two] = [await makeWorld(), await makeWorld()];
    const body = { ...bodyOf(create, {}), external_id: "erp-1", domain: undefined, email: undefined };
    const make = (secret: string) => api("POST", path, { token: secret, body });
    const first = await make(one.token.secret);
    const second = await make(one.token.secret);
    expect([second.status, second.body.code, second.body.existing_id]).toEqual([409, "duplicate", first.body.id]);
    const fault = { pointer: "#/external_id", code: "not_unique", existing_id: first.body.id };
    expect(second.body.errors).toEqual([expect.objectContaining(fault)]);
    expect((await make(two.token.secret)).status).toBe(201);
  });
}

for (const { path, prefix, create } of having("description", "tags", "owner_id", "external_id")) {
  const body = { ...bodyOf(create, {}), external_id: undefined, domain: undefined, email: undefined };

  test(`${path}: accepted values are returned unchanged; rejected ones name their field`, async () => {
    const { token } = await makeWorld();
    const description = "Zeile 1\nZeile 2\tÄ 漢字 👩‍👩‍👧 \u202e 'quotes' \"double\" <script> \\ %00 ; --";
    const made = await api("POST", path, { token: token.secret, body: { ...body, description, tags: ["a,b", "Ünï"] } });
    expect([made.body.description, made.body.tags]).toEqual([description, ["a,b", "Ünï"]]);
    for (const bad of ["a\u0000b", "\ud800", "a\u0007"]) {
      const reply = await api("POST", path, { token: token.secret, body: { ...body, description: bad } });
      expect([reply.status, reply.body.errors?.[0]?.pointer]).toEqual([422, "#/description"]);
    }
  });

  test(`${path}: all faults in one response, with different codes for read-only and unknown fields`, async () => {
    const { token } = await makeWorld();
    const reply = await api("POST", path, {
      token: token.secret,
      body: { id: "x", version: 3, colour: "red", "a/b~c": 1, tags: "x", description: 5, owner_id: "mem_1" },
    });
    expect(reply.status).toBe(422);
    const found = reply.body.errors.map(({ pointer, code }: { pointer: string; code: string }) => `${pointer} ${code}`);
    for (const fault of [
      "#/id read_only",
      "#/version read_only",
      "#/colour unknown_field",
      "#/a~1b~0c unknown_field",
      "#/tags invalid_type",
      "#/description invalid_type",
      "#/owner_id invalid_format",
    ]) {
      expect(found).toContain(fault);
    }
  });

  test(`${path}: faults of format and of references in one response`, async () => {
    const { token } = await makeWorld();
    const by = { token: token.secret };
    const wrong = { external_id: 5, owner_id: newId("mem"), tags: ["a", "b", " a "] };
    const faults = [
      { pointer: "#/tags/2", code: "not_unique", detail: "The same as item 1. Send each item once." },
      { pointer: "#/external_id", code: "invalid_type", detail: "Must be text." },
      { pointer: "#/owner_id", code: "reference_not_found", detail: "No such active member." },
    ];
    const made = await api("POST", path, { ...by, body });
    const one = `${path}/${made.body.id}`;
    for (const reply of [
      await api("POST", path, { ...by, body: { ...body, ...wrong } }),
      await api("PATCH", one, { ...by, body: wrong }),
    ]) {
      expect([reply.status, reply.body.detail]).toEqual([422, "3 fields need attention."]);
      expect(reply.body.errors).toEqual(faults);
    }
    // An unchanged reference isn't checked, and a missing record has none.
    const same = await api("PATCH", one, { ...by, body: { external_id: 5, owner_id: made.body.owner_id } });
    expect(same.body.errors).toMatchObject([{ pointer: "#/external_id" }]);
    const nowhere = await api("PATCH", `${path}/${newId(prefix)}`, { ...by, body: wrong });
    expect([nowhere.status, nowhere.body.errors.length]).toEqual([422, 2]);
  });

  test(`${path}: references must exist in the company`, async () => {
    const [mine, other] = [await makeWorld(), await makeWorld()];
    const theirs = (await api("GET", "/me", { token: other.token.secret })).body.member.id;
    for (const owner_id of [theirs, newId("mem")]) {
      const reply = await api("POST", path, { token: mine.token.secret, body: { ...body, owner_id } });
      expect([reply.status, reply.body.errors?.[0]]).toEqual([
        422,
        expect.objectContaining({ pointer: "#/owner_id", code: "reference_not_found" }),
      ]);
    }
  });
}

test("a contact's email address is unique in its company regardless of case, and stored as written", async () => {
  const { token } = await makeWorld();
  const make = (email: string) => api("POST", "/contacts", { token: token.secret, body: { email } });
  const first = await make("Ana.Ruiz@Example.com");
  expect(first.body.email).toBe("Ana.Ruiz@Example.com");
  const second = await make("ana.ruiz@example.COM");
  expect([second.status, second.body.existing_id]).toEqual([409, first.body.id]);
  const found = await api("GET", "/contacts?filter[email]=ANA.RUIZ@example.com", { token: token.secret });
  expect(found.body.data.map(({ id }: { id: string }) => id)).toEqual([first.body.id]);
  const third = await make("ben@example.com");
  const moved = await api("PATCH", `/contacts/${third.body.id}`, {
    token: token.secret,
    body: { email: "ANA.RUIZ@EXAMPLE.COM" },
  });
  expect([moved.status, moved.body.existing_id]).toEqual([409, first.body.id]);
});

test("a contact that conflicts with two others has a fault for each", async () => {
  const { token } = await makeWorld();
  const make = (body: object) => api("POST", "/contacts", { token: token.secret, body });
  const [one, two] = [await make({ email: "ana@example.com" }), await make({ first_name: "Ben", external_id: "7" })];
  const both = await make({ email: "Ana@example.com", external_id: "7" });
  expect([both.status, both.body.existing_id]).toEqual([409, one.body.id]);
  expect(both.body.errors).toMatchObject([
    { pointer: "#/email", existing_id: one.body.id },
    { pointer: "#/external_id", existing_id: two.body.id },
  ]);
});

test("a missing name of a contact is reported along with all other faults, for creates and updates", async () => {
  const { token } = await makeWorld();
  const by = { token: token.secret };
  const wrong = { phone: 5, account_id: newId("acc") };
  const codes = (reply: Reply) =>
    reply.body.errors.map(({ pointer, code }: { pointer: string; code: string }) => `${pointer} ${code}`).sort();
  const faults = ["#/account_id reference_not_found", "#/first_name required", "#/phone invalid_type"];
  expect(codes(await api("POST", "/contacts", { ...by, body: wrong }))).toEqual(faults);
  const made = await api("POST", "/contacts", { ...by, body: { first_name: "Ana" } });
  const cleared = await api("PATCH", `/contacts/${made.body.id}`, { ...by, body: { ...wrong, first_name: null } });
  expect(codes(cleared)).toEqual(faults);
});

test("an account's domain is unique in its company and stored in lower case", async () => {
  const { token } = await makeWorld();
  const make = (domain: string) => api("POST", "/accounts", { token: token.secret, body: { name: "N", domain } });
  const first = await make("Northwind.Example.com");
  expect(first.body.domain).toBe("northwind.example.com");
  expect((await make("northwind.example.com")).body.existing_id).toBe(first.body.id);
});

test("all spellings of an internationalized domain are the same, in email addresses and in domains", async () => {
  const { token } = await makeWorld();
  const by = { token: token.secret };
  const found = async (path: string) => (await api("GET", path, by)).body.data.map(({ id }: { id: string }) => id);
  const contact = await api("POST", "/contacts", { ...by, body: { email: "X@München.example" } });
  expect([contact.status, contact.body.email]).toEqual([201, "X@München.example"]);
  const account = await api("POST", "/accounts", { ...by, body: { name: "M", domain: "münchen.example" } });
  expect([account.status, account.body.domain]).toEqual([201, "xn--mnchen-3ya.example"]);
  for (const domain of ["münchen.example", "xn--mnchen-3ya.example", "MÜNCHEN.example", "mu\u0308nchen.example"]) {
    const again = await api("POST", "/contacts", { ...by, body: { email: `x@${domain}` } });
    expect([domain, again.status, again.body.existing_id]).toEqual([domain, 409, contact.body.id]);
    const twin = await api("POST", "/accounts", { ...by, body: { name: "N", domain: `https://www.${domain}:443/` } });
    expect([domain, twin.status, twin.body.existing_id]).toEqual([domain, 409, account.body.id]);
    const asked = encodeURIComponent(domain);
    expect(await found(`/contacts?filter[email]=x@${asked}`)).toEqual([contact.body.id]);
    expect(await found(`/contacts?filter[email][in]=a@example.com,x@${asked}`)).toEqual([contact.body.id]);
    expect(await found(`/accounts?filter[domain]=www.${asked}.`)).toEqual([account.body.id]);
    expect(await found(`/accounts?filter[domain][in]=acme.com,${asked}`)).toEqual([account.body.id]);
  }
  const hindi = await api("POST", "/contacts", { ...by, body: { email: "संपर्क@डाटामेल.भारत" } });
  expect([hindi.status, hindi.body.email]).toEqual([201, "संपर्क@डाटामेल.भारत"]);
});

test("a domain is reduced to its host", async () => {
  const { token } = await makeWorld();
  const by = { token: token.secret };
  const made = await api("POST", "/accounts", { ...by, body: { name: "A", domain: "https://www.Acme.com/about?x#y" } });
  expect([made.status, made.body.domain]).toEqual([201, "acme.com"]);
  for (const domain of ["acme.com", "www.acme.com", "http://acme.com", "acme.com.", "acme.com/", "acme.com:8080"]) {
    const twin = await api("POST", "/accounts", { ...by, body: { name: "B", domain } });
    expect([domain, twin.status, twin.body.existing_id]).toEqual([domain, 409, made.body.id]);
    const same = await api("PATCH", `/accounts/${made.body.id}`, { ...by, body: { domain } });
    expect([domain, same.status, same.body.version]).toEqual([domain, 200, 1]);
  }
});

test("a contact always has a first name, a last name, or an email address", async () => {
  const { token } = await makeWorld();
  const made = await api("POST", "/contacts", { token: token.secret, body: { first_name: "Ana" } });
  const cleared = await api("PATCH", `/contacts/${made.body.id}`, { token: token.secret, body: { first_name: null } });
  expect([cleared.status, cleared.body.errors?.[0]?.code]).toEqual([422, "required"]);
  const swapped = await api("PATCH", `/contacts/${made.body.id}`, {
    token: token.secret,
    body: { first_name: null, last_name: "Ruiz" },
  });
  expect([swapped.status, swapped.body.name]).toEqual([200, "Ruiz"]);
});

test("deleting an account keeps its contacts without an account", async () => {
  const { token, company } = await makeWorld();
  const by = { token: token.secret };
  const account = await api("POST", "/accounts", { ...by, body: { name: "Northwind" } });
  const contact = await api("POST", "/contacts", { ...by, body: { first_name: "Ana", account_id: account.body.id } });
  expect((await api("GET", `/accounts/${account.body.id}`, by)).body.contact_count).toBe(1);
  expect((await api("DELETE", `/accounts/${account.body.id}`, by)).status).toBe(204);
  const left = await api("GET", `/contacts/${contact.body.id}`, by);
  expect([left.status, left.body.account_id]).toEqual([200, null]);
  const [row] = await database()`select company_id from repdesk.contacts where id = ${contact.body.id}`;
  expect(row?.company_id).toBe(company.id);
});

test("an account of another company can't be referenced", async () => {
  const [mine, other] = [await makeWorld(), await makeWorld()];
  const theirs = await api("POST", "/accounts", { token: other.token.secret, body: { name: "Northwind" } });
  const reply = await api("POST", "/contacts", {
    token: mine.token.secret,
    body: { first_name: "Ana", account_id: theirs.body.id },
  });
  expect([reply.status, reply.body.errors?.[0]]).toEqual([
    422,
    expect.objectContaining({ pointer: "#/account_id", code: "reference_not_found" }),
  ]);
});
