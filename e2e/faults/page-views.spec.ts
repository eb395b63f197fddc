import { readdirSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "playwright/test";
import postgres from "postgres";
import { api } from "../api/call.ts";
import { database, makeToken, makeWorld } from "../api/world.ts";
import { environment } from "../environment.ts";
import { cookieAt, type Server, startServer } from "./server.ts";

/** What a page view asks of the database, counted on the way there: one authentication and one transaction. */

const root = join(import.meta.dirname, "../../app/[company]");

/** Every page inside a company, as Next forms its address. */
const routes = readdirSync(root, { recursive: true, encoding: "utf8" })
  .filter((file) => file.endsWith("page.tsx"))
  .map((file) => file.replace(/\/?page\.tsx$/, "").replace(/\([^)]*\)\/?/g, ""))
  .map((path) => `/[company]/${path}`.replace(/\/+$/, ""))
  .sort();

/** Pages that only lead to another one. */
const redirects = ["/[company]", "/[company]/settings/api-tokens/new"];

/** As a browser opens a page, and as Next's router loads it. */
const kinds: [string, Record<string, string>][] = [
  ["document", {}],
  ["navigation", { RSC: "1" }],
];

type View = { slug: string; account: string; contact: string; cookie: string };
/** Only a superuser sees what other logins wait for. */
const superuser = postgres(environment.superuserUrl, { max: 1 });
let server: Server;
let view: View;

test.describe.configure({ mode: "serial" });
test.beforeAll(async () => {
  const { admin, company } = await makeWorld();
  const by = { jwt: admin.jwt, company: company.id };
  const account = await api("POST", "/accounts", { ...by, body: { name: "Northwind" } });
  const body = { first_name: "Ana", account_id: account.body.id };
  const contact = await api("POST", "/contacts", { ...by, body });
  await makeToken(admin, company);
  server = await startServer();
  const cookie = await cookieAt(server, admin);
  view = { slug: company.slug, account: account.body.id, contact: contact.body.id, cookie };
});
test.afterAll(async () => {
  await server.stop();
  await superuser.end();
});

function addressOf(route: string): string {
  const id = route.includes("contacts") ? view.contact : view.account;
  return route.replace("[company]", view.slug).replace("[id]", id);
}

/** Opens a page, reads all of it, and returns what passed on the way to the database until every transaction has ended. */
async function transactionsOf(path: string, headers: Record<string, string> = {}) {
  const from = server.proxy.transactions.length;
  const passed = () => server.proxy.transactions.slice(from);
  const response = await fetch(`${server.url}${path}`, {
    headers: { cookie: view.cookie, ...headers },
    // Next redirects its router to an address that caches can tell from the page's own.
    redirect: "RSC" in headers ? "follow" : "manual",
  });
  const text = await response.text();
  await expect.poll(() => isOver(passed())).toBe(true);
  return { status: response.status, text, passed: passed() };
}

function isOver(passed: string[]): boolean {
  const begun = passed.filter((name) => name === "begin").length;
  return passed.length === 2 * begun;
}

test("there are pages", () => {
  expect(routes).toContain("/[company]/settings/api-tokens");
  expect(routes.length).toBeGreaterThan(redirects.length + 5);
});

for (const route of routes.filter((path) => !redirects.includes(path))) {
  for (const [kind, headers] of kinds) {
    test(`${route}, ${kind}: one transaction`, async () => {
      for (const _ of [1, 2, 3, 4, 5]) {
        const { status, text, passed } = await transactionsOf(addressOf(route), headers);
        expect(status).toBe(200);
        expect(text).toContain(view.slug);
        expect(passed).toEqual(["begin", "commit"]);
      }
    });
  }
}

test("pages that show nothing of a company need none", async () => {
  for (const path of ["/help", "/docs/api"]) expect((await transactionsOf(path)).passed).toEqual([]);
});

test("what is not there, and a list that makes no sense, leave no transaction open", async () => {
  const missing = await transactionsOf(`/${view.slug}/contacts/con_01jd8qv5k7e9ga3m2x4n6r8t0w`);
  expect(missing.text).toContain("contact");
  expect(missing.passed.length).toBeGreaterThan(0);
  const foreign = await transactionsOf("/nobody-has-this/contacts");
  expect(foreign.passed).toContain("rollback");
  const cursor = await transactionsOf(`/${view.slug}/contacts?cursor=nonsense`);
  expect(cursor.passed.length).toBeGreaterThan(0);
});

/** The app's sessions at the database that are in this condition. */
function sessions(condition: string) {
  return superuser.unsafe(`select from pg_stat_activity where usename = 'repdesk_app' and ${condition}`);
}

test("a view that is given up ends its transaction", async () => {
  const from = server.proxy.transactions.length;
  const passed = () => server.proxy.transactions.slice(from);
  const leaving = new AbortController();
  await database().begin(async (tx) => {
    await tx`lock table repdesk.contacts in access exclusive mode`;
    const leave = fetch(`${server.url}${addressOf("/[company]/contacts")}`, {
      headers: { cookie: view.cookie },
      signal: leaving.signal,
    }).then((response) => response.text());
    // Not through the transaction, which sees the activity of its first look.
    await expect.poll(async () => (await sessions("wait_event_type = 'Lock'")).length).toBe(1);
    leaving.abort();
    await expect(leave).rejects.toThrow();
  });
  await expect.poll(passed).toEqual(["begin", "commit"]);
  await expect.poll(async () => (await sessions("state like 'idle in transaction%'")).length).toBe(0);
});
