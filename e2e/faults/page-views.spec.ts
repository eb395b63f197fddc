import { readdirSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "playwright/test";
import postgres from "postgres";
import { api } from "../api/call.ts";
import { database, makeToken, makeWorld } from "../api/world.ts";
import { environment } from "../environment.ts";
import { cookieAt, type Server, startServer } from "./server.ts";

/** Each page view is one authentication and one transaction, counted on the path to the database. */

const root = join(import.meta.dirname, "../../app/[company]");

/** The routes of all pages in a company. */
const routes = readdirSync(root, { recursive: true, encoding: "utf8" })
  .filter((file) => file.endsWith("page.tsx"))
  .map((file) => file.replace(/\/?page\.tsx$/, "").replace(/\([^)]*\)\/?/g, ""))
  .map((path) => `/[company]/${path}`.replace(/\/+$/, ""))
  .sort();

/** Pages that only redirect. */
const redirects = ["/[company]", "/[company]/settings/api-tokens/new"];

/** How a browser and how Next's router requests a page. */
const kinds: [string, Record<string, string>][] = [
  ["document", {}],
  ["navigation", { RSC: "1" }],
];

type View = { slug: string; account: string; contact: string; token: string; cookie: string };
/** Only a superuser sees what other roles wait for. */
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
  const token = await makeToken(admin, company);
  server = await startServer();
  const cookie = await cookieAt(server, admin);
  view = { slug: company.slug, account: account.body.id, contact: contact.body.id, token: token.id, cookie };
});
test.afterAll(async () => {
  await server.stop();
  await superuser.end();
});

function addressOf(route: string): string {
  const id = route.includes("api-tokens") ? view.token : route.includes("contacts") ? view.contact : view.account;
  return route.replace("[company]", view.slug).replace("[id]", id);
}

/** Opens a page, reads all of it, and returns the begins and ends of its transactions when all of them have ended. */
async function transactionsOf(path: string, headers: Record<string, string> = {}) {
  const from = server.proxy.transactions.length;
  const passed = () => server.proxy.transactions.slice(from);
  const response = await fetch(`${server.url}${path}`, {
    headers: { cookie: view.cookie, ...headers },
    // Next redirects its router to a URL that caches can distinguish from the page's.
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

const publicPages = [
  "/help",
  "/help/api-errors",
  "/help/api-token-public-api",
  "/help/token-doctor",
  "/docs/api",
  "/docs/api/explorer",
];
const missingPage = "/no-such/page";

for (const path of publicPages) {
  for (const [kind, headers] of kinds) {
    test(`${path}, ${kind}: one transaction for someone who is signed in, none for strangers`, async () => {
      const { status, text, passed } = await transactionsOf(path, headers);
      expect(status).toBe(200);
      expect(text).toContain(view.slug);
      expect(passed).toEqual(["begin", "commit"]);
      for (const cookie of ["", `${view.cookie}x`, "repdesk-company=acme"]) {
        const stranger = await transactionsOf(path, { ...headers, cookie });
        expect(stranger.status).toBe(200);
        expect(stranger.text).not.toContain(view.slug);
        expect(stranger.passed).toEqual([]);
      }
    });
  }
}

test("a page that isn't there has the company's navigation, and asks nothing of the database for strangers", async () => {
  const mine = await transactionsOf(`/${view.slug}/no-such-page`);
  expect(mine.status).toBe(404);
  expect(mine.text).toContain(view.slug);
  expect(new Set(mine.passed)).toEqual(new Set(["begin", "commit"]));
  const stranger = await transactionsOf(missingPage, { cookie: "" });
  expect(stranger.status).toBe(404);
  expect(stranger.passed).toEqual([]);
});

for (const trouble of ["refuse", "dark"] as const) {
  test(`public pages don't depend on the database: its path is ${trouble}`, async () => {
    await server.proxy.make(trouble);
    const from = server.lines.length;
    for (const [path, status] of [
      ["/help", 200],
      [missingPage, 404],
      ["/sign-in", 200],
    ] as const) {
      const began = performance.now();
      const response = await fetch(`${server.url}${path}`, { headers: { cookie: view.cookie }, redirect: "manual" });
      expect(response.status).toBe(status);
      expect(await response.text()).not.toContain(view.slug);
      expect(performance.now() - began).toBeLessThan(5_000);
    }
    await server.proxy.make("none");
    const faults = () =>
      server.lines
        .slice(from)
        .map((line) => JSON.parse(line) as Record<string, unknown>)
        .filter(({ msg }) => msg === "page shown as to a stranger");
    const paths = () => [...new Set(faults().map(({ path }) => path))].sort();
    await expect.poll(paths).toEqual(["/[company]/[id]", "/help", "/sign-in"]);
    for (const fault of faults()) expect(fault).toMatchObject({ level: "error", code: "unavailable" });
    const isBack = async () => (await transactionsOf("/help")).text.includes(view.slug);
    await expect.poll(isBack, { timeout: 10_000 }).toBe(true);
  });
}

test("missing pages and invalid queries leave no transaction open", async () => {
  const missing = await transactionsOf(`/${view.slug}/contacts/con_01jd8qv5k7e9ga3m2x4n6r8t0w`);
  expect(missing.text).toContain("contact");
  expect(missing.passed.length).toBeGreaterThan(0);
  const foreign = await transactionsOf("/nobody-has-this/contacts");
  expect(foreign.passed).toContain("rollback");
  const cursor = await transactionsOf(`/${view.slug}/contacts?cursor=nonsense`);
  expect(cursor.passed.length).toBeGreaterThan(0);
});

/** The app's database sessions that match a condition. */
function sessions(condition: string) {
  return superuser.unsafe(`select from pg_stat_activity where usename = 'repdesk_app' and ${condition}`);
}

test("a search that takes too long is 400 search_too_broad, and its page says so and leaves no transaction open", async () => {
  await database().begin(async (tx) => {
    await tx`lock table repdesk.contacts in access exclusive mode`;
    const headers = { cookie: view.cookie };
    const asked = fetch(`${server.url}/api/v1/contacts?q=ana`, { headers });
    const filtered = fetch(`${server.url}/api/v1/contacts?filter[tags][any]=vip`, { headers });
    const shown = transactionsOf(`${addressOf("/[company]/contacts")}?q=ana`);
    const answer = await asked;
    expect([answer.status, (await answer.json()).code]).toEqual([400, "search_too_broad"]);
    const other = await filtered;
    expect([other.status, (await other.json()).code]).toEqual([400, "search_too_broad"]);
    // It has cost the database the most, so it counts toward the company's quota.
    expect(other.headers.get("ratelimit")).toContain('"company"');
    expect((await shown).text).toContain(
      "This search takes too long. Add a word or a filter, or sort by another field.",
    );
  });
  await expect.poll(async () => (await sessions("state like 'idle in transaction%'")).length).toBe(0);
});

test("an aborted view ends its transaction", async () => {
  const from = server.proxy.transactions.length;
  const passed = () => server.proxy.transactions.slice(from);
  const leaving = new AbortController();
  await database().begin(async (tx) => {
    await tx`lock table repdesk.contacts in access exclusive mode`;
    const leave = fetch(`${server.url}${addressOf("/[company]/contacts")}`, {
      headers: { cookie: view.cookie },
      signal: leaving.signal,
    }).then((response) => response.text());
    // Not in the transaction, which would always see its first snapshot of the activity.
    await expect.poll(async () => (await sessions("wait_event_type = 'Lock'")).length).toBe(1);
    leaving.abort();
    await expect(leave).rejects.toThrow();
  });
  await expect.poll(passed).toEqual(["begin", "commit"]);
  await expect.poll(async () => (await sessions("state like 'idle in transaction%'")).length).toBe(0);
});
