import { randomBytes } from "node:crypto";
import { expect } from "playwright/test";
import postgres from "postgres";
import type { Endpoint } from "#lib/contract/endpoint";
import { records } from "#lib/contract/records";
import { newId } from "#lib/format/ids";
import { type Role, type Scope, scopes } from "#lib/vocabulary";
import { environment } from "../environment.ts";
import { api, type Options } from "./call.ts";

/** New people, companies, and tokens for a test. Created through the API, or in the database if the API has no endpoint. */

export type Person = { email: string; password: string; user_id: string; jwt: string; session_id: string };
export type Company = { id: string; slug: string; name: string };
export type Token = { id: string; secret: string; prefix: string };

let connection: postgres.Sql | undefined;

/** Connects as the owner of the tables, for setup and checks that bypass the API. */
export function database(): postgres.Sql {
  connection ??= postgres(environment.ownerUrl, { max: 2, onnotice() {} });
  return connection;
}

export const unique = () => randomBytes(6).toString("hex");

async function auth(path: string, body: unknown, jwt?: string) {
  const response = await fetch(`${environment.supabaseUrl}/auth/v1/${path}`, {
    method: "POST",
    headers: {
      "Content-Type": "application/json",
      apikey: environment.publishableKey,
      ...(jwt && { Authorization: `Bearer ${jwt}` }),
    },
    body: JSON.stringify(body),
  });
  const text = await response.text();
  expect(response.ok, `${path}: ${text}`).toBe(true);
  return text === "" ? null : JSON.parse(text);
}

function claims(jwt: string): { session_id: string; sub: string } {
  return JSON.parse(Buffer.from(jwt.split(".")[1] as string, "base64url").toString());
}

export async function signUp(name = "Ana Ruiz"): Promise<Person> {
  const [email, password] = [`${unique()}@example.com`, "a-long-password"];
  const { access_token: jwt } = await auth("signup", { email, password, data: { name } });
  const { session_id, sub } = claims(jwt);
  return { email, password, user_id: sub, jwt, session_id };
}

export async function signIn(person: Person): Promise<Person> {
  const { access_token: jwt } = await auth("token?grant_type=password", {
    email: person.email,
    password: person.password,
  });
  return { ...person, jwt, session_id: claims(jwt).session_id };
}

export async function signOut(person: Person): Promise<void> {
  await auth("logout?scope=local", {}, person.jwt);
}

export async function makeCompany(person: Person, name = "Acme"): Promise<Company> {
  const made = await api("POST", "/companies", { jwt: person.jwt, body: { name, slug: `c-${unique()}` } });
  expect(made.status, made.text).toBe(201);
  return made.body;
}

/** Adds a member directly, since there are no invitations yet. */
export async function addMember(company: Company, person: Person, role: Role = "user"): Promise<string> {
  const id = newId("mem");
  const sql = database();
  await sql`insert into repdesk.members ${sql({
    id,
    company_id: company.id,
    user_id: person.user_id,
    name: "Kim Lee",
    email: person.email,
    role,
  })}`;
  return id;
}

export async function makeToken(person: Person, company: Company, granted: readonly Scope[] = scopes): Promise<Token> {
  const made = await api("POST", "/auth/token", {
    jwt: person.jwt,
    company: company.id,
    body: { name: `Token ${unique()}`, scopes: granted },
  });
  expect(made.status, made.text).toBe(201);
  return { id: made.body.id, prefix: made.body.prefix, secret: made.body.token };
}

/** IDs of records, by prefix. */
export type Ids = Record<string, string>;

/** Creates one record of each noun from its example, which may refer to the previous ones. */
export async function makeRecords(by: Options): Promise<Ids> {
  const ids: Ids = {};
  for (const { create } of Object.values(records)) {
    const made = await api("POST", create.path, { ...by, body: bodyOf(create, ids) });
    expect(made.status, made.text).toBe(201);
    ids[made.body.id.split("_")[0]] = made.body.id;
  }
  return ids;
}

/** The example body of an endpoint, with references to these records. */
export function bodyOf({ example }: Endpoint, ids: Ids): object | undefined {
  if (example.body === undefined) return undefined;
  const text = JSON.stringify(example.body);
  return JSON.parse(text.replace(/\b([a-z]{3})_[0-9a-z]{26}\b/g, (id, prefix: string) => ids[prefix] ?? id));
}

/** Inserts contacts of an account directly, which is faster than through the API. */
export async function fillAccount(company: Company, account: string, count: number): Promise<void> {
  await database()`
    insert into repdesk.contacts (id, company_id, first_name, account_id, owner_id, created_by_member_id, updated_by_member_id)
    select 'con_0' || lpad(i::text, 25, '0'), ${company.id}, 'Contact ' || i, ${account}, m.id, m.id, m.id
      from generate_series(1, ${count}::int) i, (select id from repdesk.members where company_id = ${company.id} limit 1) m`;
}

/** The usual setup: an admin with a company and a token with all scopes. */
export async function makeWorld(name?: string) {
  const admin = await signUp();
  const company = await makeCompany(admin, name);
  const token = await makeToken(admin, company);
  return { admin, company, token };
}

/** The session cookie that signing in sets. */
export async function cookieOf(person: Person): Promise<string> {
  const response = await fetch(`${environment.appUrl}/auth/sign-in`, {
    method: "POST",
    headers: {
      "Content-Type": "application/json",
      Origin: environment.appUrl,
      "X-Forwarded-For": `10.9.${unique().slice(0, 1).charCodeAt(0)}.${Math.ceil(Math.random() * 250)}`,
    },
    body: JSON.stringify({ email: person.email, password: person.password }),
  });
  const text = await response.text();
  expect(response.ok, text).toBe(true);
  return response.headers
    .getSetCookie()
    .map((cookie) => cookie.split(";")[0])
    .join("; ");
}

/**
 * A digest of all rows of the companies in every table, and of the idempotency keys that their members used without a company. Omits
 * what a request without effect leaves behind: last uses and usage of tokens, and audit entries of rejected ones.
 */
export async function rowsOf(...companies: Company[]): Promise<Record<string, string>> {
  const sql = database();
  const ids = companies.map((company) => company.id);
  const digests: Record<string, string> = {};
  const digest = async (name: string, table: string, where: postgres.Fragment) => {
    const [row] = await sql`
      select count(*) || ' ' || md5(coalesce(string_agg(line, '|' order by line), '')) as digest
      from (select (to_jsonb(t) - array['last_used_at', 'last_used_from', 'last_used_by', 'first_used_at', 'refused_at', 'refused_from'])::text as line
            from ${sql(`repdesk.${table}`)} t where ${where}) rows`;
    digests[name] = row?.digest;
  };
  const tables = await sql<{ table_name: string }[]>`
    select table_name from information_schema.columns
    where table_schema = 'repdesk' and column_name = 'company_id'
      and table_name not in ('token_days', 'token_requests', 'token_clients') order by 1`;
  for (const { table_name } of tables)
    await digest(
      table_name,
      table_name,
      sql`company_id = any(${ids}) ${table_name === "audit_events" ? sql`and action <> 'token.refused'` : sql``}`,
    );
  await digest("companies", "companies", sql`id = any(${ids})`);
  const people = sql`select user_id from repdesk.members where company_id = any(${ids})`;
  await digest("keys without a company", "idempotency_keys", sql`company_id is null and user_id in (${people})`);
  return digests;
}
