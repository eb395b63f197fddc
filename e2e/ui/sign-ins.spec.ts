import { expect, type Page, test } from "playwright/test";
import { newId } from "#lib/format/ids";
import { someAddress } from "../api/call.ts";
import { auth } from "../api/session-cookie.ts";
import { database, type Person } from "../api/world.ts";
import { expectAccessible, settle } from "./support.ts";

/** A person's own sign-in activity in My Settings. */

const rows = (page: Page) => page.getByRole("table", { name: "Sign-in activity" }).getByRole("row");
const written =
  ({ user_id }: Person) =>
  async () =>
    (await database()`select from repdesk.sign_in_events where user_id = ${user_id}`).length;

/** Inserts sign-outs, the newest an hour ago. */
async function fill({ user_id }: Person, count: number): Promise<void> {
  const events = Array.from({ length: count }, (_, index) => ({
    id: newId("sgn"),
    user_id,
    kind: "signed_out",
    created_at: new Date(Date.now() - (index + 1) * 3_600_000),
    network: "198.51.100.0",
  }));
  await database()`insert into repdesk.sign_in_events ${database()(events)}`;
}

test("shows what happened, when, from where, and on which device, and highlights failures and this session", async ({
  page,
  context,
}) => {
  test.slow();
  const { person, company } = await settle(context);
  await auth("sign-in", { email: person.email, password: "wrong" }, { address: "203.0.113.9" });
  await expect.poll(written(person)).toBe(2);
  await page.goto(`/${company.slug}/settings/profile`);
  await page.getByRole("link", { name: "Sign-in activity" }).click();
  await expect(page.getByRole("heading", { name: "Sign-in activity" })).toBeVisible();
  await expect(page).toHaveTitle("Sign-in activity · Acme · RepDesk");
  await expect(page.getByRole("link", { name: "Sign-in activity" })).toHaveAttribute("aria-current", "page");

  await expect(rows(page)).toHaveCount(3);
  const failed = rows(page).filter({ hasText: "Sign-in failed" });
  await expect(failed).toContainText("203.0.113.x");
  await expect(failed.locator("svg").first()).toBeVisible();
  const own = rows(page).filter({ hasText: "Signed in" });
  await expect(own).toContainText("This session");
  await expect(own).toContainText("just now");
  await expect(failed).not.toContainText("This session");
  await expectAccessible(page);

  await page.getByRole("link", { name: "Change your password" }).click();
  await expect(page.getByLabel("New password")).toBeInViewport();
  await page.goBack();
  await page.getByRole("link", { name: "sign out everywhere else" }).click();
  await expect(page.getByRole("button", { name: "Sign out everywhere else" })).toBeInViewport();
  await page.goBack();
  await page.getByRole("link", { name: "revoke API tokens" }).click();
  await expect(page.getByRole("heading", { name: "API Tokens" })).toBeVisible();
});

test("describes this browser in plain words", async ({ page, context }) => {
  const { person, company } = await settle(context);
  await page.goto(`/${company.slug}/settings/profile`);
  await page.getByRole("button", { name: "Sign out everywhere else" }).click();
  await page.getByRole("button", { name: "Sign out elsewhere" }).click();
  await expect(page.getByText("Signed out everywhere else.").first()).toBeVisible();
  await expect.poll(written(person)).toBe(2);
  await page.getByRole("link", { name: "Sign-in activity" }).click();
  const row = rows(page).filter({ hasText: "Signed out everywhere else" });
  await expect(row).toContainText(/Chrome on (Linux|macOS|Windows)/);
  await expect(row).toContainText("This session");
});

test("shows twenty-five per page, with a link back to the first", async ({ page, context }) => {
  const { person, company } = await settle(context);
  await expect.poll(written(person)).toBe(1);
  await fill(person, 30);
  await page.goto(`/${company.slug}/settings/sign-ins`);
  await expect(rows(page)).toHaveCount(26);
  await expect(page.getByRole("link", { name: "First page" })).toHaveCount(0);
  await page.getByRole("link", { name: "Next page" }).click();
  await expect(rows(page)).toHaveCount(7);
  await expect(page.getByRole("link", { name: "Next page" })).toHaveCount(0);
  await page.getByRole("link", { name: "First page" }).click();
  await expect(rows(page)).toHaveCount(26);
  // An invalid cursor redirects to the first page.
  await page.goto(`/${company.slug}/settings/sign-ins?cursor=nonsense`);
  await expect(page).toHaveURL(new RegExp(`/${company.slug}/settings/sign-ins$`));
  await expect(rows(page)).toHaveCount(26);
});

test("explains an empty list and an empty later page", async ({ page, context }) => {
  test.slow();
  const { person, company } = await settle(context);
  await expect.poll(written(person)).toBe(1);
  await fill(person, 26);
  await page.goto(`/${company.slug}/settings/sign-ins`);
  const next = await page.getByRole("link", { name: "Next page" }).getAttribute("href");
  await database()`delete from repdesk.sign_in_events where user_id = ${person.user_id}`;
  await page.goto(next ?? "");
  await expect(page.getByRole("heading", { name: "No more activity here" })).toBeVisible();
  await page.getByRole("link", { name: "Go to the first page" }).click();
  await expect(page.getByRole("heading", { name: "No activity yet" })).toBeVisible();
  await expectAccessible(page);
});

test("colleagues, including admins, see only their own", async ({ browser, context }) => {
  const { person, company } = await settle(context);
  const other = await browser.newContext({ extraHTTPHeaders: { "X-Forwarded-For": someAddress() } });
  const mine = await settle(other);
  await auth("sign-in", { email: person.email, password: "wrong" }, { address: "203.0.113.9" });
  await expect.poll(written(person)).toBe(2);
  const page = await other.newPage();
  await page.goto(new URL(`/${mine.company.slug}/settings/sign-ins`, process.env.APP_URL).href);
  await expect(rows(page)).toHaveCount(2);
  await expect(page.getByText("203.0.113.x", { exact: true })).toHaveCount(0);
  const response = await page.goto(new URL(`/${company.slug}/settings/sign-ins`, process.env.APP_URL).href);
  expect(response?.status()).toBe(404);
  await other.close();
});
