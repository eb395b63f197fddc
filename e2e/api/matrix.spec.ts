import { expect, test } from "playwright/test";
import type { Endpoint } from "#lib/contract/endpoint";
import { registry } from "#lib/contract/registry";
import { newId } from "#lib/format/ids";
import { newToken } from "#lib/format/token";
import { permissionsOf, type Role, roles, type Scope, scopes, withIncluded } from "#lib/vocabulary";
import { api, type Options, type Reply } from "./call.ts";
import {
  addMember,
  bodyOf,
  type Company,
  cookieOf,
  database,
  type Ids,
  makeCompany,
  makeRecords,
  makeToken,
  makeWorld,
  type Person,
  rowsOf,
  signOut,
  signUp,
  unique,
} from "./world.ts";

/** The security matrix, generated from the registry, so new endpoints are covered automatically. */

const guarded = registry.filter((contract) => contract.auth !== "none");
const isScope = (permission: string | null): permission is Scope =>
  (scopes as readonly (string | null)[]).includes(permission);

/** One ID of each kind for paths, created in a company. */
async function makeIds(person: Person, company: Company): Promise<Ids> {
  const by = { jwt: person.jwt, company: company.id };
  const token = await makeToken(person, company);
  return { ...(await makeRecords(by)), tok: token.id };
}

const kindOf = (contract: Endpoint) => contract.example.params?.id?.split("_")[0];
const pathOf = (contract: Endpoint, ids: Ids) => contract.path.replace("{id}", ids[kindOf(contract) ?? ""] ?? "");

/** A POST has its own key, which a rejection must not store either. */
function send(contract: Endpoint, ids: Ids, options: Options): Promise<Reply> {
  const key = contract.method === "POST" && { "Idempotency-Key": unique() };
  const headers = { ...key, ...options.headers };
  const query = contract.method === "DELETE" ? `?${new URLSearchParams(contract.example.query)}` : "";
  return api(contract.method, pathOf(contract, ids) + query, { ...options, headers, body: bodyOf(contract, ids) });
}

let admin: Person;
let company: Company;
let ids: Ids;

test.beforeAll(async () => {
  ({ admin, company } = await makeWorld());
  ids = await makeIds(admin, company);
});

/** A token of a new member, so that changes to the member affect nothing else. */
async function tokenOfMember(role: Role = "user", granted: readonly Scope[] = scopes) {
  const person = await signUp();
  const member = await addMember(company, person, role);
  const token = await makeToken(person, company, granted);
  return { person, member, token: token.secret, id: token.id };
}

function expectChallenge(reply: Reply, code: string) {
  expect(reply.body.code, reply.text).toBe(code);
  const demand = reply.headers.get("www-authenticate");
  if (reply.status === 401) expect(demand).toMatch(/^Bearer realm="repdesk"/);
  if (reply.status === 401 && code !== "unauthenticated") expect(demand).toContain('error="invalid_token"');
}

/** Calls every endpoint in the same invalid way. Expects that each rejects it for the right reason and that no row changes. */
async function allRefuse(code: string, options: Options, endpoints = guarded, where = { company, ids }): Promise<void> {
  expect(endpoints.length).toBeGreaterThan(0);
  const before = await rowsOf(where.company);
  expect(Object.keys(before)).toEqual(expect.arrayContaining(["companies", "contacts", "keys without a company"]));
  for (const contract of endpoints) {
    const reply = await send(contract, where.ids, options);
    await test.step(`${contract.operation}: ${reply.status} ${reply.body?.code}`, () => expectChallenge(reply, code));
  }
  expect(await rowsOf(where.company)).toEqual(before);
}

test("401 without a credential", () => allRefuse("unauthenticated", {}));

test("401 with junk", () => allRefuse("token_invalid", { headers: { Authorization: "Bearer junk" } }));

test("401 with wrong check digits", async () => {
  const { token } = await tokenOfMember();
  await allRefuse("token_invalid", { token: token.slice(0, -1) + (token.endsWith("0") ? "1" : "0") });
});

test("401 with a token that doesn't exist", () => allRefuse("token_invalid", { token: newToken().secret }));

test("401 with an expired token", async () => {
  const { token, id } = await tokenOfMember();
  await database()`update repdesk.api_tokens set expires_at = now() - interval '1 day', created_at = now() - interval '2 days' where id = ${id}`;
  await allRefuse("token_expired", { token });
});

test("401 with a revoked token", async () => {
  const { token } = await tokenOfMember();
  expect((await api("DELETE", "/auth/token", { token })).status).toBe(204);
  await allRefuse("token_revoked", { token });
});

test("401 with a secret that was replaced", async () => {
  const { token, id } = await tokenOfMember();
  await database()`update repdesk.token_secrets set ended_at = now(), ended_reason = 'replaced' where token_id = ${id}`;
  await allRefuse("token_rotated", { token });
});

test("401 with a suspended token", async () => {
  const { token, id } = await tokenOfMember();
  await database()`update repdesk.api_tokens set suspended_at = now() where id = ${id}`;
  await allRefuse("token_suspended", { token });
});

test("403 with a token from an address where it can't be used", async () => {
  const { token, id } = await tokenOfMember();
  await database()`update repdesk.api_tokens set allowed_addresses = '{203.0.113.0/24}' where id = ${id}`;
  await allRefuse("ip_not_allowed", { token, address: "198.51.100.7" });
});

for (const status of ["deactivated", "removed"]) {
  test(`401 with a token of a ${status} member`, async () => {
    const { token, member } = await tokenOfMember();
    await database()`update repdesk.members set status = ${status} where id = ${member}`;
    await allRefuse("member_inactive", { token });
  });
}

test("403 with a token of a suspended company", async () => {
  const world = await makeWorld();
  const theirs = await makeIds(world.admin, world.company);
  await database()`update repdesk.companies set suspended_at = now() where id = ${world.company.id}`;
  await allRefuse("company_suspended", { token: world.token.secret }, guarded, { company: world.company, ids: theirs });
});

test("401 with a session that was signed out elsewhere", async () => {
  const person = await signUp();
  await addMember(company, person);
  await signOut(person);
  const endpoints = guarded.filter((contract) => contract.auth !== "token");
  await allRefuse("session_invalid", { jwt: person.jwt, company: company.id }, endpoints);
});

test("403 insufficient_scope names the scope", async () => {
  for (const contract of guarded.filter(({ permission }) => isScope(permission))) {
    const needed = contract.permission as Scope;
    const others = scopes.filter((scope) => !withIncluded([scope]).includes(needed));
    const { token } = await tokenOfMember("user", others);
    await allRefuse("insufficient_scope", { token }, [contract]);
    const reply = await send(contract, ids, { token });
    expect(reply.body.required).toBe(needed);
    expect(reply.headers.get("www-authenticate")).toContain(`error="insufficient_scope", scope="${needed}"`);
  }
});

test("403 session_required: tokens can't create or manage tokens and companies", async () => {
  const token = await makeToken(admin, company);
  await allRefuse(
    "session_required",
    { token: token.secret },
    guarded.filter(({ auth }) => auth === "session"),
  );
});

test("403 token_required for a session", async () => {
  const options = { jwt: admin.jwt, company: company.id };
  await allRefuse(
    "token_required",
    options,
    guarded.filter(({ auth }) => auth === "token"),
  );
});

for (const role of roles) {
  const lacking = guarded.filter(({ permission }) => permission !== null && !permissionsOf(role).includes(permission));
  if (lacking.length === 0) continue;
  test(`403 forbidden_role for a ${role}`, async () => {
    const { person } = await tokenOfMember(role);
    await allRefuse("forbidden_role", { jwt: person.jwt, company: company.id }, lacking);
  });
}

test("403 if the header names a company other than the token's", async () => {
  const other = await makeWorld();
  const inCompany = guarded.filter((contract) => contract.company !== "none");
  await allRefuse("company_mismatch", { token: other.token.secret, company: company.id }, inCompany);
});

test("403 if a session names a company that the user isn't a member of", async () => {
  const stranger = await signUp();
  await makeCompany(stranger);
  const endpoints = guarded.filter((contract) => contract.company !== "none" && contract.auth !== "token");
  await allRefuse("not_a_member", { jwt: stranger.jwt, company: company.id }, endpoints);
});

test("403 for a write with a cookie from a foreign origin or without one", async () => {
  const cookie = await cookieOf(admin);
  const writes = guarded.filter(({ method }) => method !== "GET");
  for (const headers of [
    { Origin: "https://evil.example.com" },
    {},
    { "Sec-Fetch-Site": "same-site" },
    { "Sec-Fetch-Site": "none", Origin: "null" },
  ]) {
    await allRefuse("csrf_failed", { cookie, company: company.id, headers: headers as Record<string, string> }, writes);
  }
});

const withId = guarded.filter((contract) => contract.path.includes("{id}"));

test("404: the response for another company's ID is byte for byte the same as for one that doesn't exist", async () => {
  const other = await makeWorld();
  const theirs = await makeIds(other.admin, other.company);
  const before = await rowsOf(company, other.company);
  expect(withId.length).toBeGreaterThan(5);
  for (const contract of withId) {
    const kind = kindOf(contract) as "acc";
    const by = contract.auth === "session" ? { jwt: other.admin.jwt } : { token: other.token.secret };
    const never = newId(kind);
    // A POST would change it: its own tests show that it reaches its own.
    if (contract.method !== "POST") {
      const headers: Record<string, string> = contract.method === "GET" ? {} : { "If-Match": '"v999"' };
      const mine = await send(contract, theirs, { ...by, headers });
      expect(mine.status, `${contract.operation} reaches its own`).not.toBe(404);
    }
    const foreign = await send(contract, ids, by);
    const unknown = await send(contract, { [kind]: never }, by);
    expect(foreign.status, contract.operation).toBe(404);
    const plain = (reply: Reply, id: string) => reply.text.replaceAll(id, "ID").replaceAll(/req_\w+/g, "REQ");
    expect(plain(foreign, ids[kind] as string)).toBe(plain(unknown, never));
    const names = (reply: Reply) =>
      [...reply.headers].filter(([name]) => !/date|x-request-id|ratelimit|content-length/.test(name));
    expect(names(foreign)).toEqual(names(unknown));
  }
  expect(await rowsOf(company, other.company)).toEqual(before);
});

test("404: the response for a malformed or wrongly prefixed ID is the same as for one that doesn't exist", async () => {
  const token = await makeToken(admin, company);
  for (const contract of withId) {
    const by = contract.auth === "session" ? { jwt: admin.jwt, company: company.id } : { token: token.secret };
    for (const id of [
      "x",
      "1",
      `${kindOf(contract)}_1`,
      newId("evt"),
      `${newId("acc").toUpperCase()}`,
      "%00",
      "..%2f..%2fme",
    ]) {
      const reply = await api(contract.method, contract.path.replace("{id}", id), {
        ...by,
        body: bodyOf(contract, ids),
      });
      expect([contract.operation, id, reply.status]).toEqual([contract.operation, id, 404]);
    }
  }
});

test("lists don't contain another company's records", async () => {
  const other = await makeWorld();
  const lists = guarded.filter((contract) => contract.list);
  expect(lists.length).toBeGreaterThan(2);
  for (const contract of lists) {
    const by = contract.auth === "session" ? { jwt: other.admin.jwt } : { token: other.token.secret };
    const reply = await api("GET", contract.path, by);
    expect(reply.status).toBe(200);
    const found = reply.body.data.map((row: { id: string }) => row.id);
    for (const id of Object.values(ids)) expect(found).not.toContain(id);
  }
});
