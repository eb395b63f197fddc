import { expect, type Page, test } from "playwright/test";
import { api } from "../api/call.ts";
import { makeCompany } from "../api/world.ts";
import { environment } from "../environment.ts";
import { settle } from "./support.ts";

/** The frame round every page: which company, which theme, and out again. */

const menuOf = (page: Page) => page.getByRole("button", { name: /^Your menu/ });
const switcher = (page: Page) => page.getByRole("button", { name: "Switch company" });

test("switching the company keeps the two apart, on the page and in each record's address", async ({
  page,
  context,
}) => {
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

test("the theme that one chose outlives a reload, and System takes it back", async ({ page, context }) => {
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
  const session = async () => (await context.cookies()).find(({ name }) => name.startsWith("repdesk-session"));
  const held = await session();
  const cookie = `${held?.name}=${held?.value}`;
  expect((await api("GET", "/me", { cookie })).status).toBe(200);
  await menuOf(page).click();
  await page.getByRole("menuitem", { name: "Sign out" }).click();
  await page.waitForURL(`${environment.appUrl}/sign-in`);
  expect(await session()).toBeUndefined();
  const after = await api("GET", "/me", { cookie });
  expect([after.status, after.body.code]).toEqual([401, "session_invalid"]);
});
