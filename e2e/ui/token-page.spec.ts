import { expect, type Page, test } from "playwright/test";
import { api } from "../api/call.ts";
import { addMember, type Company, database, makeToken, signUp, type Token } from "../api/world.ts";
import { live, settle } from "./support.ts";

/** A token's own page: what it may do, what it did, and what can be done with it. */

const pageOf = ({ slug }: Company, { id }: Token) => `/${slug}/settings/api-tokens/${id}`;
const fact = (page: Page, name: string) =>
  page.locator("dl > div").filter({ has: page.getByText(name, { exact: true }) });

/** Calls that were made and are written by now. */
async function use(token: Token, query = ""): Promise<void> {
  const from = { token: token.secret, address: "203.0.113.9", headers: { "User-Agent": "curl/8.7.1" } };
  await api("GET", `/contacts${query}`, from);
  await api("GET", "/contacts/con_01jd8qv5k7e9ga3m2x4n6r8t0w", from);
  await expect
    .poll(async () => (await database()`select from repdesk.token_days where token_id = ${token.id}`).length)
    .toBeGreaterThan(0);
}

test("shows facts, calls by outcome, clients, and the last requests without their values", async ({
  page,
  context,
}) => {
  const { person, company } = await settle(context);
  const token = await makeToken(person, company, ["contacts:read"]);
  await use(token, "?q=private");
  await page.goto(`/${company.slug}/settings/api-tokens`);
  await page.getByRole("row").nth(1).getByRole("link").click();
  await page.waitForURL(`**${pageOf(company, token)}`);
  await expect(page.getByRole("link", { name: "API Tokens", exact: true }).first()).toHaveAttribute(
    "aria-current",
    /./,
  );
  await expect(fact(page, "Access")).toContainText("Can read contacts; can't change them.");
  await expect(fact(page, "Can be used from")).toContainText("any address");
  await expect(fact(page, "Last clients")).toContainText("curl, from 203.0.113.x");
  await expect(page.getByRole("region", { name: "Usage" })).toContainText("2 calls in 90 days");
  await page.getByText("Show as a table").click();
  await expect(page.getByRole("table", { name: "Calls per day" }).getByRole("row")).toHaveCount(2);
  const requests = page.getByRole("table", { name: "Last requests" });
  await expect(requests.getByRole("row")).toHaveCount(3);
  await expect(requests).toContainText(/GET \/api\/v1\/contacts\/\{id\}.*404 not_found.*GET \/api\/v1\/contacts.*200/s);
  expect(await page.content()).not.toContain("private");
});

test("offers to take away access that a token has not used, which works with one click", async ({ page, context }) => {
  const { person, company } = await settle(context);
  const token = await makeToken(person, company, ["contacts:write", "accounts:read"]);
  await use(token);
  await page.goto(pageOf(company, token));
  // Not in its first days.
  await expect(page.getByRole("button", { name: "Narrow its access" })).toHaveCount(0);
  await database()`update repdesk.api_tokens set first_used_at = now() - interval '45 days' where id = ${token.id}`;
  await page.reload();
  await expect(page.getByText("In 45 days, this token used only contacts:read.")).toContainText(
    "0 of its 1 successful calls",
  );
  await page.getByRole("button", { name: "Narrow its access" }).click();
  await expect(live(page)).toHaveText("The token's access is narrowed.");
  await expect(fact(page, "Access")).toContainText("Can read contacts; can't change them.");
  await expect(page.getByRole("button", { name: "Narrow its access" })).toHaveCount(0);
  expect((await api("GET", "/accounts", { token: token.secret })).status).toBe(403);
});

test("is edited, revoked, and restored on its page", async ({ page, context }) => {
  const { person, company } = await settle(context);
  const token = await makeToken(person, company);
  await page.goto(pageOf(company, token));
  await page.getByRole("button", { name: "Edit", exact: true }).click();
  await page.getByRole("textbox", { name: "Name" }).fill("Nightly sync");
  await page.getByRole("button", { name: "Save token" }).click();
  await expect(page.getByRole("heading", { name: "Nightly sync" })).toBeVisible();
  const choose = async (action: string) => {
    await page.getByRole("button", { name: "Actions for Nightly sync" }).click();
    await page.getByRole("menuitem", { name: action }).click();
  };
  await use(token);
  await page.reload();
  await choose("Revoke");
  await expect(page.getByRole("alertdialog")).toContainText("2 calls in the last 30 days.");
  await page.getByRole("button", { name: "Revoke token" }).click();
  await expect(fact(page, "Revoked")).toContainText("by Ana Ruiz");
  await expect(fact(page, "Expires")).toHaveCount(0);
  await expect(page.getByRole("button", { name: "Rotate" })).toHaveCount(0);
  await choose("Undo revocation");
  await expect(page.getByRole("button", { name: "Rotate" })).toBeVisible();
});

test("warns of an exposed token and of an old secret that is still sent", async ({ page, context }) => {
  const { person, company } = await settle(context);
  const token = await makeToken(person, company);
  await database()`update repdesk.api_tokens set exposed_at = now() where id = ${token.id}`;
  await database()`update repdesk.token_secrets set refused_at = now(), refused_from = '203.0.113.0' where token_id = ${token.id}`;
  await page.goto(pageOf(company, token));
  await expect(page.getByText("A request contained this token in its URL or body")).toBeVisible();
  await expect(page.getByText("Something still sends an old secret")).toContainText("from 203.0.113.x");
});

test("a link fills in the create dialog, says what it can't take, and submits nothing", async ({ page, context }) => {
  const { company } = await settle(context);
  const open = (query: string) => page.goto(`/${company.slug}/settings/api-tokens/new?${query}`);
  const values = async () => [
    await page.getByRole("textbox", { name: "Name" }).inputValue(),
    await page.getByRole("combobox", { name: "Expires" }).textContent(),
  ];
  await open("name=Nightly+sync&scopes=contacts:write,accounts:read&days=30");
  await expect(page.getByRole("dialog", { name: "Create token" })).toBeVisible();
  expect(await values()).toEqual(["Nightly sync", "30 days"]);
  await expect(page.getByText("Can read accounts; can read, create, change, and delete contacts.")).toBeVisible();
  await expect(page.getByRole("dialog").getByRole("alert")).toHaveCount(0);
  expect(new URL(page.url()).search).toBe("");

  await open(`name=${"x".repeat(81)}&scopes=deals:read&days=31`);
  await expect(page.getByRole("dialog").getByRole("alert")).toContainText(
    /name is too long.*doesn't have: deals:read.*days must be one of 7, 30/,
  );
  expect(await values()).toEqual(["", "90 days"]);
  await expect(page.getByRole("radio", { name: "Read-only" })).toBeChecked();
  expect(await database()`select from repdesk.api_tokens where company_id = ${company.id}`).toHaveLength(0);
});

test("is found by its owner and by admins, and by nobody else", async ({ page, context }) => {
  const { company } = await settle(context);
  const kim = await signUp("Kim Lee");
  const id = await addMember(company, kim);
  const token = await makeToken(kim, company);
  await page.goto(pageOf(company, token));
  await expect(fact(page, "Owner")).toContainText("Kim Lee");
  await database()`update repdesk.members set role = 'user' where company_id = ${company.id} and id <> ${id}`;
  await page.reload();
  await expect(page.getByRole("heading", { name: "This token isn't here" })).toBeVisible();
});
