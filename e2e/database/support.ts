import { createHash, randomUUID } from "node:crypto";
import postgres, { type Sql, type TransactionSql } from "postgres";
import { expect } from "vitest";
import { environment } from "../environment.ts";

// Only the database settings matter here, but all settings are validated together.
process.env.APP_URL ??= "http://localhost:3000";

const { asCaller } = await import("#lib/db/company");
const { reservationOf, reserveKey } = await import("#lib/db/idempotency");
const { newId } = await import("#lib/format/ids");
const { newToken } = await import("#lib/format/token");

import type { Caller, Credential, Need, Principal, Tx } from "#lib/db/company";
import type { MemberStatus, Role, Scope } from "#lib/vocabulary";

const plain = { max: 2, onnotice() {}, idle_timeout: 1 };
/** Owns the schema. */
export const owner: Sql = postgres(environment.ownerUrl, plain);
export const superuser: Sql = postgres(environment.superuserUrl, plain);
/** The app's login, without the app. */
export const app: Sql = postgres(environment.databaseUrl, plain);

export type User = { user_id: string; session_id: string; email: string };
export type Member = User & { id: string; company_id: string };
export type Token = { id: string; secret: string; hash: Buffer };

export const unique = () => randomUUID().slice(0, 8);

/** A user of Supabase Auth with a session. */
export async function makeUser(name = "Ana Ruiz"): Promise<User> {
  const user = { user_id: randomUUID(), session_id: randomUUID(), email: `${unique()}@example.com` };
  const about = { name };
  await superuser`insert into auth.users (id, email, raw_user_meta_data) values (${user.user_id}, ${user.email}, ${superuser.json(about)})`;
  await superuser`insert into auth.sessions (id, user_id) values (${user.session_id}, ${user.user_id})`;
  return user;
}

export async function makeCompany(): Promise<{ id: string; slug: string; name: string }> {
  const company = { id: newId("cmp"), slug: `co-${unique()}`, name: `Company ${unique()}` };
  await owner`insert into repdesk.companies ${owner({ ...company, created_by_user_id: randomUUID() })}`;
  return company;
}

type MemberOptions = { role?: Role; status?: MemberStatus; user?: User };

export async function makeMember(company_id: string, options: MemberOptions = {}): Promise<Member> {
  const { role = "user", status = "active", user = await makeUser() } = options;
  const { user_id, email } = user;
  const id = newId("mem");
  await owner`insert into repdesk.members ${owner({ id, company_id, user_id, email, role, status, name: "Ana Ruiz" })}`;
  return { ...user, id, company_id };
}

/** Inserts contacts of an account directly, which is faster than through the app. */
export async function makeContacts({ company_id, id }: Member, account_id: string, count: number): Promise<void> {
  await owner`insert into repdesk.contacts (id, company_id, first_name, email, account_id, owner_id, created_by_member_id, updated_by_member_id)
    select 'con_0' || lpad(i::text, 25, '0'), ${company_id}, 'Contact ' || i, i || '@example.com', ${account_id}, ${id}, ${id}, ${id}
      from generate_series(1, ${count}::int) i`;
}

type TokenOptions = { scopes?: Scope[]; expires_at?: Date | null; revoked_at?: Date | null; created_at?: Date };

export async function makeToken(member: Member, options: TokenOptions = {}): Promise<Token> {
  const { scopes = ["contacts:write", "accounts:write"], expires_at = null, revoked_at = null } = options;
  const { prefix, secret } = newToken();
  const hash = createHash("sha256").update(secret).digest();
  const id = newId("tok");
  const { company_id, id: member_id } = member;
  const revoked_by_member_id = revoked_at ? member_id : null;
  await owner`insert into repdesk.api_tokens ${owner({ id, company_id, member_id, name: "Test", prefix, hash, scopes, expires_at, revoked_at, revoked_by_member_id, created_at: options.created_at ?? new Date() })}`;
  return { id, secret, hash };
}

export const byToken = ({ hash }: Token): Credential => ({ kind: "token", hash });
export const bySession = ({ user_id, session_id }: User): Credential => ({ kind: "session", user_id, session_id });

type Ask = { company?: string | null; need?: Need; read_only?: boolean; signal?: AbortSignal; request_id?: string };

/** Runs work like a request with this credential. */
export function as<T>(credential: Credential, work: (tx: Tx, caller: Caller) => Promise<T>, ask: Ask = {}): Promise<T> {
  const { company = null, need = "required", signal = AbortSignal.timeout(10_000), ...rest } = ask;
  const origin = { address: "203.0.113.7", network: "203.0.113.7", prefix: "203.0.113.0" };
  return asCaller({ credential, company, need, signal, request_id: newId("req"), origin, ...rest }, work);
}

/** The same, in a company. */
export function inside<T>(
  credential: Credential,
  work: (tx: Tx, principal: Principal) => Promise<T>,
  ask: Ask = {},
): Promise<T> {
  return as(credential, (tx, caller) => work(tx, caller as Principal), ask);
}

/** A company with an admin who has a token. */
export async function makeWorld() {
  const company = await makeCompany();
  const admin = await makeMember(company.id, { role: "admin" });
  const token = await makeToken(admin);
  return { company, admin, token };
}

/**
 * Makes two writers of the app's login overlap: the second starts when the first has written but not committed, and has to wait for it.
 * Fails if it doesn't.
 */
export async function meet(write: (sql: Sql | TransactionSql) => PromiseLike<unknown>): Promise<void> {
  let second: PromiseLike<unknown> | undefined;
  await app.begin(async (tx) => {
    await write(tx);
    second = write(app).then();
    await oneWaits();
  });
  await second;
}

/** Resolves when one statement of the app's login waits for an advisory lock. */
export async function oneWaits(): Promise<void> {
  const waits = () => superuser`select from pg_stat_activity where usename = 'repdesk_app' and wait_event = 'advisory'`;
  await expect.poll(async () => (await waits()).length, { interval: 10 }).toBe(1);
}

export const emptyList = {
  limit: 50,
  cursor: null,
  sort: { key: "created_at", descending: true },
  q: null,
  filters: [],
  include: [],
};

/** Reserves an idempotency key, as a request does. */
export async function reserve(tx: Tx, caller: Caller, request: Parameters<typeof reserveKey>[1]) {
  return reservationOf(tx, caller, request, await reserveKey(tx, request));
}
