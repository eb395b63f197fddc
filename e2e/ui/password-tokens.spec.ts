import { type BrowserContext, expect, type Page, test } from "playwright/test";
import { api } from "../api/call.ts";
import { auth } from "../api/session-cookie.ts";
import { type Company, database, makeCompany, makeToken, type Person, signIn, signUp } from "../api/world.ts";
import { environment, newMailTo } from "../environment.ts";
import { expectNoOverflow } from "./page-checks.ts";
import { enter, expectAccessible, held, settle, tabTo } from "./support.ts";

/** After a password change, a person's active tokens in all companies are shown and can be revoked or kept. */

type Made = { id: string; prefix: string; token: string };

const review = (page: Page) => page.getByRole("dialog");
const question = (page: Page) => page.getByRole("alertdialog");
const passwordChanged = (page: Page) => page.getByText("Password changed. You are signed out everywhere else.").first();

async function token(person: Person, company: Company, name: string, scopes = ["contacts:read"]): Promise<Made> {
  const made = await api("POST", "/auth/token", { jwt: person.jwt, company: company.id, body: { name, scopes } });
  expect(made.status, made.text).toBe(201);
  return made.body;
}

const statusOf = async ({ token }: Made) => (await api("GET", "/me", { token })).status;

/** A person with active tokens in two companies, and an ended one in each. */
async function holder(context: BrowserContext) {
  const person = await signUp();
  const [acme, globex] = [await makeCompany(person, "Acme"), await makeCompany(person, "Globex")];
  const sync = await token(person, acme, "Nightly sync", ["accounts:write", "contacts:write"]);
  const report = await token(person, acme, "Report");
  const extension = await token(person, globex, "Extension");
  const [revoked, expired] = [await token(person, acme, "Revoked"), await token(person, globex, "Expired")];
  await api("DELETE", "/auth/token", { token: revoked.token });
  const past = database()`now() - interval '1 day'`;
  await database()`update repdesk.api_tokens set expires_at = ${past}, created_at = ${past} where id = ${expired.id}`;
  const headers = { "User-Agent": "curl/8.7.1" };
  expect((await api("GET", "/me", { token: sync.token, address: "203.0.113.9", headers })).status).toBe(200);
  const used = () => database()`select from repdesk.api_tokens where id = ${sync.id} and last_used_at is not null`;
  await expect.poll(async () => (await used()).length).toBe(1);
  await enter(context, person);
  return { person, acme, globex, sync, report, extension };
}

async function changePassword(page: Page, person: Person, company: Company): Promise<void> {
  await page.goto(`/${company.slug}/settings/profile`);
  await page.getByLabel("Current password").fill(person.password);
  await page.getByLabel("New password").fill("another-password");
  await page.getByRole("button", { name: "Change password" }).press("Enter");
}

async function resetPassword(page: Page, { email }: Person): Promise<string> {
  await auth("recover", { email });
  const link = (await newMailTo(email)).link ?? "";
  await page.goto(link);
  await page.getByLabel("New password").fill("another-password");
  await page.getByRole("button", { name: "Save new password" }).press("Enter");
  return link;
}

/** Focus is within the page, never on the body, where keyboard users would have to start over. */
const focusIsKept = (page: Page) => page.evaluate(() => document.activeElement !== document.body);

test("after a password change, the active tokens of all companies are shown; only the chosen one is revoked", async ({
  page,
  context,
}) => {
  test.slow();
  const { person, acme, sync, report, extension } = await holder(context);
  await changePassword(page, person, acme);
  await expect(review(page)).toBeVisible();
  await expect(page.getByRole("heading", { name: "Your API tokens still work" })).toBeVisible();
  await expect(review(page)).toContainText("API tokens keep working after a password change.");
  await expect(page.getByRole("button", { name: "Keep tokens" })).toBeFocused();

  const boxes = review(page).getByRole("checkbox");
  await expect(boxes).toHaveCount(3);
  const inAcme = review(page).getByRole("region", { name: "Acme" });
  const box = inAcme.getByRole("checkbox", { name: `Nightly sync ${sync.prefix}` });
  await expect(box).toHaveAccessibleDescription(
    "Can read and write accounts and contacts. Last used just now, from 203.0.113.x.",
  );
  const unused = review(page)
    .getByRole("region", { name: "Globex" })
    .getByRole("checkbox", { name: /^Extension/ });
  await expect(unused).toHaveAccessibleDescription("Can read contacts. Never used.");
  await expectAccessible(page);

  await box.press("Space");
  await page.getByRole("button", { name: "Revoke 1 token" }).press("Enter");
  await expect(question(page)).toContainText("Revoke “Nightly sync”?");
  await expect(question(page)).toContainText("In Acme. Last used just now, from 203.0.113.x.");
  await expect(question(page).getByRole("button", { name: "Keep token" })).toBeFocused();
  expect(await statusOf(sync)).toBe(200);
  await question(page).getByRole("button", { name: "Revoke token" }).press("Enter");

  await expect(review(page).getByRole("status")).toHaveText("1 token revoked.");
  await expect(inAcme.getByRole("listitem").filter({ hasText: sync.prefix })).toContainText("Revoked.");
  await expect(page.getByRole("button", { name: "Revoke all 2 tokens" })).toBeFocused();
  expect([await statusOf(sync), await statusOf(report), await statusOf(extension)]).toEqual([401, 200, 200]);
  await expectAccessible(page);

  await page.keyboard.press("Escape");
  await expect(review(page)).toBeHidden();
  await expect(page.getByRole("button", { name: "Change password" })).toBeFocused();
  await page.getByRole("link", { name: "API Tokens" }).click();
  await expect(page.getByText("Report", { exact: true })).toBeVisible();
  await expect(page.getByText("Nightly sync")).toHaveCount(0);
});

test("without active tokens, a password change needs no further step", async ({ page, context }) => {
  const { person, company } = await settle(context);
  const over = await token(person, company, "Over");
  await api("DELETE", "/auth/token", { token: over.token });
  await changePassword(page, person, company);
  await expect(passwordChanged(page)).toBeVisible();
  await expect(page.getByRole("heading", { name: /API tokens/ })).toHaveCount(0);
  await expect(page.getByLabel("New password")).toHaveValue("");
});

test("each of two password changes shows the active tokens", async ({ page, context }) => {
  const { person, company } = await settle(context);
  await token(person, company, "Only one");
  await changePassword(page, person, company);
  await page.getByRole("button", { name: "Revoke token" }).click();
  await question(page).getByRole("button", { name: "Revoke token" }).click();
  await expect(page.getByRole("heading", { name: "Your API tokens are revoked" })).toBeVisible();
  await page.getByRole("button", { name: "Done" }).click();
  await token(await signIn({ ...person, password: "another-password" }), company, "Another");

  await page.getByLabel("Current password").fill("another-password");
  await page.getByLabel("New password").fill("a-third-password");
  await page.getByRole("button", { name: "Change password" }).click();
  await expect(review(page).getByRole("listitem")).toHaveCount(1);
  await expect(review(page)).toContainText("Another");
  await expect(page.getByRole("heading", { name: "Your API tokens still work" })).toBeVisible();
});

test("a password reset shows them too, and all can be revoked with one question and the keyboard alone", async ({
  page,
  context,
}) => {
  test.slow();
  const { person, sync, report, extension } = await holder(context);
  await context.clearCookies();
  const link = await resetPassword(page, person);
  await expect(review(page)).toBeVisible();
  expect(page.url()).toBe(`${environment.appUrl}/`);
  await expect(page.getByRole("button", { name: "Keep tokens" })).toBeFocused();
  await expectAccessible(page);

  await tabTo(page, "button", "Revoke all 3 tokens");
  await page.keyboard.press("Enter");
  await expect(question(page)).toContainText("Revoke all 3 API tokens?");
  await expect(question(page)).toContainText("“Report”, “Nightly sync” and “Extension”.");
  await page.keyboard.press("Tab");
  await page.keyboard.press("Enter");
  await expect(review(page).getByRole("status")).toHaveText("3 tokens revoked.");
  await expect(page.getByRole("button", { name: "Done" })).toBeFocused();
  expect([await statusOf(sync), await statusOf(report), await statusOf(extension)]).toEqual([401, 401, 401]);

  await page.keyboard.press("Enter");
  await page.waitForURL(/\/accounts$|\/settings|\/$/);
  await expect(page.getByRole("navigation").first()).toBeVisible();
  await page.goBack();
  expect(page.url()).not.toContain(new URL(link).searchParams.get("token_hash"));
});

test("after a reset, a reload continues to the app, and keeping tokens doesn't change them", async ({
  page,
  context,
}) => {
  const { person, sync } = await holder(context);
  await context.clearCookies();
  await resetPassword(page, person);
  await expect(review(page)).toBeVisible();
  await page.getByRole("button", { name: "Keep tokens" }).click();
  await expect(review(page)).toHaveCount(0);
  await expect(page.getByRole("link", { name: "Accounts" }).first()).toBeVisible();
  expect(await statusOf(sync)).toBe(200);

  await context.clearCookies();
  await auth("recover", { email: person.email });
  await page.goto((await newMailTo(person.email, 1)).link ?? "");
  await page.getByLabel("New password").fill("a-third-password");
  await page.getByRole("button", { name: "Save new password" }).click();
  await expect(review(page)).toBeVisible();
  await page.reload();
  await expect(page.getByRole("link", { name: "Accounts" }).first()).toBeVisible();
  expect(new URL(page.url()).pathname).toMatch(/\/accounts$/);
});

test("without active tokens, a reset continues immediately", async ({ page }) => {
  const person = await signUp();
  await resetPassword(page, person);
  await page.waitForURL("**/new-company");
});

test("without a network, the change is confirmed, and the tokens load on retry", async ({ page, context }) => {
  test.slow();
  const { person, acme } = await holder(context);
  await page.route("**/api/v1/companies", (route) => route.abort());
  await changePassword(page, person, acme);
  await expect(page.getByRole("heading", { name: "Check your API tokens" })).toBeVisible();
  await expect(review(page)).toContainText("Your password is changed");
  await expect(review(page)).toContainText("Couldn't load your tokens. Check your connection, then try again.");
  await expectAccessible(page);
  await page.getByRole("button", { name: "Try again" }).click();
  await expect(page.getByRole("button", { name: "Try again" })).not.toHaveAttribute("aria-busy");
  await page.unroute("**/api/v1/companies");

  // Only one company failed; the other's tokens are shown.
  await page.route("**/api/v1/auth/tokens?*", (route) =>
    route.request().headers()["repdesk-company"] === acme.slug ? route.abort() : route.fallback(),
  );
  await page.getByRole("button", { name: "Try again" }).click();
  await expect(review(page)).toContainText("Couldn't load your tokens in Acme.");
  await expect(review(page).getByRole("listitem")).toHaveCount(1);
  await page.unroute("**/api/v1/auth/tokens?*");
  await page.getByRole("button", { name: "Try again" }).click();
  await expect(review(page).getByRole("checkbox")).toHaveCount(3);
  await expect(page.getByRole("button", { name: "Keep tokens" })).toBeFocused();
});

test("each token that couldn't be revoked says why, stays selected, and can be retried", async ({ page, context }) => {
  test.slow();
  const { person, acme, sync, report, extension } = await holder(context);
  const limited = {
    status: 429,
    code: "rate_limited",
    title: "Too many requests",
    detail: "Too many.",
    request_id: "r",
  };
  await changePassword(page, person, acme);
  await page.route(`**/tokens/${sync.id}`, (route) => route.abort());
  const headers = { "Retry-After": "60", "Content-Type": "application/problem+json" };
  await page.route(`**/tokens/${report.id}`, (route) => route.fulfill({ status: 429, headers, json: limited }));
  await page.getByRole("button", { name: "Revoke all 3 tokens" }).click();
  await question(page).getByRole("button", { name: "Revoke 3 tokens" }).click();

  await expect(review(page).getByRole("status")).toHaveText(
    "1 token revoked. 2 tokens couldn't be revoked and may still work.",
  );
  const row = ({ prefix }: Made) => review(page).getByRole("listitem").filter({ hasText: prefix });
  await expect(row(sync)).toContainText("Couldn't reach RepDesk. This token may still work. Try again.");
  await expect(row(report)).toContainText("RepDesk was asked too often just now. Wait a minute, then try again.");
  await expect(row(extension)).toContainText("Revoked.");
  for (const failed of [sync, report]) await expect(row(failed).getByRole("checkbox")).toBeChecked();
  expect([await statusOf(sync), await statusOf(extension)]).toEqual([200, 401]);
  await expectAccessible(page);

  await page.unroute(`**/tokens/${sync.id}`);
  await page.unroute(`**/tokens/${report.id}`);
  await page.getByRole("button", { name: "Revoke all 2 tokens" }).click();
  await question(page).getByRole("button", { name: "Revoke 2 tokens" }).click();
  await expect(page.getByRole("heading", { name: "Your API tokens are revoked" })).toBeVisible();
  await expect(page.getByRole("button", { name: "Done" })).toBeFocused();
  expect([await statusOf(sync), await statusOf(report)]).toEqual([401, 401]);
});

test("a session that ends during the review redirects to sign-in, and then back to the tokens", async ({
  page,
  context,
}) => {
  const { person } = await holder(context);
  await context.clearCookies();
  await resetPassword(page, person);
  await expect(review(page)).toBeVisible();
  await auth("sign-out", {}, { cookie: await held(context) });
  await page.getByRole("button", { name: /^Revoke all/ }).click();
  await question(page)
    .getByRole("button", { name: /^Revoke/ })
    .click();
  await page.waitForURL("**/sign-in?**");
  expect(new URL(page.url()).searchParams.get("next")).toBe("/settings/api-tokens");
});

test("of many tokens, the first fifty are shown, and the rest on request", async ({ page, context }) => {
  test.slow();
  const person = await signUp();
  const companies = [await makeCompany(person, "Acme"), await makeCompany(person, "Globex")];
  for (let made = 0; made < 60; made += 1) await makeToken(person, companies[made % 2] as Company, ["contacts:read"]);
  await enter(context, person);
  await page.setViewportSize({ width: 360, height: 740 });
  await changePassword(page, person, companies[0] as Company);
  const rows = review(page).getByRole("listitem");
  await expect(rows).toHaveCount(50);
  await expect(page.getByRole("button", { name: "Revoke all 60 tokens" })).toBeInViewport();
  await page.getByRole("button", { name: "Show 10 more" }).press("Enter");
  await expect(rows).toHaveCount(60);
  await expect(rows.nth(50)).toBeFocused();
  expect(await focusIsKept(page)).toBe(true);
  await expectNoOverflow(page);
});
