import { expect, type Page, test } from "playwright/test";
import { ask, dialog, live, pick, row, rows, settle, shortcut, submit, type World } from "./support.ts";

/** What only contacts have: an account to choose, an email address, and a wish not to be contacted. */

const listOf = ({ company }: World) => `/${company.slug}/contacts`;
const picker = (page: Page) => page.getByRole("combobox", { name: "Account" });
const address = (page: Page) => new URL(page.url()).search;
const createButton = (page: Page) => page.getByRole("button", { name: "Create contact", exact: true });
const contact = async (world: World, fields: Record<string, unknown>): Promise<string> =>
  (await ask(world, "POST", "/contacts", fields)).id;
const account = async (world: World, name: string): Promise<string> =>
  (await ask(world, "POST", "/accounts", { name })).id;

test("a contact is created with its account, and its email address and phone are links", async ({ page, context }) => {
  const world = await settle(context);
  for (const name of ["Société Générale", "Northwind", "Northgate"]) await account(world, name);
  await page.goto(listOf(world));
  await createButton(page).click();
  await dialog(page).getByLabel("Email").fill("ana.ruiz@example.com");
  await dialog(page).getByLabel("First name").fill("Ana");
  await dialog(page).getByLabel("Last name").fill("Ruiz");
  await dialog(page).getByLabel("Phone").fill("+1 (555) 010-0100");
  await dialog(page).getByLabel("Job title").fill("Head of Purchasing");
  await pick(page, "SOCIETE", "Société Générale");
  await page.getByRole("checkbox", { name: "Do not contact" }).click();
  await submit(page, "Create contact");
  await expect(row(page, "Ana Ruiz")).toContainText(
    /Do not contact.*Head of Purchasing.*Société Générale.*Ana Ruiz.*just now/,
  );

  await page.getByRole("link", { name: "Ana Ruiz" }).click();
  await expect(page.getByText("Do not contact").first()).toBeVisible();
  await expect(page.getByRole("link", { name: "ana.ruiz@example.com" })).toHaveAttribute(
    "href",
    "mailto:ana.ruiz@example.com",
  );
  await expect(page.getByRole("link", { name: "+1 (555) 010-0100" })).toHaveAttribute("href", "tel:+15550100100");
  await page.getByRole("link", { name: "Société Générale" }).first().click();
  await expect(page.getByRole("heading", { name: "Société Générale" })).toBeVisible();
  await expect(rows(page)).toHaveCount(1);
});

test("the account picker works with the keyboard, announces results, and can be cleared", async ({ page, context }) => {
  const world = await settle(context);
  for (const name of ["Alpha", "Beta"]) await account(world, name);
  await page.goto(listOf(world));
  await createButton(page).click();
  await picker(page).focus();
  await page.keyboard.press("ArrowDown");
  await expect(page.getByRole("option")).toHaveText(["Alpha", "Beta"]);
  await expect(live(page)).toHaveText("2 accounts");
  await page.keyboard.press("ArrowDown");
  await page.keyboard.press("Enter");
  await expect(picker(page)).toHaveValue("Alpha");

  await picker(page).fill("zzz");
  await expect(page.getByText("No accounts match “zzz”.")).toBeVisible();
  await page.keyboard.press("Escape");
  await expect(picker(page)).toHaveValue("Alpha");
  await expect(dialog(page)).toBeVisible();
  await page.getByRole("button", { name: "Clear account" }).click();
  await expect(picker(page)).toHaveValue("");

  await page.route("**/api/v1/accounts?*", (route) => route.abort());
  await picker(page).fill("be");
  await expect(page.getByText("Couldn't look for accounts. Type again to retry.")).toBeVisible();
  await page.unroute("**/api/v1/accounts?*");
  await pick(page, "bet", "Beta");
});

test("filters by account, without account, and by do-not-contact are in the URL", async ({ page, context }) => {
  const world = await settle(context);
  const alpha = await account(world, "Alpha");
  await account(world, "Beta");
  await contact(world, { first_name: "José", phone: "+1 555 0142", account_id: alpha });
  await contact(world, { first_name: "Bo", account_id: alpha, do_not_contact: true });
  await contact(world, { first_name: "Cy" });
  await page.goto(listOf(world));
  await expect(rows(page)).toHaveCount(3);
  for (const [typed, count] of [
    ["jose", 1],
    ["ALPHA", 2],
    ["5550142", 1],
  ] as const) {
    await page.getByRole("searchbox").fill(typed);
    await expect(rows(page), typed).toHaveCount(count);
  }
  await page.getByRole("button", { name: "Clear search" }).click();
  await expect(rows(page)).toHaveCount(3);

  await pick(page, "alp", "Alpha");
  await expect(rows(page)).toHaveCount(2);
  expect(address(page)).toBe(`?account=${alpha}`);
  await page.getByRole("combobox", { name: "Do not contact" }).click();
  await page.getByRole("option", { name: "Can be contacted" }).click();
  await expect(rows(page)).toHaveCount(1);
  expect(address(page)).toBe(`?account=${alpha}&do_not_contact=false`);
  await page.reload();
  await expect(picker(page)).toHaveValue("Alpha");
  await page.goBack();
  await expect(rows(page)).toHaveCount(2);

  await picker(page).click();
  await page.getByRole("option", { name: "No account" }).click();
  await expect(rows(page)).toHaveCount(1);
  await expect(row(page, "Cy")).toBeVisible();
  expect(address(page)).toBe("?account=none");
  await page.getByRole("link", { name: "Clear filters" }).click();
  await expect(rows(page)).toHaveCount(3);
  await expect(picker(page)).toHaveValue("");
});

test("an account's page lists its first 10 contacts, links to all of them, and adds new ones", async ({
  page,
  context,
}) => {
  const world = await settle(context);
  const id = await account(world, "Alpha");
  for (let index = 0; index < 26; index += 1) await contact(world, { first_name: `Person ${index}`, account_id: id });
  await contact(world, { first_name: "Stranger" });
  await page.goto(`/${world.company.slug}/accounts/${id}`);
  await expect(rows(page)).toHaveCount(10);
  await shortcut(page, "n", dialog(page).getByLabel("First name"));
  await expect(picker(page)).toHaveValue("Alpha");
  await dialog(page).getByLabel("First name").fill("Newcomer");
  await submit(page, "Create contact");
  await expect(page.getByRole("link", { name: "Newcomer" })).toBeFocused();
  await page.getByRole("link", { name: "All 27 contacts" }).click();
  await page.waitForURL(`**${listOf(world)}?account=${id}`);
  await expect(picker(page)).toHaveValue("Alpha");
  await expect(rows(page)).toHaveCount(25);
  await page.getByRole("link", { name: "Next page" }).click();
  await expect(rows(page)).toHaveCount(2);
});

test("an account that someone else chose is shown by its name in a conflict", async ({ page, context }) => {
  const world = await settle(context);
  const [alpha, beta] = [await account(world, "Alpha"), await account(world, "Beta")];
  await account(world, "Gamma");
  const id = await contact(world, { first_name: "Ana", phone: "1", account_id: alpha });
  await page.goto(`${listOf(world)}/${id}`);
  await page.getByRole("button", { name: "Edit contact" }).click();
  await expect(picker(page)).toHaveValue("Alpha");
  await pick(page, "gam", "Gamma");
  await ask(world, "PATCH", `/contacts/${id}`, { account_id: beta, phone: null });
  await submit(page, "Save contact");
  const choice = page.getByRole("radiogroup", { name: "Account" });
  await expect(choice).toContainText(/Keep mine.*Gamma.*Take theirs.*Beta/);
  await expect(dialog(page).getByLabel("Phone")).toHaveValue("");
  await choice.getByRole("radio", { name: "Take theirs" }).click();
  await expect(picker(page)).toHaveValue("Beta");
  await choice.getByRole("radio", { name: "Keep mine" }).click();
  await expect(picker(page)).toHaveValue("Gamma");
  await submit(page, "Save contact");
  await expect(dialog(page)).toHaveCount(0);
  await expect(page.getByRole("link", { name: "Gamma" })).toHaveCount(2);
  expect((await ask(world, "GET", `/contacts/${id}`)).phone).toBeNull();
});
