import { expect, type Page, test } from "playwright/test";
import { ask, expectAccessible, live, rows, settle, type World } from "./support.ts";

/** Behavior that all lists of records share. */

const head = (page: Page, name: string) => page.getByRole("columnheader", { name });

const have = async (world: World, noun: string, fields: object): Promise<string> =>
  (await ask(world, "POST", `/${noun}`, fields)).id;

async function haveMany(world: World, count: number): Promise<void> {
  for (let index = 0; index < count; index += 1)
    await have(world, "accounts", { name: `Company ${String(index).padStart(2, "0")}`, industry: "Retail" });
}

test("a row is one line of 44 px at any table width, even with long texts", async ({ page, context }) => {
  const world = await settle(context);
  const account_id = await have(world, "accounts", { name: "Donaudampfschifffahrtsgesellschaft ".repeat(5) });
  const email = `${"x".repeat(60)}@${"long-".repeat(12)}x.example.com`;
  const texts = { title: "Head of everything ".repeat(7), phone: "1".repeat(50), do_not_contact: true };
  await have(world, "contacts", { first_name: "Ana ".repeat(20), email, account_id, ...texts });
  for (const list of ["accounts", "contacts"]) {
    for (const width of [1440, 1280, 1024, 768]) {
      await page.setViewportSize({ width, height: 800 });
      await page.goto(`/${world.company.slug}/${list}`);
      await expect(rows(page)).toHaveCount(1);
      expect((await rows(page).boundingBox())?.height, `${list} at ${width}`).toBeLessThanOrEqual(45);
      const cells = await rows(page)
        .locator(":is(th, td):visible")
        .evaluateAll((all) => all.map((cell) => cell.scrollWidth - cell.clientWidth));
      expect(Math.max(...cells), `${list} at ${width}`).toBeLessThanOrEqual(0);
    }
  }
});

test("a truncated text is shown in full on hover and when its link has focus", async ({ page, context }) => {
  const world = await settle(context);
  const name = `Donaudampfschifffahrts${"gesellschaft".repeat(8)}`;
  await have(world, "accounts", { name, industry: "Shipping" });
  await page.goto(`/${world.company.slug}/accounts`);
  const link = page.getByRole("link", { name });
  const whole = page.locator("[data-side]").getByText(name, { exact: true });
  await link.hover();
  await expect(whole).toBeVisible();
  await page.getByRole("heading", { name: "Accounts" }).hover();
  await expect(whole).toBeHidden();
  await page.getByRole("button", { name: "Updated" }).focus();
  while (!(await link.evaluate((element) => element === document.activeElement))) await page.keyboard.press("Tab");
  await expect(whole).toBeVisible();
  await page.keyboard.press("Escape");
  await expect(whole).toBeHidden();
});

test("clicking a row opens its record, except for links, text selection, and Ctrl", async ({ page, context }) => {
  const world = await settle(context);
  const account_id = await have(world, "accounts", { name: "Northwind" });
  const id = await have(world, "contacts", { first_name: "Ana", title: "Head of Purchasing", account_id });
  const list = `/${world.company.slug}/contacts`;
  await page.goto(list);
  const title = rows(page).getByText("Head of Purchasing");
  await expect(rows(page).getByRole("link", { name: "Ana" })).toHaveCount(1);

  const box = await title.boundingBox();
  if (!box) throw new Error("The title isn't shown.");
  const middle = box.y + box.height / 2;
  await page.mouse.move(box.x + 1, middle);
  await page.mouse.down();
  await page.mouse.move(box.x + 40, middle, { steps: 4 });
  await page.mouse.up();
  expect(await page.evaluate(() => getSelection()?.toString().length)).toBeGreaterThan(2);
  await expect(page).toHaveURL(list);

  await page.mouse.click(box.x + 1, box.y - 60);
  for (const press of [{ modifiers: ["Control" as const] }, { button: "middle" as const }]) {
    const [tab] = await Promise.all([context.waitForEvent("page"), title.click(press)]);
    await expect(tab).toHaveURL(`${list}/${id}`);
    await tab.close();
    await expect(page).toHaveURL(list);
  }

  await rows(page).getByRole("link", { name: "Northwind" }).click();
  await expect(page).toHaveURL(`/${world.company.slug}/accounts/${account_id}`);
  await page.goBack();
  await title.click();
  await expect(page).toHaveURL(`${list}/${id}`);
  await expect(page.getByRole("heading", { name: "Ana" })).toBeVisible();
});

test("a column header sorts the list, shows the direction, and reverses it", async ({ page, context }) => {
  const world = await settle(context);
  for (const name of ["Beta", "Alpha", "Gamma"]) await have(world, "accounts", { name });
  await page.goto(`/${world.company.slug}/accounts`);
  await expect(head(page, "Name")).toHaveAttribute("aria-sort", "none");
  await page.getByRole("button", { name: "Name" }).click();
  await expect(rows(page)).toContainText(["Alpha", "Beta", "Gamma"]);
  await expect(head(page, "Name")).toHaveAttribute("aria-sort", "ascending");
  await expect(page).toHaveURL(/\?sort=name$/);
  await page.getByRole("button", { name: "Name" }).press("Enter");
  await expect(rows(page)).toContainText(["Gamma", "Beta", "Alpha"]);
  await expect(head(page, "Name")).toHaveAttribute("aria-sort", "descending");
  await expect(page.getByRole("combobox", { name: "Order" })).toHaveText("Name, Z to A");
  await page.getByRole("button", { name: "Updated" }).click();
  await expect(rows(page)).toContainText(["Gamma", "Alpha", "Beta"]);
  await expect(page).toHaveURL(/\?sort=-updated_at$/);
  await expect(head(page, "Type")).not.toHaveAttribute("aria-sort");
});

test("a page shows its range of rows, and going back from a record returns to it", async ({ page, context }) => {
  const world = await settle(context);
  await haveMany(world, 60);
  await page.setViewportSize({ width: 1280, height: 600 });
  await page.goto(`/${world.company.slug}/accounts?sort=name&q=company`);
  await expect(page.getByText("1–25 of 60", { exact: true })).toBeVisible();
  await page.getByRole("link", { name: "Next page" }).click();
  await expect(page.getByText("26–50 of 60", { exact: true })).toBeVisible();
  const here = page.url();

  const row = page.getByRole("link", { name: "Company 44" });
  await row.scrollIntoViewIfNeeded();
  const place = await page.evaluate(() => scrollY);
  expect(place).toBeGreaterThan(0);
  await row.press("Enter");
  await expect(page.getByRole("heading", { name: "Company 44" })).toBeVisible();
  await expect(page.getByRole("main")).toBeFocused();
  await page.getByRole("main").getByRole("link", { name: "Accounts" }).click();
  await expect(page).toHaveURL(here);
  await expect(row).toBeFocused();
  await expect.poll(() => page.evaluate(() => scrollY)).toBe(place);

  // Reached in another way, the page of a record still leads to the list as one left it.
  await row.press("Enter");
  await expect(page.getByRole("heading", { name: "Company 44" })).toBeVisible();
  await page.reload();
  await page.goto(page.url().replace(/\?.*/, ""));
  await page.getByRole("main").getByRole("link", { name: "Accounts" }).click();
  await expect(page).toHaveURL(here);

  await page.getByRole("link", { name: "Next page" }).click();
  await expect(page.getByText("51–60 of 60", { exact: true })).toBeVisible();
  await page.getByRole("searchbox").fill("company 5");
  await expect(page.getByText("1–15 of 15", { exact: true })).toBeVisible();
  await expect(page).toHaveURL(/\?q=company\+5&sort=name$/);
});

const box = (page: Page, name: string) => page.getByRole("checkbox", { name, exact: true });

test("rows can be selected one by one, in ranges with Shift, and all at once, with mouse and keyboard", async ({
  page,
  context,
}) => {
  const world = await settle(context);
  await haveMany(world, 6);
  await page.goto(`/${world.company.slug}/accounts?sort=name`);
  const bar = page.getByRole("region", { name: /selected$/ });
  await expect(bar).toHaveCount(0);
  await box(page, "Select Company 01").click();
  await box(page, "Select Company 04").click({ modifiers: ["Shift"] });
  await expect(bar).toContainText("4 selected");
  await expect(live(page)).toHaveText("4 selected");
  await expect(page).toHaveURL(/sort=name$/);
  expect(await page.evaluate(() => getSelection()?.toString())).toBe("");
  await box(page, "Select Company 02").press("Space");
  await expect(bar).toContainText("3 selected");
  const all = box(page, "Select all 6 on this page");
  await expect(all).toHaveAttribute("aria-checked", "mixed");
  await all.press("Space");
  await expect(bar).toContainText("6 selected");
  await expectAccessible(page);
  await all.press("Space");
  await expect(bar).toHaveCount(0);
  await box(page, "Select Company 00").press("Space");
  await box(page, "Select Company 05").press("Shift+Space");
  await expect(bar).toContainText("6 selected");
  await page.getByRole("button", { name: "Clear the selection" }).press("Enter");
  await expect(bar).toHaveCount(0);
  await expect(page.getByRole("link", { name: "Company 00" })).toBeFocused();
});

test("adding tags to selected records keeps their own tags and concurrent changes", async ({ page, context }) => {
  const world = await settle(context);
  const first = await have(world, "accounts", { name: "Alpha", tags: ["old"] });
  const second = await have(world, "accounts", { name: "Beta" });
  await page.goto(`/${world.company.slug}/accounts`);
  await box(page, "Select all 2 on this page").click();
  await page.getByRole("button", { name: "Add tags" }).click();
  const dialog = page.getByRole("dialog", { name: "Add tags to 2 accounts" });
  await dialog.getByRole("button", { name: "Add tags", exact: true }).click();
  await expect(dialog.getByRole("textbox", { name: "Tags" })).toHaveAccessibleDescription("Write at least one tag.");
  await dialog.getByRole("textbox", { name: "Tags" }).fill("new,");
  await ask(world, "PATCH", `/accounts/${first}`, { tags: ["old", "theirs"] });
  await dialog.getByRole("button", { name: "Add tags", exact: true }).click();
  await expect(dialog).toHaveCount(0);
  await expect(live(page)).toHaveText("2 accounts tagged.");
  await expect(page.getByRole("region", { name: /selected$/ })).toHaveCount(0);
  const tags = await Promise.all([first, second].map(async (id) => (await ask(world, "GET", `/accounts/${id}`)).tags));
  expect(tags).toEqual([["old", "theirs", "new"], ["new"]]);
});

test("selected records are deleted after one question; failures are named and can be retried", async ({
  page,
  context,
}) => {
  const world = await settle(context);
  const alpha = await have(world, "accounts", { name: "Alpha" });
  for (const name of ["Beta", "Gamma", "Delta"]) await have(world, "accounts", { name });
  await have(world, "contacts", { first_name: "Ana", account_id: alpha });
  await page.goto(`/${world.company.slug}/accounts?sort=name`);
  for (const name of ["Alpha", "Beta", "Gamma"]) await box(page, `Select ${name}`).click();
  await page.getByRole("button", { name: "Delete", exact: true }).click();
  const question = page.getByRole("alertdialog");
  await expect(question).toContainText("Delete 3 accounts?");
  await expect(question).toContainText(
    "Their 1 contact stays, without an account. Their notes are deleted with them. You can't undo this.",
  );
  await expect(page.getByRole("button", { name: "Keep 3 accounts" })).toBeFocused();
  await ask(world, "PATCH", `/accounts/${alpha}`, { phone: "1" });
  await page.getByRole("button", { name: "Delete 3 accounts" }).click();
  await expect(question).toContainText("1 account not deleted");
  await expect(question.getByRole("listitem")).toHaveText(/Alpha.*Someone changed it a moment ago\./);
  // Behind the dialog, the page is hidden from assistive technology.
  await expect(page.locator("tbody tr")).toHaveCount(2);
  await expectAccessible(page);
  await page.getByRole("button", { name: "Try again" }).click();
  await expect(question).toHaveCount(0);
  await expect(rows(page)).toHaveCount(1);
  await expect(page.getByRole("link", { name: "Delta" })).toBeFocused();
  await expect(live(page)).toHaveText("1 account deleted.");
});
