import { expect, type Page, test } from "playwright/test";
import { api } from "../api/call.ts";
import { addMember, makeToken, signUp } from "../api/world.ts";
import { ask, expectAccessible, settle, type World } from "./support.ts";

/** What was done with a record, and who owns it. */

const activity = (page: Page) => page.getByRole("region", { name: "Activity" });
const entries = (page: Page) => activity(page).getByRole("article");
const owner = (page: Page) => page.getByRole("combobox", { name: "Owner" });
const option = (page: Page, name: string | RegExp) => page.getByRole("option", { name });

async function colleagueOf({ company }: World) {
  const id = await addMember(company, await signUp());
  return { id, name: "Kim Lee" };
}

test("notes and changes are one timeline that says who, when and through which token", async ({ page, context }) => {
  const world = await settle(context);
  const kim = await colleagueOf(world);
  const { id: account_id } = await ask(world, "POST", "/accounts", { name: "Northwind" });
  const { id } = await ask(world, "POST", "/contacts", { first_name: "Ana", phone: "+1 555 0100" });
  const path = `/contacts/${id}`;
  const token = await makeToken(world.person, world.company);
  const { body: self } = await api("GET", "/auth/token", { token: token.secret });
  await api("PATCH", path, { token: token.secret, body: { phone: "+1 555 0199", account_id } });
  await ask(world, "POST", "/notes", { body: "Called.", contact_id: id });
  await ask(world, "PATCH", path, { owner_id: kim.id, description: "Long. ".repeat(200), do_not_contact: true });
  await page.goto(`/${world.company.slug}${path}`);
  const entry = (place: number) => entries(page).nth(place);
  await expect(entries(page)).toHaveCount(4);
  await expect(entry(0)).toContainText(/Ana Ruiz ?changed/);
  await expect(entry(0)).toContainText(/OwnerAna Ruiz.*Kim Lee/);
  await expect(entry(0)).toContainText(/Descriptionedited/);
  await expect(entry(0)).toContainText(/Do not contactNo.*Yes/);
  await expect(entry(1)).toContainText("Called.");
  await expect(entry(2)).toContainText(`via ${self.name}`);
  await expect(entry(2)).toContainText(/Phone\+1 555 0100.*\+1 555 0199/);
  await expect(entry(2)).toContainText(/Accountnone.*Northwind/);
  await expect(entry(3)).toContainText("created this contact");
  await expectAccessible(page);
});

test("earlier activity is shown when asked for, and nothing is left out in between", async ({ page, context }) => {
  const world = await settle(context);
  const { id } = await ask(world, "POST", "/accounts", { name: "Northwind" });
  await ask(world, "POST", "/notes", { body: "Old note.", account_id: id, occurred_at: "2020-01-01T00:00:00Z" });
  for (let turn = 1; turn <= 22; turn += 1)
    await ask(world, "PATCH", `/accounts/${id}`, { industry: `Industry ${turn}` });
  await page.goto(`/${world.company.slug}/accounts/${id}`);
  // Changes never hide a note.
  await expect(entries(page)).toHaveCount(21);
  await expect(entries(page).nth(20)).toContainText("Old note.");
  await activity(page).getByRole("link", { name: "Show earlier activity" }).press("Enter");
  await expect(entries(page)).toHaveCount(24);
  await expect(activity(page).getByRole("listitem").nth(20)).toBeFocused();
  await expect(entries(page).nth(22)).toContainText("created this account");
  await expect(entries(page).nth(23)).toContainText("Old note.");
  await expect(activity(page).getByRole("link", { name: "Show earlier activity" })).toHaveCount(0);
});

test("a record's owner is chosen on its page by typing, and in its form", async ({ page, context }) => {
  const world = await settle(context);
  const kim = await colleagueOf(world);
  const { id } = await ask(world, "POST", "/accounts", { name: "Northwind" });
  await page.goto(`/${world.company.slug}/accounts/${id}`);
  await page.getByRole("button", { name: "Edit owner" }).press("Enter");
  await expect(owner(page)).toHaveValue("Ana Ruiz");
  await owner(page).fill("kim");
  await option(page, /Kim Lee/).click();
  await expect(page.getByRole("region", { name: "Details" })).toContainText("OwnerKLKim Lee");
  await expect(page.getByRole("button", { name: "Edit owner" })).toBeFocused();
  expect((await ask(world, "GET", `/accounts/${id}`)).owner_id).toBe(kim.id);

  await page.goto(`/${world.company.slug}/accounts`);
  await page.getByRole("button", { name: "Create account" }).click();
  const dialog = page.getByRole("dialog", { name: "Create account" });
  await dialog.getByRole("textbox", { name: "Name" }).fill("Tailspin");
  await expect(dialog.getByRole("combobox", { name: "Owner" })).toHaveValue("Ana Ruiz");
  await dialog.getByRole("combobox", { name: "Owner" }).fill("kim");
  await option(page, /Kim Lee/).click();
  await dialog.getByRole("button", { name: "Create account", exact: true }).click();
  await expect(dialog).toBeHidden();
  expect((await ask(world, "GET", "/accounts?q=tailspin")).data[0].owner_id).toBe(kim.id);
});

test("a list is narrowed to an owner, and selected records are given to one", async ({ page, context }) => {
  const world = await settle(context);
  const kim = await colleagueOf(world);
  const names = ["Ana", "Bo", "Cleo"];
  for (const first_name of names) await ask(world, "POST", "/contacts", { first_name });
  await page.goto(`/${world.company.slug}/contacts`);
  for (const name of ["Ana", "Bo"]) await page.getByRole("checkbox", { name: `Select ${name}` }).check();
  await page.getByRole("button", { name: "Set owner" }).click();
  const dialog = page.getByRole("dialog", { name: "Set the owner of 2 contacts" });
  await dialog.getByRole("button", { name: "Set owner" }).click();
  await expect(dialog).toContainText("Choose a member.");
  await dialog.getByRole("combobox", { name: "Owner" }).click();
  await option(page, /Kim Lee/).click();
  await expectAccessible(page);
  await dialog.getByRole("button", { name: "Set owner" }).click();
  await expect(dialog).toBeHidden();
  const owned = await ask(world, "GET", `/contacts?filter[owner_id]=${kim.id}&sort=name`);
  expect(owned.data.map(({ name }: { name: string }) => name)).toEqual(["Ana", "Bo"]);

  await owner(page).click();
  await option(page, /^Me/).click();
  await expect(page.getByRole("rowheader")).toHaveText([/Cleo/]);
  await expect(owner(page)).toHaveValue("Me");
  await owner(page).fill("kim");
  await option(page, /Kim Lee/).click();
  await expect(page.getByRole("rowheader")).toHaveCount(2);
  await expect(page).toHaveURL(new RegExp(`owner=${kim.id}`));
});
