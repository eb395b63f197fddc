import { randomUUID } from "node:crypto";
import postgres from "postgres";
import type { Parts } from "../../local/parts.ts";

/** What the requests of the benchmark need. `key`: better-auth's, if it is measured. */
export type World = { slug: string; token: string; cookie: string; contact: string; key?: string };

const tokenCount = 25;
/** Contacts for one account. */
const perAccount = 25;

/** Signs a person up, and creates their company through the API and its records in the database. `url` is the server that signs in. */
export async function seed(parts: Parts, url: string, contacts: number): Promise<World> {
  const person = { email: `${randomUUID()}@example.com`, password: randomUUID() };
  const slug = `bench-${randomUUID().slice(0, 8)}`;
  const key = { apikey: String(parts.settings.SUPABASE_PUBLISHABLE_KEY) };
  const signUp = { ...person, data: { name: "Ana Ruiz" } };
  const { access_token } = await post(`${parts.auth.url}/auth/v1/signup`, signUp, key);
  const session = { authorization: `Bearer ${access_token}` };
  const company = await post(`${url}/api/v1/companies`, { name: "Bench", slug }, session);
  let token: unknown;
  for (let index = 0; index < tokenCount; index += 1) {
    const body = { name: `Token ${index}`, scopes: ["accounts:write", "contacts:write"] };
    ({ token } = await post(`${url}/api/v1/auth/token`, body, { ...session, "repdesk-company": String(company.id) }));
  }
  await fill(parts, String(company.id), contacts);
  const contact = await someContact(url, String(token));
  return { slug, token: String(token), contact, cookie: await signIn(url, person) };
}

async function fill(parts: Parts, company: string, contacts: number): Promise<void> {
  const sql = postgres(parts.superuserUrl, { max: 1, onnotice() {} });
  const accounts = Math.ceil(contacts / perAccount);
  const by = sql`owner_id, created_by_member_id, updated_by_member_id`;
  const member = sql`(select id, id, id from repdesk.members where company_id = ${company}) as m (a, b, c)`;
  const at = sql`now() - i * interval '1 minute'`;
  await sql`
    insert into repdesk.accounts (id, company_id, name, created_at, updated_at, ${by})
    select 'acc_0' || lpad(i::text, 25, '0'), ${company}, 'Northwind Traders ' || i, ${at}, ${at}, m.*
      from generate_series(1, ${accounts}::int) i, ${member}`;
  await sql`
    insert into repdesk.contacts
      (id, company_id, first_name, last_name, email, phone, title, account_id, tags, created_at, updated_at, ${by})
    select 'con_0' || lpad(i::text, 25, '0'), ${company}, 'Ana ' || i, 'Ruiz', 'ana.ruiz.' || i || '@northwind.example.com',
           '+1 555 0101', 'Head of Purchasing', 'acc_0' || lpad((i % ${accounts}::int + 1)::text, 25, '0'),
           array['newsletter'], ${at}, ${at}, m.*
      from generate_series(1, ${contacts}::int) i, ${member}`;
  await sql`vacuum (analyze) repdesk.accounts, repdesk.contacts`;
  await sql.end();
}

async function post(url: string, body: object, headers: Record<string, string>): Promise<Record<string, unknown>> {
  const response = await fetch(url, {
    method: "POST",
    headers: { "content-type": "application/json", ...headers },
    body: JSON.stringify(body),
  });
  const text = await response.text();
  if (!response.ok) throw new Error(`POST ${url}: ${response.status} ${text}`);
  return JSON.parse(text);
}

/** The session cookie of a browser that has signed in. */
async function signIn(url: string, person: { email: string; password: string }): Promise<string> {
  const response = await fetch(`${url}/auth/sign-in`, {
    method: "POST",
    headers: { "content-type": "application/json", origin: url },
    body: JSON.stringify(person),
  });
  if (!response.ok) throw new Error(`The sign-in failed: ${response.status} ${await response.text()}`);
  const cookies = response.headers.getSetCookie().map((line) => line.split(";")[0] as string);
  return cookies.filter((cookie) => cookie.startsWith("repdesk-session")).join("; ");
}

async function someContact(url: string, token: string): Promise<string> {
  const response = await fetch(`${url}/api/v1/contacts?limit=1`, { headers: { authorization: `Bearer ${token}` } });
  const { data } = (await response.json()) as { data: { id: string }[] };
  if (!data[0]) throw new Error("There are no contacts.");
  return data[0].id;
}
