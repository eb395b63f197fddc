/** Creates better-auth's tables, a user, an API key, and as many contacts as the argument says. Prints the key. */
import { getMigrations } from "better-auth/db/migration";
import { auth, pool } from "./auth.js";

const contacts = Number(process.argv[2]);
const { runMigrations } = await getMigrations(auth.options);
await runMigrations();
const person = { name: "Ana Ruiz", email: "ana.ruiz@example.com", password: crypto.randomUUID() };
const { user } = await auth.api.signUpEmail({ body: person });
const { key } = await auth.api.createApiKey({ body: { name: "Bench", userId: user.id } });

await pool.query(`
  create table contacts (
    id text primary key, user_id text not null, name text not null, first_name text, last_name text, email text, phone text,
    title text, account_id text, description text, tags text[] not null, external_id text, owner_id text not null,
    do_not_contact boolean not null default false, version integer not null default 1, created_at timestamptz(3) not null,
    updated_at timestamptz(3) not null, created_by_member_id text not null, updated_by_member_id text not null)`);
await pool.query(
  `insert into contacts (id, user_id, name, first_name, last_name, email, phone, title, account_id, tags, owner_id,
                         created_at, updated_at, created_by_member_id, updated_by_member_id)
   select 'con_0' || lpad(i::text, 25, '0'), $1, 'Ana ' || i || ' Ruiz', 'Ana ' || i, 'Ruiz',
          'ana.ruiz.' || i || '@northwind.example.com', '+1 555 0101', 'Head of Purchasing', 'acc_0' || lpad(i::text, 25, '0'),
          array['newsletter'], 'mem_0' || lpad('1', 25, '0'), now() - i * interval '1 minute', now() - i * interval '1 minute',
          'mem_0' || lpad('1', 25, '0'), 'mem_0' || lpad('1', 25, '0')
     from generate_series(1, $2::int) i`,
  [user.id, contacts],
);
await pool.query("create index on contacts (user_id, created_at, id)");
await pool.query("vacuum (analyze)");
await pool.end();
process.stdout.write(key);
