import { expect, test } from "playwright/test";
import { fillAccount } from "../api/world.ts";
import { ask, dialog, menu, row, rows, settle, submit, type World } from "./support.ts";

/** What only accounts have: a domain, a website, a type, and contacts. */

const listOf = ({ company }: World) => `/${company.slug}/accounts`;
const have = async (world: World, name: string): Promise<string> =>
  (await ask(world, "POST", "/accounts", { name })).id;

test("a pasted domain is normalized, and shown in Unicode with its A-label on hover", async ({ page, context }) => {
  await page.goto(listOf(await settle(context)));
  await page.getByRole("button", { name: "Create account" }).click();
  await dialog(page).getByLabel("Name").fill("Hofbrau");
  await dialog(page).getByLabel("Domain").fill("https://www.München.example/über");
  await submit(page, "Create account");
  const shown = row(page, "Hofbrau").getByText("münchen.example", { exact: true });
  await expect(shown).toHaveAttribute("title", "xn--mnchen-3ya.example");
  await page.getByRole("link", { name: "Hofbrau", exact: true }).click();
  await expect(page.getByText("münchen.example", { exact: true })).toHaveAttribute("title", "xn--mnchen-3ya.example");

  // Editing begins with the domain as people read it, which is not a change.
  await page.getByRole("button", { name: "Edit domain" }).press("Enter");
  await expect(page.getByRole("textbox", { name: "Domain" })).toHaveValue("münchen.example");
  await page.keyboard.press("Enter");
  await expect(page.getByRole("button", { name: "Edit domain" })).toBeFocused();
  await page.getByRole("button", { name: "Edit account" }).click();
  await expect(dialog(page).getByLabel("Domain")).toHaveValue("münchen.example");
  await dialog(page).getByLabel("Industry").fill("Beer");
  const sent = page.waitForRequest((request) => request.method() === "PATCH");
  await submit(page, "Save account");
  expect((await sent).postDataJSON()).toEqual({ industry: "Beer" });
});

test("a type is chosen with the keyboard, and a website needs no scheme", async ({ page, context }) => {
  await page.goto(listOf(await settle(context)));
  await page.getByRole("button", { name: "Create account" }).click();
  await dialog(page).getByLabel("Name").fill("Northwind");
  await page.keyboard.press("Tab");
  await page.keyboard.press("Enter");
  await page.getByRole("option", { name: "Customer" }).waitFor();
  await page.keyboard.press("ArrowDown");
  await page.keyboard.press("Enter");
  await expect(page.getByRole("combobox", { name: "Type" })).toBeFocused();
  await dialog(page).getByLabel("Domain").fill("Northwind.Example.com");
  await dialog(page).getByLabel("Website").fill("northwind.example.com");
  await submit(page, "Create account");
  await expect(row(page, "Northwind")).toContainText(/northwind\.example\.com.*Customer.*0.*Ana Ruiz.*just now/);
  await page.getByRole("link", { name: "Northwind", exact: true }).click();
  const website = page.getByRole("link", { name: "northwind.example.com" });
  await expect(website).toHaveAttribute("href", "https://northwind.example.com");
  await expect(website).toHaveAttribute("rel", /noopener.*noreferrer/);
  await expect(page.getByText("No contacts at Northwind yet.")).toBeVisible();
});

test("deleting an account names the consequence and keeps its contacts", async ({ page, context }) => {
  const world = await settle(context);
  const id = await have(world, "Beta");
  await have(world, "Alpha");
  for (const first_name of ["Ana", "Bo", "Cy"]) await ask(world, "POST", "/contacts", { first_name, account_id: id });
  await page.goto(listOf(world));
  await menu(page, "Beta", "Delete account");
  await expect(page.getByRole("alertdialog")).toContainText(
    "Its 3 contacts stay, without an account. Its notes are deleted with it. You can't undo this.",
  );
  await page.getByRole("button", { name: "Delete account" }).click();
  await expect(rows(page)).toHaveCount(1);
  const { data } = await ask(world, "GET", "/contacts");
  expect(data.map((contact: { account_id: string | null }) => contact.account_id)).toEqual([null, null, null]);
  await menu(page, "Alpha", "Delete account");
  await expect(page.getByRole("alertdialog")).toContainText("It has no contacts. Its notes are deleted with it.");
});

test("an account with too many contacts can't be deleted, and the dialog says how many there are and what to do", async ({
  page,
  context,
}) => {
  const world = await settle(context);
  const id = await have(world, "Northwind");
  await fillAccount(world.company, id, 10_001);
  await page.goto(`${listOf(world)}/${id}`);
  await menu(page, "Northwind", "Delete account");
  const question = page.getByRole("alertdialog", { name: "Delete “Northwind”?" });
  await question.getByRole("button", { name: "Delete account" }).click();
  await expect(question).toContainText(
    "This account has 10,001 contacts; it can be deleted with at most 10,000. Delete some contacts first, or move them to another account.",
  );
  await page.getByRole("button", { name: "Keep account" }).click();
  await expect(question).toBeHidden();
  await expect(page.getByRole("heading", { name: "Northwind", exact: true })).toBeVisible();
});
