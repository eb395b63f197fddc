import { expect, type Page, test } from "playwright/test";
import { kinds } from "./kinds.ts";
import { ask, choose, enter, live, row, rows, settle, shortcut, submit } from "./support.ts";

/** Every noun with pages: finding and creating records. */

const address = (page: Page) => decodeURIComponent(new URL(page.url()).search);

for (const kind of kinds) {
  const { one, many, name, detail, unique, filter, chosen, field, have } = kind;

  test(`${many}: the first one is created, focused in the list, and shown on its page`, async ({ page, context }) => {
    const world = await settle(context);
    const title = many[0]?.toUpperCase() + many.slice(1);
    await page.goto(kind.listOf(world));
    await expect(page).toHaveTitle(`${title} · Acme · RepDesk`);
    await expect(page.getByRole("heading", { name: kind.heading })).toBeVisible();
    await expect(page.getByRole("link", { name: "Import them through the API" })).toBeVisible();
    await kind.begin(page, "  Northwind ");
    const texts = { phone: "+1 555 0100", [detail]: "Wholesale", external_id: "erp-1" };
    for (const [key, text] of Object.entries(texts)) await field(page, key).fill(text);
    await field(page, "tags").fill("wholesale, key account,");
    await field(page, "description").fill("Sells to shops.\nPays late.");
    await submit(page, `Create ${one}`);
    await expect(page.getByRole("link", { name: "Northwind" })).toBeFocused();
    await expect(live(page)).toHaveText("Northwind created.");
    await expect(row(page, "Northwind")).toContainText(/Ana Ruiz.*just now/);
    const made = { [name]: "Northwind", ...texts, tags: ["wholesale", "key account"] };
    const [record] = (await ask(world, "GET", `/${many}`)).data;
    expect(record).toMatchObject({ ...made, description: "Sells to shops.\nPays late." });

    await page.getByRole("link", { name: "Northwind" }).click();
    await expect(page).toHaveTitle("Northwind · Acme · RepDesk");
    await expect(page.getByText("Sells to shops.")).toBeVisible();
    await expect(page.getByRole("region", { name: "Details" })).toContainText("Wholesale");
    await expect(page.getByText("key account", { exact: true })).toBeVisible();
    await expect(page.getByText("by Ana Ruiz")).toHaveCount(2);
    await page.getByRole("link", { name: title }).last().click();
    await expect(page.getByRole("heading", { name: title })).toBeVisible();
  });

  test(`${many}: errors are shown at their fields, and a duplicate links to the other`, async ({ page, context }) => {
    const world = await settle(context);
    const id = await have(world, "Northwind", { [unique.field]: unique.taken });
    await page.goto(kind.listOf(world));
    await kind.createButton(page).click();
    await submit(page, `Create ${one}`);
    await expect(field(page, name)).toBeFocused();
    await expect(field(page, name)).toHaveAccessibleDescription(kind.missing);
    await field(page, unique.field).fill(unique.wrong);
    await submit(page, `Create ${one}`);
    await expect(field(page, unique.field)).toHaveAccessibleDescription(unique.fault);
    await field(page, name).fill("Other");
    await expect(page.getByText(kind.missing)).toBeHidden();

    await field(page, unique.field).fill(unique.taken.toUpperCase());
    await submit(page, `Create ${one}`);
    await expect(field(page, unique.field)).toBeFocused();
    await expect(field(page, unique.field)).toHaveAccessibleDescription(unique.duplicate);
    const link = page.getByRole("link", { name: new RegExp(`^Open that ${one}`) });
    await expect(link).toHaveAttribute("href", `${kind.listOf(world)}/${id}`);
    await expect(field(page, name)).toHaveValue("Other");

    await page.keyboard.press("Escape");
    await expect(page.getByRole("alertdialog", { name: "Discard changes?" })).toBeVisible();
    await page.getByRole("button", { name: "Keep editing" }).click();
    await expect(field(page, name)).toHaveValue("Other");
  });

  test(`${many}: search ignores case and accents; search, filters, order are in the URL`, async ({ page, context }) => {
    const world = await settle(context);
    await have(world, "Zürich Söhne", chosen);
    await have(world, "Alpha Söhne");
    await have(world, "Beta", chosen);
    await page.goto(kind.listOf(world));
    await expect(rows(page)).toHaveCount(3);
    await shortcut(page, "/", page.getByRole("searchbox"));
    await page.keyboard.type("SOHNE");
    await expect(rows(page)).toHaveCount(2);
    await expect(live(page)).toHaveText(`2 ${many}`);
    expect(address(page)).toBe("?q=SOHNE");
    await choose(page, "Order", "Name, A to Z");
    await page.waitForURL(/sort=name/);
    await expect(rows(page).first()).toContainText("Alpha Söhne");
    await choose(page, filter.list, filter.choice);
    await expect(rows(page)).toHaveCount(1);
    for (const part of ["q=SOHNE", "sort=name", filter.query]) expect(address(page)).toContain(part);

    await page.reload();
    await expect(rows(page)).toHaveCount(1);
    await expect(page.getByRole("searchbox")).toHaveValue("SOHNE");
    const filterBox = page.getByRole("combobox", { name: filter.list });
    await expect(filterBox).toHaveText(filter.choice);
    await page.goBack();
    await expect(rows(page)).toHaveCount(2);
    await expect(filterBox).toHaveText(filter.all);

    await page.getByRole("searchbox").fill("nothing like it");
    await expect(page.getByRole("heading", { name: `No ${many} match “nothing like it”` })).toBeVisible();
    await expect(kind.createButton(page)).toBeVisible();
    await page.getByRole("link", { name: "Clear filters" }).click();
    await expect(rows(page)).toHaveCount(3);
    await expect(page.getByRole("searchbox")).toHaveValue("");
    await page.goto(`${kind.listOf(world)}?${filter.query.replace(/=.*/, "=nonsense")}&sort=colour`);
    await expect(rows(page)).toHaveCount(3);
  });

  test(`${many}: a page has 25 rows, Back returns to it, and a filter starts at the first`, async ({
    page,
    context,
  }) => {
    const world = await settle(context);
    for (let index = 0; index < 28; index += 1) await have(world, `Firm ${String(index).padStart(2, "0")}`, chosen);
    await page.goto(`${kind.listOf(world)}?sort=name`);
    await expect(rows(page)).toHaveCount(25);
    await page.getByRole("link", { name: "Next page" }).click();
    await expect(rows(page)).toHaveCount(3);
    await expect(rows(page).first()).toContainText("Firm 25");
    await page.goBack();
    await expect(rows(page).first()).toContainText("Firm 00");
    await page.goForward();
    await expect(rows(page).first()).toContainText("Firm 25");
    await page.getByRole("link", { name: "First page" }).click();
    await expect(rows(page)).toHaveCount(25);

    await page.getByRole("link", { name: "Next page" }).click();
    await expect(rows(page)).toHaveCount(3);
    await choose(page, filter.list, filter.choice);
    await expect(rows(page)).toHaveCount(25);
    expect(address(page)).not.toContain("cursor");
    await page.goto(`${kind.listOf(world)}?cursor=made-up`);
    await expect(rows(page)).toHaveCount(25);
    expect(address(page)).toBe("");
  });

  test(`${many}: a new one that the filtered list would hide is shown in the full list`, async ({ page, context }) => {
    const world = await settle(context);
    await have(world, "Alpha", chosen);
    await page.goto(`${kind.listOf(world)}?${filter.query}&sort=name`);
    await kind.begin(page, "Beta");
    await submit(page, `Create ${one}`);
    await expect(page.getByRole("link", { name: "Beta" })).toBeFocused();
    expect(address(page)).toBe("");
  });

  test(`${many}: a missing record, or one of another company, has a not-found page`, async ({
    page,
    context,
    browser,
  }) => {
    const id = await have(await settle(context), "Beta");
    const elsewhere = await browser.newContext();
    const other = await settle(elsewhere);
    await elsewhere.close();
    await enter(context, other.person);
    for (const wrong of [id, `${id.slice(0, 4)}01jd8qv5k7e9ga3m2x4n6r8t0w`, "nonsense"]) {
      const answer = await page.goto(`${kind.listOf(other)}/${wrong}`);
      expect(answer?.status()).toBe(404);
      await expect(page.getByRole("heading", { name: `This ${one} isn't here` })).toBeVisible();
    }
    await page.getByRole("link", { name: `Go to ${many}` }).click();
    await expect(page.getByRole("heading", { level: 1, name: new RegExp(`^${many}$`, "i") })).toBeVisible();
  });
}
