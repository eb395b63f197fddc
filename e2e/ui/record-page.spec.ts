import { expect, type Page, type Request, test } from "playwright/test";
import { ask, expectAccessible, live, settle, type World } from "./support.ts";

/** A record's page: its fields are edited in place. */

/** Creates a contact with an account and opens the contact's page. */
async function open(page: Page, world: World): Promise<{ id: string; path: string; account_id: string }> {
  const { id: account_id } = await ask(world, "POST", "/accounts", { name: "Northwind" });
  const contact = { first_name: "Ana", last_name: "Ruiz", email: "ana@example.com", phone: "+1 555 0100", account_id };
  const { id } = await ask(world, "POST", "/contacts", contact);
  const path = `/${world.company.slug}/contacts/${id}`;
  await page.goto(path);
  return { id, path, account_id };
}

const edit = (page: Page, field: string) => page.getByRole("button", { name: `Edit ${field}`, exact: true });
const details = (page: Page) => page.getByRole("region", { name: "Details" });

function patches(page: Page): Request[] {
  const sent: Request[] = [];
  page.on("request", (request) => {
    if (request.method() === "PATCH") sent.push(request);
  });
  return sent;
}

test("Enter saves a field with the version that was read, Escape cancels, and focus stays at the field", async ({
  page,
  context,
}) => {
  const world = await settle(context);
  const { id } = await open(page, world);
  const sent = patches(page);
  await edit(page, "phone").press("Enter");
  const field = details(page).getByRole("textbox", { name: "Phone" });
  await expect(field).toBeFocused();
  await field.fill("gone");
  await page.keyboard.press("Escape");
  await expect(edit(page, "phone")).toBeFocused();
  await expect(details(page)).toContainText("+1 555 0100");
  expect(sent).toHaveLength(0);

  await edit(page, "phone").press("Enter");
  await field.fill("+1 555 0199");
  await page.keyboard.press("Enter");
  await expect(edit(page, "phone")).toBeFocused();
  await expect(details(page).getByRole("link", { name: "+1 555 0199" })).toBeVisible();
  await expect(live(page)).toHaveText("Phone saved.");
  expect(sent.map((request) => request.postDataJSON())).toEqual([{ phone: "+1 555 0199" }]);
  expect(sent[0]?.headers()["if-match"]).toBe('"v1"');

  await edit(page, "phone").press("Enter");
  await page.keyboard.press("Enter");
  await expect(edit(page, "phone")).toBeFocused();
  expect(sent).toHaveLength(1);
  expect((await ask(world, "GET", `/contacts/${id}`)).version).toBe(2);
});

test("clicking a value edits it, and clicking a link follows it", async ({ page, context }) => {
  const world = await settle(context);
  const { account_id } = await open(page, world);
  await details(page).getByText("Ruiz", { exact: true }).click();
  await expect(details(page).getByRole("textbox", { name: "Last name" })).toBeFocused();
  await page.getByRole("button", { name: "Cancel" }).click();
  await expect(edit(page, "last name")).toBeFocused();
  await details(page).getByRole("link", { name: "Northwind" }).click();
  await expect(page).toHaveURL(`/${world.company.slug}/accounts/${account_id}`);
});

test("errors are shown at the field, including rules of the whole record", async ({ page, context }) => {
  const world = await settle(context);
  const { id, path } = await open(page, world);
  await edit(page, "email").click();
  const field = details(page).getByRole("textbox", { name: "Email" });
  await field.fill("ana");
  await page.keyboard.press("Enter");
  await expect(field).toHaveAccessibleDescription("Not an email address. Use one such as ana@example.com.");
  await ask(world, "POST", "/contacts", { first_name: "Bo", email: "bo@example.com" });
  await field.fill("BO@example.com");
  await page.keyboard.press("Enter");
  await expect(field).toHaveAccessibleDescription("Another contact has this email address.");
  await expect(details(page).getByRole("link", { name: /^Open that contact/ })).toBeVisible();
  await expectAccessible(page);

  await ask(world, "PATCH", `/contacts/${id}`, { first_name: null, last_name: null });
  await page.goto(path);
  await edit(page, "email").click();
  await field.fill("");
  await page.keyboard.press("Enter");
  await expect(details(page).getByRole("alert")).toContainText("Give a first name, a last name, or an email address.");
  await expect(field).toHaveValue("");
});

test("someone else's change of another field doesn't conflict; a change of the same field names its author", async ({
  page,
  context,
}) => {
  const world = await settle(context);
  const { id } = await open(page, world);
  await edit(page, "phone").click();
  const field = details(page).getByRole("textbox", { name: "Phone" });
  await field.fill("mine");
  await ask(world, "PATCH", `/contacts/${id}`, { title: "theirs" });
  await page.keyboard.press("Enter");
  await expect(edit(page, "phone")).toBeFocused();
  await expect(details(page)).toContainText(/theirs.*mine/);

  await edit(page, "phone").click();
  await field.fill("mine again");
  await ask(world, "PATCH", `/contacts/${id}`, { phone: "theirs again" });
  await page.keyboard.press("Enter");
  await expect(details(page).getByRole("alert")).toContainText("Ana Ruiz changed this to theirs again.");
  await expect(field).toHaveValue("mine again");
  await expectAccessible(page);
  await page.getByRole("button", { name: "Take theirs" }).click();
  await expect(details(page)).toContainText("theirs again");
  await expect(edit(page, "phone")).toBeFocused();

  await edit(page, "phone").click();
  await field.fill("mine at last");
  await ask(world, "PATCH", `/contacts/${id}`, { phone: "theirs at last" });
  await page.keyboard.press("Enter");
  await expect(details(page).getByRole("alert")).toBeVisible();
  await page.getByRole("button", { name: "Save", exact: true }).click();
  await expect(edit(page, "phone")).toBeFocused();
  expect((await ask(world, "GET", `/contacts/${id}`)).phone).toBe("mine at last");
});

test("choices are saved immediately: a type, an account, a checkbox", async ({ page, context }) => {
  const world = await settle(context);
  const { id, account_id } = await open(page, world);
  const beta = await ask(world, "POST", "/accounts", { name: "Beta" });
  await edit(page, "account").press("Enter");
  await page.getByRole("combobox", { name: "Account" }).fill("bet");
  await expect(page.getByRole("option")).toHaveCount(1);
  await page.keyboard.press("Enter");
  await expect(edit(page, "account")).toBeFocused();
  await expect(details(page).getByRole("link", { name: "Beta" })).toBeVisible();

  // Escape closes the list, then leaves the field; it doesn't clear it.
  await edit(page, "account").press("Enter");
  await expect(page.getByRole("combobox", { name: "Account" })).toBeFocused();
  await expect(page.getByRole("option", { name: "Beta" })).toBeVisible();
  await page.keyboard.press("Escape");
  await page.keyboard.press("Escape");
  await expect(edit(page, "account")).toBeFocused();
  expect((await ask(world, "GET", `/contacts/${id}`)).account_id).toBe(beta.id);

  await edit(page, "do not contact").press("Enter");
  await page.keyboard.press("Space");
  await expect(edit(page, "do not contact")).toBeFocused();
  await expect(page.getByRole("heading", { level: 1 }).locator("..")).toContainText("Do not contact");

  await page.goto(`/${world.company.slug}/accounts/${account_id}`);
  await edit(page, "type").press("Enter");
  await page.getByRole("option", { name: "Partner" }).click();
  await expect(edit(page, "type")).toBeFocused();
  await expect(details(page)).toContainText("Partner");
  expect((await ask(world, "GET", `/accounts/${account_id}`)).type).toBe("partner");
});

test("a picker chooses nothing before its search has answered, and removing its text is no choice", async ({
  page,
  context,
}) => {
  const world = await settle(context);
  await open(page, world);
  const beta = await ask(world, "POST", "/accounts", { name: "Beta" });
  const answered = Promise.withResolvers<void>();
  await page.route("**/api/v1/accounts?*q=bet*", async (route) => {
    await answered.promise;
    await route.continue();
  });
  const sent = patches(page);
  await edit(page, "account").press("Enter");
  await expect(page.getByRole("option", { name: "Northwind" })).toBeVisible();
  const picker = page.getByRole("combobox", { name: "Account" });
  await picker.press("Backspace");
  await expect(picker).toHaveValue("");
  await picker.pressSequentially("bet");
  await page.keyboard.press("Enter");
  await expect(picker).toHaveValue("bet");
  expect(sent).toHaveLength(0);
  answered.resolve();
  await expect(page.getByRole("option")).toHaveText(["Beta"]);
  await page.keyboard.press("Enter");
  await expect(details(page).getByRole("link", { name: "Beta" })).toBeVisible();
  expect(sent.map((request) => request.postDataJSON())).toEqual([{ account_id: beta.id }]);
});

test("a choice that can't be saved is kept, and focus stays on Save while it is sent again", async ({
  page,
  context,
}) => {
  const world = await settle(context);
  const { account_id } = await open(page, world);
  await page.goto(`/${world.company.slug}/accounts/${account_id}`);
  await page.route("**/api/v1/accounts/*", (route) => route.abort(), { times: 2 });
  await edit(page, "type").press("Enter");
  await page.getByRole("option", { name: "Partner" }).click();
  await expect(details(page).getByRole("alert")).toContainText("Couldn't reach RepDesk.");
  const save = page.getByRole("button", { name: "Save", exact: true });
  await save.focus();
  const failed = page.waitForEvent("requestfailed");
  await page.keyboard.press("Enter");
  await failed;
  await expect(details(page).getByRole("alert")).toContainText("Couldn't reach RepDesk.");
  await expect(save).toBeFocused();
  await page.keyboard.press("Enter");
  await expect(edit(page, "type")).toBeFocused();
  expect((await ask(world, "GET", `/accounts/${account_id}`)).type).toBe("partner");
});

test("a website needs no scheme, a description can have lines, and “Updated” matches the list", async ({
  page,
  context,
}) => {
  const world = await settle(context);
  const { account_id } = await open(page, world);
  await page.goto(`/${world.company.slug}/accounts/${account_id}`);
  await edit(page, "website").press("Enter");
  await page.keyboard.type("northwind.example.com");
  await page.keyboard.press("Enter");
  await expect(edit(page, "website")).toBeFocused();
  await page.getByRole("button", { name: "Add a description" }).press("Enter");
  await page.keyboard.type("Sells to shops.");
  await page.keyboard.press("Enter");
  await page.keyboard.type("Pays late.");
  await page.keyboard.press("Control+Enter");
  await expect(edit(page, "description")).toBeFocused();
  await expect(
    page.getByRole("region", { name: "Description" }).getByText(/Sells to shops\.\s+Pays late\./),
  ).toBeVisible();
  await expect(details(page)).toContainText(/Updated\s*just now by Ana Ruiz/);
  const { website, description } = await ask(world, "GET", `/accounts/${account_id}`);
  expect([website, description]).toEqual(["https://northwind.example.com", "Sells to shops.\nPays late."]);
});

test("quick actions: email, call, and copy", async ({ page, context }) => {
  const world = await settle(context);
  await context.grantPermissions(["clipboard-read", "clipboard-write"]);
  await open(page, world);
  await expect(page.getByRole("link", { name: "Email Ana Ruiz" })).toHaveAttribute("href", "mailto:ana@example.com");
  await expect(page.getByRole("link", { name: "Call Ana Ruiz" })).toHaveAttribute("href", "tel:+15550100");
  await page.getByRole("button", { name: "Copy email address" }).click();
  await expect.poll(() => page.evaluate(() => navigator.clipboard.readText())).toBe("ana@example.com");
});
