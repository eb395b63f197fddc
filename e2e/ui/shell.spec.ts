import { expect, type Page, test } from "playwright/test";
import { api } from "../api/call.ts";
import { makeCompany } from "../api/world.ts";
import { environment } from "../environment.ts";
import { expectAccessible, held, settle } from "./support.ts";

/** The frame around every page: company, theme, signing out. */

const menuOf = (page: Page) => page.getByRole("button", { name: /^Your menu/ });
const switcher = (page: Page) => page.getByRole("button", { name: "Switch company" });

test("switching companies keeps their data apart, on pages and in records' URLs", async ({ page, context }) => {
  const { person, company } = await settle(context, "Acme");
  const second = await makeCompany(person, "Globex");
  const have = async (id: string, name: string) =>
    (await api("POST", "/accounts", { jwt: person.jwt, company: id, body: { name } })).body.id as string;
  const mine = await have(company.id, "Northwind");
  await have(second.id, "Contoso");

  await page.goto(`/${company.slug}/accounts`);
  await expect(switcher(page)).toContainText("Acme");
  await expect(page.getByRole("link", { name: "Northwind" })).toBeVisible();
  await expect(page.getByText("Contoso")).toHaveCount(0);

  await switcher(page).click();
  await expect(page.getByRole("menuitem")).toHaveText(["Acme", "Globex", "New company"]);
  await page.getByRole("menuitem", { name: "Globex" }).click();
  await page.waitForURL(`**/${second.slug}/accounts`);
  await expect(switcher(page)).toContainText("Globex");
  await expect(page.getByRole("link", { name: "Contoso" })).toBeVisible();
  await expect(page.getByText("Northwind")).toHaveCount(0);

  await page.goBack();
  await expect(switcher(page)).toContainText("Acme");
  await expect(page.getByRole("link", { name: "Northwind" })).toBeVisible();
  await expect(page.getByText("Contoso")).toHaveCount(0);

  await page.goto(`/${second.slug}/accounts/${mine}`);
  await expect(page.getByText("Northwind")).toHaveCount(0);
  await page.goto(`/${company.slug}/accounts/${mine}`);
  await expect(page.getByText("Northwind").first()).toBeVisible();
});

test("the chosen theme survives a reload, and System resets it", async ({ page, context }) => {
  const { company } = await settle(context);
  await page.emulateMedia({ colorScheme: "light" });
  await page.goto(`/${company.slug}/accounts`);
  const ground = () => page.evaluate(() => getComputedStyle(document.body).backgroundColor);
  const light = await ground();
  const choose = async (theme: string) => {
    await menuOf(page).click();
    await page.getByRole("menuitemradio", { name: theme }).click();
    await expect(page.getByRole("menuitemradio", { name: theme })).toHaveAttribute("aria-checked", "true");
    await page.keyboard.press("Escape");
  };

  await choose("Dark");
  await expect.poll(ground).not.toBe(light);
  const dark = await ground();
  const served = await (await page.reload())?.text();
  expect(served).toMatch(/<html[^>]* data-theme="dark"/);
  expect(await ground()).toBe(dark);

  await choose("System");
  await page.reload();
  await expect.poll(ground).toBe(light);
  await page.emulateMedia({ colorScheme: "dark" });
  await expect.poll(ground).toBe(dark);
});

test("signing out ends the session on the server, not only the cookie", async ({ page, context }) => {
  const { company } = await settle(context);
  await page.goto(`/${company.slug}/accounts`);
  const cookie = await held(context);
  expect((await api("GET", "/me", { cookie })).status).toBe(200);
  await menuOf(page).click();
  await page.getByRole("menuitem", { name: "Sign out" }).click();
  await page.waitForURL(`${environment.appUrl}/sign-in`);
  expect((await context.cookies()).map(({ name }) => name)).not.toContain(cookie.split("=")[0]);
  const after = await api("GET", "/me", { cookie });
  expect([after.status, after.body.code]).toEqual([401, "session_invalid"]);
});

const publicPages = [
  "/help",
  "/help/api-errors",
  "/help/api-token-public-api",
  "/help/token-doctor",
  "/docs/api",
  "/docs/api/explorer",
];

test("help, API pages and a page that isn't there keep the company that was open last", async ({ page, context }) => {
  test.slow();
  const { person, company } = await settle(context, "Acme");
  const second = await makeCompany(person, "Globex");
  const helpLink = page.getByRole("navigation", { name: "Main" }).getByRole("link", { name: "Help" });
  for (const [{ slug }, name] of [
    [second, "Globex"],
    [company, "Acme"],
  ] as const) {
    await page.goto(`/${slug}/contacts`);
    await helpLink.click();
    await page.waitForURL("**/help");
    await expect(switcher(page)).toContainText(name);
    for (const path of publicPages) {
      await page.goto(path);
      await expect(switcher(page)).toContainText(name);
      await expect(helpLink).toHaveAttribute("aria-current", path === "/help" ? "page" : "true");
    }
    await page.goto("/");
    await page.waitForURL(`**/${slug}/accounts`);
  }

  // The company in the URL takes precedence.
  const response = await page.goto(`/${second.slug}/no-such-page`);
  expect(response?.status()).toBe(404);
  await expect(page.getByRole("heading", { level: 1 })).toHaveText("This page isn't here");
  await expect(page).toHaveTitle(/Page not found/);
  await expect(switcher(page)).toContainText("Globex");
  await expectAccessible(page);
});

test("of two tabs, the one in front decides which company is open", async ({ page, context }) => {
  const { person, company } = await settle(context, "Acme");
  const second = await makeCompany(person, "Globex");
  await page.goto(`/${company.slug}/contacts`);
  const other = await context.newPage();
  await other.goto(`/${second.slug}/contacts`);
  const last = async () => (await context.cookies()).find(({ name }) => name === "repdesk-company")?.value;
  await expect.poll(last).toBe(second.slug);
  await page.evaluate(() => dispatchEvent(new Event("focus")));
  await page.getByRole("navigation", { name: "Main" }).getByRole("link", { name: "Help" }).click();
  await page.waitForURL("**/help");
  await expect(switcher(page)).toContainText("Acme");
});

test("a stranger sees the same pages without a company's navigation", async ({ page }) => {
  test.slow();
  const wordmark = page.getByRole("banner").getByRole("link", { name: "RepDesk", exact: true });
  for (const [path, status] of [...publicPages.map((path) => [path, 200] as const), ["/no/such/page", 404] as const]) {
    const response = await page.goto(path);
    expect(response?.status()).toBe(status);
    await expect(wordmark).toBeVisible();
    await expect(switcher(page)).toHaveCount(0);
    // The text of the others is the same for members, and is checked for them.
    if (path === "/help" || path === "/docs/api/explorer" || status === 404) await expectAccessible(page);
  }
  await page.getByRole("link", { name: "Go to RepDesk" }).click();
  await page.waitForURL("**/sign-in");
});

test("help keeps the company's navigation offline", async ({ page, context }) => {
  await settle(context, "Acme");
  await page.goto("/help");
  await context.setOffline(true);
  await expect(page.getByRole("region", { name: "Connection" })).toContainText("You are offline.");
  await expect(switcher(page)).toContainText("Acme");
});
