import { createHash, randomUUID } from "node:crypto";
import postgres, { type Sql } from "postgres";
import type { Credential } from "#lib/db/caller";
import { newId } from "#lib/format/ids";
import { newToken } from "#lib/format/token";

/** A company with `contacts` contacts among others that have a fifth as many together. */
export type BigCompany = { id: string; credential: Credential; contacts: number; accounts: number; sql: Sql };

const owners = 40;
/** Contacts of each other company. */
const small = 1_000;

// Chosen with a strong preference for the first ones, as names are in life.
const givenNames = `Maria Ana John James Anna Michael David Sarah Laura Daniel Thomas Julia Peter Elena Sofia Lucas Emma Oliver Grace Hannah
  Ruby Jürgen Katharina Lukas Annika Dieter Chloé Étienne Margaux Luc Lucía Javier Inés Álvaro Carmen Giulia Matteo Chiara Lorenzo Agnieszka
  Łukasz Zofia Paweł Freja Søren Linnéa Håkon Astrid Priya Arjun Meera Rohan Yuki Haruto Kenji Naoko Wei Jun Mei Ngozi Chinedu Tunde Fatima
  Omar Layla Yusuf Noor Elif Mehmet Zeynep Can Beatriz João Tiago Linh Minh Hugo Noah Liam Ethan Mason Ella Amelia Isla Mia Zoe Quentin Xenia`;
const stems = `Smith John Will Brown Jones Mill Davi Garc Rodri Mart Hern Lop Gonz Ander Tayl Moor Jack Lee Per Thomp Whit Harr Sanch Clark
  Ramir Lew Robin Walk Young All King Wrigh Scot Torr Nguy Hill Flor Green Adam Nels Bak Hall Riv Camp Mitch Cart Robert Müll Schmid Weber
  Dubois Garn Ross Ferr Nowak Wójc Dahl Sharm Banerj Tana Kobay Zha Okaf Hadd Yılm Almeid Kim Park Choi Quig Xu Zub`;
const endings = `son er s ez ard ell ton man ov ini sen ham ley wood field berg`;

const list = (text: string) => text.split(/\s+/);
const idOf = (prefix: string, number: string) => `'${prefix}_' || lpad((${number})::text, 26, '0')`;
/** One of `count`, the first ones most often. */
const skewed = (count: string, power: number) => `(1 + floor(${count} * power(random(), ${power})))::int`;

/** Fills the database with new data. Without triggers, which would take longer than everything else, so the keys that they write are given. */
export async function fill(superuserUrl: string, contacts: number): Promise<BigCompany> {
  const sql = postgres(superuserUrl, { max: 1, onnotice() {} });
  const accounts = Math.ceil(contacts / 25);
  await sql`set session_replication_role = replica`;
  await sql`set maintenance_work_mem = '512MB'`;
  await sql`truncate repdesk.companies, repdesk.members, repdesk.accounts, repdesk.contacts, repdesk.notes cascade`;
  await sql`delete from auth.users`;
  await sql`select setseed(0.5)`;
  await sql`create temp table names as select *, array(select repdesk.normalise(n) from unnest(given) with ordinality as g(n, i) order by i) as given_keys,
    array(select repdesk.normalise(n) from unnest(family) with ordinality as f(n, i) order by i) as family_keys
      from (select ${list(givenNames)}::text[] as given, array(select s || e from unnest(${list(endings)}::text[]) e, unnest(${list(stems)}::text[]) s) as family)`;
  const companies = 1 + Math.ceil(contacts / 5 / small);
  await sql.unsafe(`
    insert into repdesk.companies (id, name, slug, created_by_user_id)
      select ${idOf("cmp", "c")}, 'Company ' || c, 'company-' || c, gen_random_uuid() from generate_series(1, ${companies}) c;
    insert into repdesk.members (id, company_id, user_id, name, email, role)
      select ${idOf("mem", "c * 100 + m")}, ${idOf("cmp", "c")}, gen_random_uuid(), 'Member ' || m, 'm' || m || '@example.com', 'admin'
        from generate_series(1, ${companies}) c, generate_series(1, case when c = 1 then ${owners} else 1 end) m`);
  const rebuild = await dropIndexes(sql);
  await sql.unsafe(accountsOf(1, 0, accounts));
  await sql.unsafe(contactsOf(1, 0, contacts, accounts));
  await sql.unsafe(notesOf(contacts, accounts));
  for (let company = 2; company <= companies; company += 1) {
    const before = contacts + (company - 2) * small;
    await sql.unsafe(accountsOf(company, before, small / 25));
    await sql.unsafe(contactsOf(company, before, small, small / 25));
  }
  for (const statement of rebuild) await sql.unsafe(statement);
  const credential = await makeToken(sql);
  await sql.unsafe("vacuum analyze");
  return { id: `cmp_${"1".padStart(26, "0")}`, credential, contacts, accounts, sql };
}

/** Building an index once is much faster than adding each row to it. Returns the statements that do. */
async function dropIndexes(sql: Sql): Promise<string[]> {
  const found = await sql`select indexrelid::regclass::text as name, pg_get_indexdef(indexrelid) as statement
    from pg_index i where indrelid = any (array['repdesk.accounts', 'repdesk.contacts', 'repdesk.notes']::regclass[])
     and not exists (select from pg_constraint c where c.conindid = i.indexrelid)`;
  for (const { name } of found) await sql.unsafe(`drop index ${name}`);
  return found.map(({ statement }) => statement);
}

const by = (company: number) => {
  const member = idOf("mem", `${company} * 100 + 1`);
  return { columns: "created_by_member_id, updated_by_member_id", values: `${member}, ${member}` };
};

/** Three years, in the order of the ids. A tenth of the records were imported within an hour. */
const created = (i: string, count: number) =>
  `now() - interval '3 years' * (1 - case when ${i} between ${count * 0.4} and ${count * 0.5} then 0.4 + ${i}::float8 / ${count * 20_000} else ${i}::float8 / ${count} end)`;
const updated = "created_at + (now() - created_at) * greatest(0, random() * 2 - 1)";

function accountsOf(company: number, before: number, count: number): string {
  return `
    insert into repdesk.accounts (id, company_id, name, domain, type, industry, tags, external_id, owner_id, created_at, updated_at, ${by(company).columns})
    select ${idOf("acc", `${before} + i`)}, ${idOf("cmp", `${company}`)}, name, case when i % 5 > 0 then lower(regexp_replace(name, '[^a-zA-Z]', '', 'g')) || i || '.example.com' end,
           type, case when i % 3 = 0 then 'Retail' end, tags, case when i % 2 = 0 then 'erp-' || i end,
           ${idOf("mem", `${company} * 100 + 1 + i % ${company === 1 ? owners : 1}`)}, created_at, ${updated}, ${by(company).values}
      from (select i, family[${skewed("array_length(family, 1)", 2)}] || ' ' || (array['Ltd', 'Trading', 'Logistics', 'and Sons', 'Foods'])[1 + i % 5] as name,
                   (array['prospect', 'prospect', 'prospect', 'prospect', 'customer', 'customer', 'partner', 'vendor', 'other'])[${skewed("9", 1)}] as type,
                   array_remove(array[case when random() < 0.5 then 'wholesale' end, case when random() < 0.001 then 'key' end], null) as tags,
                   ${created("i", count)} as created_at
              from names, generate_series(1, ${count}) i) made`;
}

/** The first account has a tenth of the contacts, half of them from the import. Two of three contacts belong to their account's owner. */
function contactsOf(company: number, before: number, count: number, accounts: number): string {
  const isImport = `i between ${count * 0.4} and ${count * 0.45}`;
  const owner = idOf("mem", `${company} * 100 + owner`);
  const mine = company === 1 ? owners : 1;
  return `
    insert into repdesk.contacts (id, company_id, first_name, last_name, email, email_key, phone, title, account_id, description, tags,
      external_id, owner_id, do_not_contact, search_key, created_at, updated_at, ${by(company).columns})
    select ${idOf("con", `${before} + i`)}, ${idOf("cmp", `${company}`)}, given, family, email, email, phone, case when random() < 0.4 then 'Head of Purchasing' end,
           ${idOf("acc", `${before} + account`)}, case when random() < 0.2 then repeat('Met at the fair. ', 12) end, tags,
           case when random() < case when i < ${count * 0.6} then 0.8 else 0.1 end then 'crm-' || i end,
           ${owner}, random() < 0.01,
           given_key || ' ' || family_key || coalesce(' ' || email, '') || coalesce(' ' || phone || ' ' || regexp_replace(phone, '[^0-9]', '', 'g'), ''),
           created_at, ${updated}, ${by(company).values}
      from (select *, case when random() < 0.9 then lower(regexp_replace(given || '.' || family, '[^a-zA-Z.]', '', 'g')) || i || '@' || (array['example.com', 'example.org', 'mail.example.net'])[1 + i % 3] end as email,
                   case when account is null or random() < 0.33 then ${skewed(`${mine}`, 2)} else 1 + account % ${mine} end as owner
              from (select i, account, tags, phone, created_at, given[g] as given, family[f] as family, given_keys[g] as given_key, family_keys[f] as family_key
              from names, (select i, ${skewed("array_length(given, 1)", 1.6)} as g, ${skewed("array_length(family, 1)", 1.6)} as f,
                           case when random() < 0.5 then '+1 512 ' || 1000000 + (random() * 8999999)::int end as phone,
                           case when ${isImport} or random() < 0.06 then 1 when random() < 0.85 then 1 + ${skewed(`${accounts - 1}`, 3)} end as account,
                           array_remove(array[case when random() < 0.55 then 'newsletter' end, case when random() < 0.08 then 'event' end,
                             case when random() < 0.005 then 'vip' end, case when random() < 0.00002 then 'rare' end, case when ${isImport} then 'import' end], null) as tags,
                           ${created("i", count)} as created_at
                      from names, generate_series(1, ${count}) i offset 0) made offset 0) made offset 0) made`;
}

function notesOf(count: number, accounts: number): string {
  return `
    insert into repdesk.notes (id, company_id, body, kind, occurred_at, account_id, contact_id, created_at, updated_at, ${by(1).columns})
    select ${idOf("not", "i")}, ${idOf("cmp", "1")}, 'Asked for a quote.', kind, created_at - interval '1 day' * floor(random() * 2), account, contact, created_at, ${updated}, ${by(1).values}
      from (select i, (array['note', 'note', 'note', 'note', 'note', 'call', 'call', 'call', 'email', 'email'])[${skewed("10", 1)}] as kind, ${created("i", count)} as created_at,
                   case when i % 4 = 0 then ${idOf("acc", skewed(`${accounts}`, 3))} end as account,
                   case when i % 4 > 0 then ${idOf("con", skewed(`${count}`, 2))} end as contact
              from generate_series(1, ${count}) i) made`;
}

/** A token of the company's first member, who can sign in. */
async function makeToken(sql: Sql): Promise<Credential> {
  const [company_id, member_id] = ["cmp_1", "mem_101"].map((id) =>
    id.replace(/\d+$/, (digits) => digits.padStart(26, "0")),
  ) as [string, string];
  const [member] = await sql`select user_id from repdesk.members where id = ${member_id}`;
  await sql`insert into auth.users (id, email) values (${member?.user_id ?? randomUUID()}, 'member@example.com')`;
  const { prefix, secret } = newToken();
  const hash = createHash("sha256").update(secret).digest();
  const scopes = ["accounts:write", "contacts:write", "notes:write"];
  await sql`insert into repdesk.api_tokens ${sql({ id: newId("tok"), company_id, member_id, name: "Bench", prefix, hash, scopes })}`;
  return { kind: "token", hash };
}
