import { createClient } from "@supabase/supabase-js";
import postgres, { type JSONValue, type TransactionSql } from "postgres";
import { changesOf } from "#lib/domain/audit";
import { newId } from "#lib/format/ids";
import {
  type DemoCompany,
  demoAccounts,
  demoCompanies,
  demoContacts,
  demoNotes,
  demoPassword,
  demoPeople,
} from "./demo-data.ts";
import type { Environment, Log } from "./project.ts";

export type SeedOptions = {
  /** Connects as the schema's owner. */
  ownerUrl: string;
  /** The settings with the address of Supabase Auth. */
  settings: Environment;
  log: Log;
};

/**
 * Loads the demo data unless there is a company already. Throws in production, and for a database on another machine, since the
 * password of the demo is public.
 */
export async function loadDemoData({ ownerUrl, settings, log }: SeedOptions): Promise<void> {
  refuseElsewhere(ownerUrl);
  const sql = postgres(ownerUrl, { max: 1, onnotice() {} });
  try {
    const [{ is_empty } = { is_empty: false }] =
      await sql`select not exists (select from repdesk.companies) as is_empty`;
    if (!is_empty) return;
    log("Loading the demo data …");
    await signEveryoneUp(settings);
    const emails = demoPeople.map(({ email }) => email);
    // Nobody reads mail to these addresses, so they count as confirmed.
    await sql`update auth.users set email_confirmed_at = now() where email in ${sql(emails)} and email_confirmed_at is null`;
    const users = await sql<
      { id: string; email: string }[]
    >`select id, email from auth.users where email in ${sql(emails)}`;
    await sql.begin((tx) => insertCompanies(tx, new Map(users.map(({ id, email }) => [email, id]))));
  } finally {
    await sql.end();
  }
}

function refuseElsewhere(ownerUrl: string): void {
  if (process.env.NODE_ENV === "production") throw new Error("The demo data is not loaded in production (NODE_ENV).");
  const { hostname } = new URL(ownerUrl);
  if (!["127.0.0.1", "localhost", "[::1]"].includes(hostname))
    throw new Error(
      "The demo data can only be loaded into a database on this machine, because its password is public.",
    );
}

/** Signs people up through the public endpoint. Keeps those that an interrupted start has already signed up. */
async function signEveryoneUp({ SUPABASE_URL = "", SUPABASE_PUBLISHABLE_KEY = "" }: Environment): Promise<void> {
  for (const { email, name } of demoPeople) {
    const auth = { persistSession: false, autoRefreshToken: false };
    const { error } = await createClient(SUPABASE_URL, SUPABASE_PUBLISHABLE_KEY, { auth }).auth.signUp({
      ...{ email, password: demoPassword, options: { data: { name } } },
    });
    const isThere = ["user_already_exists", "over_email_send_rate_limit"].includes(error?.code ?? "");
    if (error && !isThere) throw new Error(`${email} could not be signed up: ${error.message}`);
  }
}

async function insertCompanies(tx: TransactionSql, users: Map<string, string>): Promise<void> {
  for (const { slug, name } of demoCompanies) {
    const company_id = newId("cmp");
    const members = membersOf(slug, users);
    const maker = members.find(({ role }) => role === "admin");
    // The tables take company, member, user, and request from the transaction, as in the app.
    const settings = { company_id, member_id: maker?.id, user_id: maker?.user_id, request_id: newId("req") };
    for (const [setting, value] of Object.entries(settings))
      await tx`select set_config(${`repdesk.${setting}`}, ${value ?? ""}, true)`;
    const company = { id: company_id, slug, name };
    await tx`insert into repdesk.companies ${tx(company)}`;
    await tx`insert into repdesk.members ${tx(members)}`;
    const owners = members.map(({ id }) => id);
    const accounts = demoAccounts(slug).map((account, index) => ({
      ...{ id: newId("acc"), ...account, ...stamp(index, owners) },
    }));
    await tx`insert into repdesk.accounts ${tx(accounts)}`;
    const contacts = demoContacts(slug).map(({ account, ...contact }, index) => ({
      ...{ id: newId("con"), ...contact, ...stamp(index, owners) },
      account_id: account === null ? null : (accounts[account]?.id ?? null),
    }));
    await tx`insert into repdesk.contacts ${tx(contacts)}`;
    const about = (field: "account_id" | "contact_id") => (id: string, index: number) =>
      demoNotes(index).map((note, turn) => {
        const { owner_id, ...at } = stamp(index + 3 * turn, owners);
        const author = { created_by_member_id: owner_id, updated_by_member_id: owner_id };
        const empty = { account_id: null, contact_id: null };
        return { id: newId("not"), ...note, occurred_at: at.created_at, ...at, ...author, ...empty, [field]: id };
      });
    const notes = [
      ...accounts.map(({ id }) => id).flatMap(about("account_id")),
      ...contacts.map(({ id }) => id).flatMap(about("contact_id")),
    ];
    await tx`insert into repdesk.notes ${tx(notes)}`;
    const made = Object.entries({
      ...{ company: [company], member: members, account: accounts, contact: contacts, note: notes },
    });
    const events = made.flatMap(([what, rows]) => rows.map((row) => eventOf(tx, what, row)));
    await tx`insert into repdesk.audit_events ${tx(events)}`;
  }
}

function membersOf(slug: DemoCompany, users: Map<string, string>) {
  return demoPeople.flatMap(({ name, email, memberships }) =>
    memberships
      .filter(({ company }) => company === slug)
      .map(({ role }) => ({ id: newId("mem"), user_id: String(users.get(email)), name, email, role })),
  );
}

/** Spreads the records over months and over the members. */
function stamp(index: number, owners: string[]) {
  const at = new Date(Date.now() - (index + 1) * 9 * 3_600_000);
  return { owner_id: String(owners[index % owners.length]), created_at: at, updated_at: at };
}

type Row = { id: string; created_at?: Date; updated_at?: Date };

/** The audit entry of a created row. */
function eventOf(
  tx: TransactionSql,
  what: string,
  { id, created_at = new Date(), updated_at: _updated, ...after }: Row,
) {
  const changes = tx.json(changesOf(null, after) as JSONValue);
  return { id: newId("evt"), created_at, action: `${what}.created`, subject_id: id, changes };
}
