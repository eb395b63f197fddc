import { expect, type Page, test } from "playwright/test";
import { api, type Reply } from "../api/call.ts";
import { type Company, fillAccount, type Person } from "../api/world.ts";
import { enter, expectAccessible, settle, shortcut, tabTo } from "./support.ts";

/** Accounts: finding, creating, editing with conflicts, deleting. */

type World = { person: Person; company: Company };

const listOf = ({ slug }: Company) => `/${slug}/accounts`;
const row = (page: Page, name: string) =>
  page.getByRole("row").filter({ has: page.getByRole("link", { name, exact: true }) });
const rows = (page: Page) => page.getByRole("row").filter({ has: page.getByRole("rowheader") });
const dialog = (page: Page) => page.getByRole("dialog");
const createButton = (page: Page) => page.getByRole("button", { name: "Create account", exact: true });
const submit = (page: Page, name: string) => dialog(page).getByRole("button", { name, exact: true }).click();
const live = (page: Page) => page.locator("[aria-live=polite].sr-only");
const address = (page: Page) => decodeURIComponent(new URL(page.url()).search);

/** Changes by someone else, directly through the API. */
async function ask({ person, company }: World, method: string, path: string, body?: unknown): Promise<Reply> {
  const reply = await api(method, path, { jwt: person.jwt, company: company.id, body });
  expect(reply.status, reply.text).toBeLessThan(300);
  return reply;
}

async function have(world: World, account: Record<string, unknown>): Promise<string> {
  return (await ask(world, "POST", "/accounts", account)).body.id;
}

async function choose(page: Page, list: string, option: string): Promise<void> {
  await page.getByRole("combobox", { name: list, exact: true }).click();
  await page.getByRole("option", { name: option, exact: true }).click();
}

async function menu(page: Page, name: string, item: string): Promise<void> {
  await page.getByRole("button", { name: `Actions for ${name}` }).click();
  await page.getByRole("menuitem", { name: item }).click();
}

test("a pasted domain is normalized, and shown in Unicode with its A-label on hover", async ({ page, context }) => {
  const { company } = await settle(context);
  await page.goto(listOf(company));
  await createButton(page).click();
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

test("creates the first account, focuses it in the list, and shows it on its own page", async ({ page, context }) => {
  const { company } = await settle(context);
  await page.goto(listOf(company));
  await expect(page).toHaveTitle("Accounts · Acme · RepDesk");
  await expect(page.getByRole("heading", { name: "Keep track of the companies you sell to" })).toBeVisible();
  await expect(page.getByRole("link", { name: "Import them through the API" })).toBeVisible();

  await createButton(page).click();
  await expect(dialog(page).getByLabel("Name")).toBeFocused();
  await dialog(page).getByLabel("Name").fill("  Northwind Trading ");
  await choose(page, "Type", "Customer");
  await dialog(page).getByLabel("Domain").fill("Northwind.Example.com");
  await dialog(page).getByLabel("Website").fill("northwind.example.com");
  await dialog(page).getByLabel("Tags").fill("wholesale, key account,");
  await dialog(page).getByLabel("Description").fill("Sells to shops.\nPays late.");
  await submit(page, "Create account");
  await expect(page.getByRole("link", { name: "Northwind Trading" })).toBeFocused();
  await expect(live(page)).toHaveText("Northwind Trading created.");
  await expect(row(page, "Northwind Trading")).toContainText(
    /northwind\.example\.com.*Customer.*0.*Ana Ruiz.*just now/,
  );

  await page.getByRole("link", { name: "Northwind Trading" }).click();
  await expect(page).toHaveTitle("Northwind Trading · Acme · RepDesk");
  const website = page.getByRole("link", { name: "northwind.example.com" });
  await expect(website).toHaveAttribute("href", "https://northwind.example.com");
  await expect(website).toHaveAttribute("rel", /noopener.*noreferrer/);
  await expect(page.getByText("Sells to shops.")).toBeVisible();
  await expect(page.getByText("key account", { exact: true })).toBeVisible();
  await expect(page.getByText("by Ana Ruiz")).toHaveCount(2);
  await expect(page.getByText("No contacts at Northwind Trading yet.")).toBeVisible();
  await page.getByRole("link", { name: "Accounts" }).last().click();
  await expect(page.getByRole("heading", { name: "Accounts" })).toBeVisible();
});

test("shows errors at their fields, and links a duplicate to the existing account", async ({ page, context }) => {
  const world = await settle(context);
  const id = await have(world, { name: "Northwind", domain: "northwind.example.com" });
  await page.goto(listOf(world.company));
  await createButton(page).click();
  await dialog(page).getByLabel("Domain").fill("other");
  await submit(page, "Create account");
  await expect(dialog(page).getByLabel("Name")).toBeFocused();
  await expect(dialog(page).getByLabel("Name")).toHaveAccessibleDescription(
    "Give the account a name, so you can find it again.",
  );
  await expect(dialog(page).getByLabel("Domain")).toHaveAccessibleDescription(/^Not a domain\. Use a domain such as/);
  await dialog(page).getByLabel("Name").fill("Other");
  await expect(page.getByText("Give the account a name")).toBeHidden();

  await dialog(page).getByLabel("Domain").fill("NORTHWIND.example.com");
  await submit(page, "Create account");
  await expect(dialog(page).getByLabel("Domain")).toBeFocused();
  await expect(dialog(page).getByLabel("Domain")).toHaveAccessibleDescription("Another account has this domain.");
  await expect(page.getByRole("link", { name: /^Open that account/ })).toHaveAttribute(
    "href",
    `${listOf(world.company)}/${id}`,
  );
  await expect(dialog(page).getByLabel("Name")).toHaveValue("Other");

  await page.keyboard.press("Escape");
  await expect(page.getByRole("alertdialog", { name: "Discard changes?" })).toBeVisible();
  await page.getByRole("button", { name: "Keep editing" }).click();
  await expect(dialog(page).getByLabel("Name")).toHaveValue("Other");
});

test("search ignores case and accents, and search, filters, and order are in the URL", async ({ page, context }) => {
  const world = await settle(context);
  await have(world, { name: "Zürich Söhne", type: "customer" });
  await have(world, { name: "Alpha Söhne", type: "prospect" });
  await have(world, { name: "Beta", type: "customer" });
  await page.goto(listOf(world.company));
  await expect(rows(page)).toHaveCount(3);

  await shortcut(page, "/", page.getByRole("searchbox"));
  await page.keyboard.type("SOHNE");
  await expect(rows(page)).toHaveCount(2);
  await expect(live(page)).toHaveText("2 accounts");
  expect(address(page)).toBe("?q=SOHNE");
  await choose(page, "Order", "Name, A to Z");
  await page.waitForURL(/sort=name/);
  await expect(rows(page).first()).toContainText("Alpha Söhne");
  await choose(page, "Type", "Customer");
  await expect(rows(page)).toHaveCount(1);
  expect(address(page)).toBe("?q=SOHNE&sort=name&type=customer");

  await page.reload();
  await expect(rows(page)).toHaveCount(1);
  await expect(page.getByRole("searchbox")).toHaveValue("SOHNE");
  await expect(page.getByRole("combobox", { name: "Type" })).toHaveText("Customer");
  await page.goBack();
  await expect(rows(page)).toHaveCount(2);
  await expect(page.getByRole("combobox", { name: "Type" })).toHaveText("All types");

  await page.getByRole("searchbox").fill("nothing like it");
  await expect(page.getByRole("heading", { name: "No accounts match “nothing like it”" })).toBeVisible();
  await expect(createButton(page)).toBeVisible();
  await page.getByRole("link", { name: "Clear filters" }).click();
  await expect(rows(page)).toHaveCount(3);
  await expect(page.getByRole("searchbox")).toHaveValue("");
  await page.goto(`${listOf(world.company)}?type=nonsense&sort=colour`);
  await expect(rows(page)).toHaveCount(3);
});

test("shows 25 rows per page; Back returns to the previous page, and a new filter starts at the first", async ({
  page,
  context,
}) => {
  const world = await settle(context);
  const names = Array.from({ length: 28 }, (_, index) => `Firm ${String(index).padStart(2, "0")}`);
  for (const name of names) await have(world, { name, type: "vendor" });
  await page.goto(`${listOf(world.company)}?sort=name`);
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
  await choose(page, "Type", "Vendor");
  await expect(rows(page)).toHaveCount(25);
  expect(address(page)).toBe("?sort=name&type=vendor");
  await page.goto(`${listOf(world.company)}?cursor=made-up`);
  await expect(rows(page)).toHaveCount(25);
  expect(address(page)).toBe("");
});

test("a new account that the filtered list would hide is shown in the full list", async ({ page, context }) => {
  const world = await settle(context);
  await have(world, { name: "Alpha", type: "vendor" });
  await page.goto(`${listOf(world.company)}?type=vendor&sort=name`);
  await createButton(page).click();
  await dialog(page).getByLabel("Name").fill("Beta");
  await submit(page, "Create account");
  await expect(page.getByRole("link", { name: "Beta" })).toBeFocused();
  expect(address(page)).toBe("");
});

test("an edit sends only changes with the version that was read, and focus returns to its start", async ({
  page,
  context,
}) => {
  const world = await settle(context);
  const id = await have(world, { name: "Northwind", phone: "+1 555 0100", industry: "Retail", tags: ["a"] });
  await page.goto(listOf(world.company));
  await menu(page, "Northwind", "Edit account");
  await expect(dialog(page).getByLabel("Phone")).toHaveValue("+1 555 0100");
  await dialog(page).getByLabel("Phone").fill("+1 555 0199");
  await dialog(page).getByLabel("Industry").fill(" ");
  await dialog(page).getByLabel("Tags").fill("b");
  const sent = page.waitForRequest((request) => request.method() === "PATCH");
  await submit(page, "Save account");
  const request = await sent;
  expect(request.postDataJSON()).toEqual({ phone: "+1 555 0199", industry: null, tags: ["a", "b"] });
  expect(request.headers()["if-match"]).toBe('"v1"');
  await expect(dialog(page)).toHaveCount(0);
  await expect(page.getByRole("button", { name: "Actions for Northwind" })).toBeFocused();
  await expect(live(page)).toHaveText("Northwind saved.");

  let patches = 0;
  page.on("request", (other) => {
    if (other.method() === "PATCH") patches += 1;
  });
  await page.goto(`${listOf(world.company)}/${id}`);
  await page.getByRole("button", { name: "Edit account" }).click();
  await submit(page, "Save account");
  await expect(dialog(page)).toHaveCount(0);
  expect(patches).toBe(0);
  await page.getByRole("button", { name: "Edit account" }).click();
  await dialog(page).getByLabel("Name").fill("Northwind & Sons");
  await submit(page, "Save account");
  await expect(page.getByRole("heading", { name: "Northwind & Sons" })).toBeVisible();
  await expect(page).toHaveTitle(/^Northwind & Sons/);
  expect(patches).toBe(1);
});

test("a conflicting change is shown next to one's own, field by field, and nothing typed is lost", async ({
  page,
  context,
}) => {
  const world = await settle(context);
  const id = await have(world, { name: "Northwind", phone: "1", industry: "Retail", website: "https://a.example.com" });
  await page.goto(`${listOf(world.company)}/${id}`);
  await page.getByRole("button", { name: "Edit account" }).click();
  await dialog(page).getByLabel("Phone").fill("mine 1");
  await dialog(page).getByLabel("Industry").fill("mine 2");
  await dialog(page).getByLabel("Description").fill("mine 3");
  await ask(world, "PATCH", `/accounts/${id}`, { phone: "theirs 1", industry: "theirs 2", website: null });
  await submit(page, "Save account");

  await expect(page.getByText("Ana Ruiz saved this account while you were editing.")).toBeVisible();
  const phone = page.getByRole("radiogroup", { name: "Phone" });
  await expect(phone.getByRole("radio", { name: "Keep mine" })).toBeChecked();
  await expect(phone).toContainText(/mine 1.*theirs 1/);
  await expect(page.getByRole("region", { name: "Changed by someone else" })).toContainText("Website");
  await expect(dialog(page).getByLabel("Website")).toHaveValue("");
  await expectAccessible(page);
  await page.getByRole("button", { name: "Take all of theirs" }).click();
  await expect(page.getByRole("textbox", { name: "Phone" })).toHaveValue("theirs 1");
  await phone.getByRole("radio", { name: "Keep mine" }).click();
  await expect(page.getByRole("textbox", { name: "Phone" })).toHaveValue("mine 1");

  await ask(world, "PATCH", `/accounts/${id}`, { tags: ["again"] });
  await submit(page, "Save account");
  await expect(page.getByText("Save again to add your changes to theirs.")).toBeVisible();
  await submit(page, "Save account");
  await expect(dialog(page)).toHaveCount(0);
  const { body } = await ask(world, "GET", `/accounts/${id}`);
  expect(body).toMatchObject({
    phone: "mine 1",
    industry: "theirs 2",
    description: "mine 3",
    website: null,
    tags: ["again"],
  });
});

test("deleting an account names the consequence, keeps its contacts, and focuses the next row", async ({
  page,
  context,
}) => {
  const world = await settle(context);
  await have(world, { name: "Gamma" });
  const id = await have(world, { name: "Beta" });
  await have(world, { name: "Alpha" });
  for (const first_name of ["Ana", "Bo", "Cy"]) await ask(world, "POST", "/contacts", { first_name, account_id: id });
  await page.goto(listOf(world.company));
  await menu(page, "Beta", "Delete account");
  const question = page.getByRole("alertdialog", { name: "Delete “Beta”?" });
  await expect(question).toContainText(
    "Its 3 contacts stay, without an account. Its notes are deleted with it. You can't undo this.",
  );
  await expect(page.getByRole("button", { name: "Keep account" })).toBeFocused();
  await page.keyboard.press("Enter");
  await expect(rows(page)).toHaveCount(3);
  await expect(page.getByRole("button", { name: "Actions for Beta" })).toBeFocused();

  await menu(page, "Beta", "Delete account");
  await page.getByRole("button", { name: "Delete account" }).click();
  await expect(rows(page)).toHaveCount(2);
  await expect(page.getByRole("link", { name: "Gamma" })).toBeFocused();
  await expect(live(page)).toHaveText("Beta deleted.");
  const { body } = await ask(world, "GET", "/contacts");
  expect(body.data.map((contact: { account_id: string | null }) => contact.account_id)).toEqual([null, null, null]);

  await page.getByRole("link", { name: "Gamma" }).click();
  await expect(page.getByRole("heading", { name: "Gamma", level: 1 })).toBeVisible();
  await menu(page, "Gamma", "Delete account");
  await expect(page.getByRole("alertdialog")).toContainText("It has no contacts. Its notes are deleted with it.");
  await page.getByRole("alertdialog").getByRole("button", { name: "Delete account" }).click();
  await page.waitForURL(`**${listOf(world.company)}`);
  await expect(page.getByText("Account deleted.")).toBeVisible();
  await expect(rows(page)).toHaveCount(1);
});

test("an account with too many contacts can't be deleted, and the dialog says how many there are and what to do", async ({
  page,
  context,
}) => {
  const world = await settle(context);
  const id = await have(world, { name: "Northwind" });
  await fillAccount(world.company, id, 10_001);
  await page.goto(`${listOf(world.company)}/${id}`);
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

test("an account that someone changed isn't deleted without asking again; one that someone deleted is gone anyway", async ({
  page,
  context,
}) => {
  const world = await settle(context);
  const id = await have(world, { name: "Beta" });
  await have(world, { name: "Alpha" });
  await page.goto(listOf(world.company));
  await ask(world, "PATCH", `/accounts/${id}`, { name: "Beta now" });
  await menu(page, "Beta", "Delete account");
  await page.getByRole("button", { name: "Delete account" }).click();
  await expect(page.getByText("Someone changed it a moment ago. Delete it only if you still want to.")).toBeVisible();
  await expect(page.getByRole("alertdialog", { name: "Delete “Beta now”?" })).toBeVisible();
  await ask(world, "DELETE", `/accounts/${id}`);
  await page.getByRole("button", { name: "Delete account" }).click();
  await expect(rows(page)).toHaveCount(1);

  const [alpha] = (await ask(world, "GET", "/accounts")).body.data;
  await menu(page, "Alpha", "Edit account");
  await dialog(page).getByLabel("Phone").fill("typed");
  await ask(world, "DELETE", `/accounts/${alpha.id}`);
  await submit(page, "Save account");
  await expect(page.getByRole("alert")).toContainText("Someone deleted this account, so it can't be saved.");
  await expect(dialog(page).getByLabel("Phone")).toHaveValue("typed");
});

test("a missing account, or one of another company, has a not-found page", async ({ page, context, browser }) => {
  const world = await settle(context);
  const id = await have(world, { name: "Beta" });
  const other = await settle(await browser.newContext());
  await enter(context, other.person);
  for (const wrong of [id, "acc_01jd8qv5k7e9ga3m2x4n6r8t0w", "nonsense"]) {
    const answer = await page.goto(`${listOf(other.company)}/${wrong}`);
    expect(answer?.status()).toBe(404);
    await expect(page.getByRole("heading", { name: "This account isn't here" })).toBeVisible();
  }
  await page.getByRole("link", { name: "Go to accounts" }).click();
  await expect(page.getByRole("heading", { name: "Accounts", exact: true })).toBeVisible();
});

test("everything works with the keyboard alone", async ({ page, context }) => {
  const { keyboard } = page;
  const { company } = await settle(context);
  await page.goto(listOf(company));
  await expect(createButton(page)).toBeVisible();
  await shortcut(page, "n", dialog(page).getByLabel("Name"));
  await keyboard.type("Northwind");
  await keyboard.press("Tab");
  await keyboard.press("Enter");
  await page.getByRole("option", { name: "Customer" }).waitFor();
  await keyboard.press("ArrowDown");
  await keyboard.press("Enter");
  await expect(page.getByRole("combobox", { name: "Type" })).toBeFocused();
  await dialog(page).getByLabel("Tags").focus();
  await keyboard.type("one");
  await keyboard.press("Enter");
  await keyboard.type("two,three");
  await keyboard.press("Enter");
  await keyboard.press("Backspace");
  await expect(page.getByRole("button", { name: "Remove tag three" })).toHaveCount(0);
  await keyboard.press("Enter");
  await expect(page.getByRole("link", { name: "Northwind" })).toBeFocused();

  await tabTo(page, "button", "Actions for Northwind");
  await keyboard.press("Enter");
  await expect(page.getByRole("menuitem", { name: "Edit account" })).toBeFocused();
  await keyboard.press("Enter");
  await expect(dialog(page).getByLabel("Name")).toBeFocused();
  await expect(page.getByRole("button", { name: /^Remove tag/ })).toHaveCount(2);
  await keyboard.press("End");
  await keyboard.type(" & Sons");
  await dialog(page).getByLabel("Description").focus();
  await keyboard.type("Two lines");
  await keyboard.press("Control+Enter");
  await expect(page.getByRole("button", { name: "Actions for Northwind & Sons" })).toBeFocused();
  await keyboard.press("Shift+Tab");
  await keyboard.press("Enter");
  await expect(page.getByRole("heading", { name: "Northwind & Sons" })).toBeVisible();
  await tabTo(page, "button", "Actions for Northwind & Sons");
  await keyboard.press("Enter");
  await expect(page.getByRole("menuitem", { name: "Delete account" })).toBeFocused();
  await keyboard.press("Enter");
  await expect(page.getByRole("button", { name: "Keep account" })).toBeFocused();
  await keyboard.press("Tab");
  await keyboard.press("Enter");
  await expect(page.getByRole("heading", { name: "Keep track of the companies you sell to" })).toBeVisible();
});

test("all account pages are accessible at every width, in light and dark", async ({ page, context }) => {
  test.setTimeout(120_000);
  const world = await settle(context);
  const path = listOf(world.company);
  await page.goto(path);
  await expect(createButton(page)).toBeVisible();
  await expectAccessible(page);
  const long = "Donaudampfschifffahrtselektrizitätenhauptbetriebswerkbauunterbeamtengesellschaft";
  const domain = `${"long-".repeat(12)}x.example.com`;
  const id = await have(world, {
    name: long,
    domain,
    website: `https://${domain}`,
    industry: "Shipping",
    tags: [long.slice(0, 50)],
  });
  await ask(world, "POST", "/contacts", {
    first_name: "Ana",
    email: `ana@${domain}`,
    account_id: id,
    do_not_contact: true,
  });

  for (const width of [1280, 768, 320]) {
    await page.setViewportSize({ width, height: 800 });
    for (const at of [path, `${path}?q=nothing`, `${path}/${id}`, `${path}/nonsense`]) {
      await page.goto(at);
      await expect(page.getByRole("heading", { level: 1 })).toBeVisible();
      const wider = await page.evaluate(
        () => document.documentElement.scrollWidth - document.documentElement.clientWidth,
      );
      expect(wider, `${at} at ${width}`).toBeLessThanOrEqual(0);
      if (width !== 768) await expectAccessible(page);
    }
    await page.goto(path);
    await createButton(page).click();
    await submit(page, "Create account");
    await expect(dialog(page).getByLabel("Name")).toBeFocused();
    await expectAccessible(page);
    await page.keyboard.press("Escape");
    await menu(page, long, "Delete account");
    await expect(page.getByRole("button", { name: "Keep account" })).toBeFocused();
    await expectAccessible(page);
  }
});
