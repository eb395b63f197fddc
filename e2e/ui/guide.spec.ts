import { expect, type Page, test } from "playwright/test";
import { registry } from "#lib/contract/registry";
import { environment } from "../environment.ts";

/** The page with the API's guide and reference. */

const guide = (page: Page) => page.getByRole("main");

test("every link within the page has one target, and every endpoint has a section", async ({ page }) => {
  test.slow();
  await page.goto("/docs/api");
  const { links, ids, sections } = await page.evaluate(() => ({
    links: [...document.querySelectorAll("a[href^='#']")].map((link) => link.getAttribute("href")?.slice(1)),
    ids: [...document.querySelectorAll("[id]")].map(({ id }) => id),
    sections: [...document.querySelectorAll("main h4")].map(({ textContent }) => textContent),
  }));
  expect(links.length).toBeGreaterThan(100);
  for (const link of new Set(links)) expect(ids.filter((id) => id === link)).toEqual([link]);
  expect(sections).toEqual(expect.arrayContaining(registry.map(({ summary }) => summary)));
  await expect(guide(page)).not.toContainText(/\.md\b/);
});

test("samples use the address of this RepDesk and can be copied", async ({ page, context }) => {
  test.slow();
  await context.grantPermissions(["clipboard-read", "clipboard-write"]);
  await page.goto("/docs/api");
  const sample = guide(page).getByRole("figure").filter({ hasText: "export REPDESK_URL" });
  await expect(sample).toContainText(`export REPDESK_URL=${environment.appUrl}`);
  await sample.getByRole("button", { name: /^Copy/ }).click();
  await expect(sample.getByRole("button", { name: "Copied" })).toBeVisible();
  expect(await page.evaluate(() => navigator.clipboard.readText())).toBe(
    `export REPDESK_URL=${environment.appUrl}\nexport REPDESK_TOKEN=rdk_…`,
  );
  await expect(guide(page)).not.toContainText("https://repdesk.io/help");
});

test("on a wide screen, the contents stay in view and highlight the current section", async ({ page }) => {
  await page.setViewportSize({ width: 1280, height: 800 });
  await page.goto("/docs/api#limits");
  const contents = page.getByRole("navigation", { name: "Contents" });
  await expect(contents).toBeInViewport();
  await expect(contents.locator("[aria-current='location']")).toHaveText("Limits");
  await contents.getByRole("link", { name: "Update a contact" }).click();
  await expect(guide(page).getByRole("heading", { name: "Update a contact" })).toBeInViewport();
  await expect(contents.locator("[aria-current='location']")).toHaveText("Update a contact");
  await expect(contents.locator("[aria-current='location']")).toBeInViewport();
});

test("on a narrow screen, the contents are collapsed above the text", async ({ page }) => {
  await page.setViewportSize({ width: 360, height: 800 });
  await page.goto("/docs/api");
  const contents = page.getByRole("navigation", { name: "Contents" });
  await expect(contents).toBeHidden();
  await page.getByText("Contents", { exact: true }).click();
  await contents.getByRole("link", { name: "List contacts" }).click();
  await expect(guide(page).getByRole("heading", { name: "List contacts" })).toBeInViewport();
});

test("an endpoint's section links to the explorer with that operation open", async ({ page }) => {
  test.slow();
  await page.goto("/docs/api#list-contacts");
  const section = guide(page).locator(".endpoint").filter({ hasText: "GET /api/v1/contacts" });
  await section.first().getByRole("link", { name: "Try it" }).click();
  await page.waitForURL("**/docs/api/explorer#/Contacts/listContacts");
  await page.getByRole("button", { name: "Try it out" }).click();
  await expect(page.getByRole("button", { name: "Execute" })).toBeVisible();
});
