import { expect, type Page, test } from "playwright/test";
import { api } from "../api/call.ts";
import { environment } from "../environment.ts";
import { expectAccessible, settle, shortcut } from "./support.ts";

/** Keyboard shortcuts with their switch in My Settings, and losing and regaining the network. */

const said = (page: Page) => page.locator("[aria-live=polite].sr-only");
const box = (page: Page) => page.getByRole("checkbox", { name: "Use keyboard shortcuts" });
const keysDialog = (page: Page) => page.getByRole("dialog", { name: "Keys" });

test("shortcuts are turned off and on in My Settings, for this browser and immediately", async ({ page, context }) => {
  const { person, company } = await settle(context);
  await api("POST", "/accounts", { jwt: person.jwt, company: company.id, body: { name: "Northwind" } });
  await page.goto(`/${company.slug}/settings/profile`);
  await expect(box(page)).toBeChecked();
  await expect(box(page)).toHaveAccessibleDescription("/ goes to search, n creates, ? shows the keys.");

  await box(page).press("Space");
  await expect(box(page)).not.toBeChecked();
  await expect(said(page)).toHaveText("Keyboard shortcuts are off.");
  const [cookie] = (await context.cookies()).filter(({ name }) => name === "repdesk-keys");
  expect(cookie).toMatchObject({ value: "off", path: "/", sameSite: "Lax", httpOnly: false });
  expect((cookie?.expires ?? 0) - Date.now() / 1000).toBeGreaterThan(364 * 24 * 3600);
  await expectAccessible(page);

  // On other pages too, and on returning to a page that the router has cached.
  await page.getByRole("link", { name: "Accounts" }).click();
  await expect(page.getByRole("heading", { name: "Accounts" })).toBeVisible();
  for (const key of ["?", "/", "n"]) await page.keyboard.press(key);
  await expect(page.getByRole("dialog")).toHaveCount(0);
  await expect(page.getByRole("searchbox")).not.toBeFocused();
  await page.goBack();
  await expect(box(page)).not.toBeChecked();

  await box(page).click();
  await expect(said(page)).toHaveText("Keyboard shortcuts are on.");
  await page.getByRole("heading", { name: "Profile" }).click();
  await page.keyboard.press("?");
  await expect(keysDialog(page)).toBeVisible();
});

test("the server renders the checkbox in the right state", async ({ browser, context }) => {
  const { company } = await settle(context);
  const still = await browser.newContext({ storageState: await context.storageState(), javaScriptEnabled: false });
  const page = await still.newPage();
  const profile = `${environment.appUrl}/${company.slug}/settings/profile`;
  await page.goto(profile);
  await expect(box(page)).toBeChecked();
  await still.addCookies([{ name: "repdesk-keys", value: "off", url: environment.appUrl }]);
  await page.goto(profile);
  await expect(box(page)).not.toBeChecked();
  await still.close();
});

test("shortcuts search, create, and list themselves with a link to their switch", async ({ page, context }) => {
  const { person, company } = await settle(context);
  await api("POST", "/accounts", {
    jwt: person.jwt,
    company: company.id,
    body: { name: "Northwind" },
  });
  await page.goto(`/${company.slug}/accounts`);
  await shortcut(page, "/", page.getByRole("searchbox"));
  await page.keyboard.type("?n/");
  await expect(page.getByRole("searchbox")).toHaveValue("?n/");
  await page.getByRole("heading", { name: "Accounts" }).click();
  await page.keyboard.press("n");
  await expect(page.getByRole("dialog")).toBeVisible();
  await page.keyboard.press("Escape");
  await expect(page.getByRole("dialog")).toHaveCount(0);

  await page.keyboard.press("?");
  await expect(keysDialog(page)).toBeVisible();
  await expectAccessible(page);
  await keysDialog(page).getByRole("link", { name: "My Settings" }).click();
  await expect(keysDialog(page)).toBeHidden();
  await expect(box(page)).toBeInViewport();
});

test("shortcuts work while a toast is shown", async ({ page, context }) => {
  const { company } = await settle(context);
  await page.goto(`/${company.slug}/settings/profile`);
  await page.getByLabel("Your name").fill("Ana R. Ruiz");
  await page.getByRole("button", { name: "Save name" }).click();
  await expect(page.getByText("Name saved.", { exact: true }).first()).toBeVisible();
  await page.keyboard.press("?");
  await expect(keysDialog(page)).toBeVisible();
});

test("a banner shows that the browser is offline; back online, the page refreshes by itself", async ({
  page,
  context,
}) => {
  const { person, company } = await settle(context);
  const by = { jwt: person.jwt, company: company.id };
  await page.goto(`/${company.slug}/settings/profile`);
  await page.getByLabel("New password").fill("half-typed");

  await context.setOffline(true);
  const banner = page.getByRole("region", { name: "Connection" });
  await expect(banner).toContainText("You are offline.");
  await expect(said(page)).toContainText("You are offline.");
  await expectAccessible(page);
  await api("PATCH", "/me", { ...by, body: { name: "Ana Changed" } });

  await context.setOffline(false);
  await expect(banner).toBeHidden();
  await expect(said(page)).toHaveText("You are online again. What you see is up to date.");
  await expect(page.getByRole("button", { name: "Your menu, Ana Changed" })).toBeVisible();
  await expect(page.getByLabel("New password")).toHaveValue("half-typed");
});

test("waits while the network is up but RepDesk is unreachable, and nothing typed is lost", async ({
  page,
  context,
}) => {
  const { company } = await settle(context);
  await page.goto(`/${company.slug}/settings/profile`);
  await page.getByLabel("New password").fill("half-typed");
  await context.setOffline(true);
  await expect(page.getByRole("region", { name: "Connection" })).toBeVisible();

  let refused = 0;
  await context.route("**/*", (route) => {
    refused += 1;
    return route.abort("connectionrefused");
  });
  await context.setOffline(false);
  await expect.poll(() => refused).toBeGreaterThan(1);
  await context.unroute("**/*");
  await expect(said(page)).toHaveText("You are online again. What you see is up to date.", { timeout: 15_000 });
  await expect(page.getByLabel("New password")).toHaveValue("half-typed");
});

test("a failed sign-out is reported and can be retried", async ({ page, context }) => {
  const { company } = await settle(context);
  await page.goto(`/${company.slug}/accounts`);
  const signOut = async () => {
    await page.getByRole("button", { name: /^Your menu/ }).click();
    await page.getByRole("menuitem", { name: "Sign out" }).click();
  };
  await page.route("**/auth/sign-out", (route) => route.abort());
  await signOut();
  await expect(page.getByRole("alert").filter({ hasText: "You are still signed in." })).toContainText("Try again.");
  await page.unroute("**/auth/sign-out");
  await signOut();
  await page.waitForURL("**/sign-in");
});
