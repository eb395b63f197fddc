import { expect, type Page, test } from "playwright/test";
import { api, type Reply } from "../api/call.ts";
import { auth, cookieOfSignIn } from "../api/session-cookie.ts";
import type { Company, Person } from "../api/world.ts";
import { expectAccessible, settle, shortcut } from "./support.ts";

/** Contacts: finding, creating, choosing an account, editing with conflicts, deleting. */

type World = { person: Person; company: Company };

const listOf = ({ slug }: Company) => `/${slug}/contacts`;
const row = (page: Page, name: string) =>
  page.getByRole("row").filter({ has: page.getByRole("link", { name, exact: true }) });
const rows = (page: Page) => page.getByRole("row").filter({ has: page.getByRole("rowheader") });
const dialog = (page: Page) => page.getByRole("dialog");
const picker = (page: Page) => page.getByRole("combobox", { name: "Account" });
const createButton = (page: Page) => page.getByRole("button", { name: "Create contact", exact: true });
const submit = (page: Page, name: string) => dialog(page).getByRole("button", { name, exact: true }).click();
const live = (page: Page) => page.locator("[aria-live=polite].sr-only");
const address = (page: Page) => decodeURIComponent(new URL(page.url()).search);

/** Changes by someone else, directly through the API. */
async function ask({ person, company }: World, method: string, path: string, body?: unknown): Promise<Reply> {
  const reply = await api(method, path, { jwt: person.jwt, company: company.id, body });
  expect(reply.status, reply.text).toBeLessThan(300);
  return reply;
}

const contact = async (world: World, fields: Record<string, unknown>): Promise<string> =>
  (await ask(world, "POST", "/contacts", fields)).body.id;
const account = async (world: World, name: string): Promise<string> =>
  (await ask(world, "POST", "/accounts", { name })).body.id;

async function menu(page: Page, name: string, item: string): Promise<void> {
  await page.getByRole("button", { name: `Actions for ${name}` }).click();
  await page.getByRole("menuitem", { name: item }).click();
}

/** Finds an account in the picker by typing. */
async function pick(page: Page, typed: string, name: string): Promise<void> {
  await picker(page).fill(typed);
  await expect(page.getByRole("option")).toHaveCount(1);
  await expect(page.getByRole("option", { name })).toBeVisible();
  await page.keyboard.press("Enter");
  await expect(picker(page)).toHaveValue(name);
}

test("creates the first contact with its account, and shows it on its own page", async ({ page, context }) => {
  const world = await settle(context);
  for (const name of ["Société Générale", "Northwind", "Northgate"]) await account(world, name);
  await page.goto(listOf(world.company));
  await expect(page).toHaveTitle("Contacts · Acme · RepDesk");
  await createButton(page).click();
  await submit(page, "Create contact");
  await expect(dialog(page).getByLabel("First name")).toBeFocused();
  await expect(dialog(page).getByLabel("First name")).toHaveAccessibleDescription(
    "Give a first name, a last name, or an email address.",
  );
  await dialog(page).getByLabel("Email").fill("ana");
  await expect(page.getByText("Give a first name, a last name")).toBeHidden();
  await submit(page, "Create contact");
  await expect(dialog(page).getByLabel("Email")).toHaveAccessibleDescription(
    "Not an email address. Use one such as ana@example.com.",
  );
  await dialog(page).getByLabel("Email").fill("ana.ruiz@example.com");
  await dialog(page).getByLabel("First name").fill("Ana");
  await dialog(page).getByLabel("Last name").fill("Ruiz");
  await dialog(page).getByLabel("Phone").fill("+1 (555) 010-0100");
  await dialog(page).getByLabel("Job title").fill("Head of Purchasing");
  await pick(page, "SOCIETE", "Société Générale");
  await page.getByRole("checkbox", { name: "Do not contact" }).click();
  await submit(page, "Create contact");
  await expect(page.getByRole("link", { name: "Ana Ruiz" })).toBeFocused();
  await expect(row(page, "Ana Ruiz")).toContainText(
    /Do not contact.*Head of Purchasing.*Société Générale.*Ana Ruiz.*just now/,
  );

  await page.getByRole("link", { name: "Ana Ruiz" }).click();
  await expect(page).toHaveTitle("Ana Ruiz · Acme · RepDesk");
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
  await page.goto(listOf(world.company));
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

test("a duplicate email address links to the existing contact", async ({ page, context }) => {
  const world = await settle(context);
  const id = await contact(world, { email: "ana@example.com" });
  await page.goto(listOf(world.company));
  await createButton(page).click();
  await dialog(page).getByLabel("Last name").fill("Ruiz");
  await dialog(page).getByLabel("Email").fill("ANA@example.com");
  await submit(page, "Create contact");
  await expect(dialog(page).getByLabel("Email")).toBeFocused();
  await expect(dialog(page).getByLabel("Email")).toHaveAccessibleDescription("Another contact has this email address.");
  await expect(page.getByRole("link", { name: /^Open that contact/ })).toHaveAttribute(
    "href",
    `${listOf(world.company)}/${id}`,
  );
  await expect(dialog(page).getByLabel("Last name")).toHaveValue("Ruiz");
});

test("filters by account, without account, and by do-not-contact are in the URL", async ({ page, context }) => {
  const world = await settle(context);
  const alpha = await account(world, "Alpha");
  await account(world, "Beta");
  await contact(world, { first_name: "José", phone: "+1 555 0142", account_id: alpha });
  await contact(world, { first_name: "Bo", account_id: alpha, do_not_contact: true });
  await contact(world, { first_name: "Cy" });
  await page.goto(listOf(world.company));
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
  await page.waitForURL(`**${listOf(world.company)}?account=${id}`);
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
  await page.goto(`${listOf(world.company)}/${id}`);
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
  expect((await ask(world, "GET", `/contacts/${id}`)).body.phone).toBeNull();
});

test("resending a form after a lost response doesn't create a second contact", async ({ page, context }) => {
  const world = await settle(context);
  await page.goto(listOf(world.company));
  await createButton(page).click();
  await dialog(page).getByLabel("First name").fill("Ana");
  await page.route(
    "**/api/v1/contacts",
    async (route) => {
      await route.fetch();
      await route.abort();
    },
    { times: 1 },
  );
  await submit(page, "Create contact");
  await expect(page.getByRole("alert")).toContainText("Couldn't reach RepDesk. Your text is kept. Try again.");
  await expect(dialog(page).getByLabel("First name")).toHaveValue("Ana");
  await submit(page, "Create contact");
  await expect(page.getByRole("link", { name: "Ana" })).toBeFocused();
  expect((await ask(world, "GET", "/contacts")).body.data).toHaveLength(1);
});

test("an internal error shows its request ID and keeps what was typed", async ({ page, context }) => {
  const world = await settle(context);
  await page.goto(listOf(world.company));
  await createButton(page).click();
  await dialog(page).getByLabel("First name").fill("Ana");
  const problem = { code: "internal_error", detail: "…", request_id: "req_01jd8qv5k7e9ga3m2x4n6r8t0w" };
  await page.route("**/api/v1/contacts", (route) => route.fulfill({ status: 500, json: problem }), { times: 1 });
  await submit(page, "Create contact");
  await expect(page.getByRole("alert")).toContainText("Something broke on our side. Your text is kept.");
  await expect(page.getByRole("alert")).toContainText(problem.request_id);
  await expect(page.getByRole("button", { name: "Copy request ID" })).toBeVisible();
  await expectAccessible(page);
  await submit(page, "Create contact");
  await expect(page.getByRole("link", { name: "Ana" })).toBeFocused();
});

test("what was typed survives a session that ended elsewhere", async ({ page, context }) => {
  const world = await settle(context);
  const id = await contact(world, { first_name: "Ana" });
  await page.goto(`${listOf(world.company)}/${id}`);
  await page.getByRole("button", { name: "Edit contact" }).click();
  await dialog(page).getByLabel("Job title").fill("Head of Purchasing");
  await dialog(page).getByLabel("Tags").fill("one,");
  await auth("sign-out-others", {}, { cookie: await cookieOfSignIn(world.person) });
  await submit(page, "Save contact");
  await page.getByLabel("Email address").fill(world.person.email);
  await page.getByLabel("Password", { exact: true }).fill(world.person.password);
  await page.getByRole("button", { name: "Sign in" }).click();
  await expect(page.getByRole("dialog", { name: "Edit contact" })).toBeVisible();
  await expect(dialog(page).getByLabel("Job title")).toHaveValue("Head of Purchasing");
  await submit(page, "Save contact");
  await expect(dialog(page)).toHaveCount(0);
  await expect(page.getByRole("region", { name: "Details" })).toContainText("Head of Purchasing");
  await expect(page.getByRole("region", { name: "Details" }).getByText("one", { exact: true })).toBeVisible();
});

test("deletes a contact from the list and from its page", async ({ page, context }) => {
  const world = await settle(context);
  const id = await contact(world, { first_name: "Ana" });
  await contact(world, { first_name: "Bo" });
  await page.goto(listOf(world.company));
  await menu(page, "Bo", "Delete contact");
  await expect(page.getByRole("alertdialog", { name: "Delete “Bo”?" })).toContainText("You can't undo this.");
  await page.getByRole("button", { name: "Delete contact" }).click();
  await expect(page.getByRole("link", { name: "Ana" })).toBeFocused();
  await page.goto(`${listOf(world.company)}/${id}`);
  await menu(page, "Ana", "Delete contact");
  await page.getByRole("alertdialog").getByRole("button", { name: "Delete contact" }).click();
  await expect(page.getByText("Contact deleted.")).toBeVisible();
  await expect(page.getByRole("heading", { name: "Keep track of the people you sell to" })).toBeVisible();
  const answer = await page.goto(`${listOf(world.company)}/${id}`);
  expect(answer?.status()).toBe(404);
  await expect(page.getByRole("heading", { name: "This contact isn't here" })).toBeVisible();
});

test("all contact pages are accessible at every width, in light and dark", async ({ page, context }) => {
  test.setTimeout(120_000);
  const world = await settle(context);
  const path = listOf(world.company);
  await page.goto(path);
  await expect(createButton(page)).toBeVisible();
  await expectAccessible(page);
  const account_id = await account(
    world,
    "Donaudampfschifffahrtselektrizitätenhauptbetriebswerkbauunterbeamtengesellschaft",
  );
  const email = `${"x".repeat(64)}@${"long-".repeat(12)}x.example.com`;
  const id = await contact(world, {
    first_name: "Ana",
    email,
    account_id,
    do_not_contact: true,
    phone: "1".repeat(50),
    title: "x".repeat(150),
  });

  for (const width of [1280, 768, 320]) {
    await page.setViewportSize({ width, height: 800 });
    for (const at of [path, `${path}?q=nothing&account=none`, `${path}/${id}`]) {
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
    await picker(page).click();
    await expect(page.getByRole("option")).toHaveCount(1);
    // An open list is at the end of the body, outside all landmarks.
    await expectAccessible(page, ["region"]);
    await page.keyboard.press("Escape");
    await submit(page, "Create contact");
    await expectAccessible(page);
    await page.keyboard.press("Escape");
  }
});
