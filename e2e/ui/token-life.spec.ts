import { expect, type Page, test } from "playwright/test";
import { api } from "../api/call.ts";
import { addMember, type Company, database, makeToken, signUp } from "../api/world.ts";
import { environment } from "../environment.ts";
import { dialog, live, settle } from "./support.ts";

/** Rotating, suspending, and resuming a token on its page. */

const row = (page: Page, name: string) => page.getByRole("row").filter({ has: page.getByText(name, { exact: true }) });

async function open(page: Page, { slug }: Company): Promise<void> {
  await page.goto(`/${slug}/settings/api-tokens?owner=all`);
}

async function choose(page: Page, name: string, action: string): Promise<void> {
  await page.getByRole("button", { name: `Actions for ${name}` }).click();
  await page.getByRole("menuitem", { name: action }).click();
}

const nameOf = async (id: string) =>
  (await database()`select name from repdesk.api_tokens where id = ${id}`)[0]?.name as string;

async function ask(secret: string): Promise<number> {
  const headers = { Authorization: `Bearer ${secret}`, "User-Agent": "curl/8.7.1", "X-Forwarded-For": "203.0.113.9" };
  return (await fetch(`${environment.appUrl}/api/v1/me`, { headers })).status;
}

async function rotate(page: Page, name: string, overlap: string): Promise<string> {
  await choose(page, name, "Rotate");
  await page.getByRole("radio", { name: overlap }).click();
  await page.getByRole("button", { name: "Rotate token", exact: true }).click();
  const shown = page.getByRole("dialog", { name: "Copy the new secret now" });
  await expect(page.getByRole("button", { name: "Copy token" })).toBeFocused();
  return (await shown.locator("code").first().textContent()) ?? "";
}

test("a token is rotated: both secrets work, the first call shows, and finishing ends the old one", async ({
  page,
  context,
}) => {
  await context.grantPermissions(["clipboard-read", "clipboard-write"]);
  const { person, company } = await settle(context);
  const token = await makeToken(person, company);
  const name = await nameOf(token.id);
  expect(await ask(token.secret)).toBe(200);
  await open(page, company);
  const secret = await rotate(page, name, "24 hours");
  expect(secret.startsWith(`${token.prefix}_`) && secret !== token.secret).toBe(true);
  expect(await ask(secret)).toBe(200);
  await expect(page.getByText(/^First call \d+ seconds? ago\.$/)).toBeVisible();
  await page.getByRole("button", { name: "Copy token" }).click();
  await page.getByRole("button", { name: "Done" }).click();
  await expect(page.getByRole("button", { name: `Actions for ${name}` })).toBeFocused();
  expect(await page.content()).not.toContain(secret);
  await page.reload();
  await expect(row(page, name)).toContainText(/Rotating.*Old secret ends in (1 day|24 hours).*Old secret last used/);
  expect([await ask(token.secret), await ask(secret)]).toEqual([200, 200]);

  await choose(page, name, "Finish rotation");
  await expect(page.getByRole("button", { name: "Keep both" })).toBeFocused();
  await expect(page.getByRole("alertdialog")).toContainText(/The old secret was last used .*, from 203\.0\.113\.x\./);
  await page.getByRole("button", { name: "End old secret" }).click();
  await expect(live(page)).toHaveText("The rotation is finished.");
  await expect(row(page, name)).toContainText("Active");
  expect([await ask(token.secret), await ask(secret)]).toEqual([401, 200]);
  await expect(async () => {
    await page.reload();
    await expect(row(page, name)).toContainText(/An old secret was sent just now, from 203\.0\.113\.x/, {
      timeout: 1_000,
    });
  }).toPass();
});

test("a rotation that was not copied is asked about, can be canceled, and an exposed secret ends at once", async ({
  page,
  context,
}) => {
  const { person, company } = await settle(context);
  const token = await makeToken(person, company);
  const name = await nameOf(token.id);
  await open(page, company);
  const second = await rotate(page, name, "7 days");
  await page.keyboard.press("Escape");
  await expect(page.getByRole("alertdialog", { name: "Close without copying?" })).toBeVisible();
  await page.getByRole("button", { name: "Close without it" }).click();
  await expect(row(page, name)).toContainText(/Rotating.*New secret not used yet/);
  await choose(page, name, "Cancel rotation");
  await page.getByRole("button", { name: "End new secret" }).click();
  await expect(row(page, name)).toContainText("Active");
  expect([await ask(token.secret), await ask(second)]).toEqual([200, 401]);

  const third = await rotate(page, name, "Not at all");
  expect([await ask(token.secret), await ask(third)]).toEqual([401, 200]);
});

test("a rotation that goes on elsewhere is shown without a reload", async ({ page, context }) => {
  const { person, company } = await settle(context);
  const token = await makeToken(person, company);
  const name = await nameOf(token.id);
  await page.clock.install();
  await open(page, company);
  const secret = await rotate(page, name, "24 hours");
  await page.keyboard.press("Escape");
  await page.getByRole("button", { name: "Close without it" }).click();
  await expect(row(page, name)).toContainText("New secret not used yet");
  expect(await ask(secret)).toBe(200);
  await expect(async () => {
    await page.clock.fastForward(15_000);
    await expect(row(page, name)).toContainText("Old secret ends in", { timeout: 500 });
  }).toPass();
});

test("a suspended token fails until it is resumed; what an admin suspended, its owner can't resume", async ({
  page,
  context,
}) => {
  const { person, company } = await settle(context);
  const token = await makeToken(person, company);
  const name = await nameOf(token.id);
  await open(page, company);
  await choose(page, name, "Suspend");
  await expect(page.getByLabel("Reason")).toBeFocused();
  await page.keyboard.type("Creates duplicates");
  await page.keyboard.press("Enter");
  await expect(row(page, name)).toContainText(/Suspended.*Creates duplicates/);
  await expect(live(page)).toHaveText(`“${name}” is suspended.`);
  expect(await ask(token.secret)).toBe(401);
  await choose(page, name, "Resume");
  await expect(row(page, name)).toContainText("Active");
  expect(await ask(token.secret)).toBe(200);

  const other = await signUp("Kim Lee");
  const id = await addMember(company, other, "admin");
  await database()`update repdesk.api_tokens set suspended_at = now(), suspended_by_member_id = ${id} where id = ${token.id}`;
  await database()`update repdesk.members set role = 'user' where company_id = ${company.id} and id <> ${id}`;
  await page.reload();
  await expect(row(page, name)).toContainText(/Suspended.*by Kim Lee/);
  await page.getByRole("button", { name: `Actions for ${name}` }).click();
  await expect(page.getByRole("menuitem", { name: "Edit" })).toBeVisible();
  await expect(page.getByRole("menuitem", { name: "Resume" })).toHaveCount(0);
});

test("a token that someone else revoked meanwhile says who and when, and can only be closed", async ({
  page,
  context,
}) => {
  const { person, company } = await settle(context);
  const token = await makeToken(person, company);
  const kim = await signUp("Kim Lee");
  await addMember(company, kim, "admin");
  await open(page, company);
  await choose(page, await nameOf(token.id), "Edit");
  await page.getByRole("textbox", { name: "Name" }).fill("Mine");
  expect((await api("DELETE", `/auth/tokens/${token.id}`, { jwt: kim.jwt, company: company.id })).status).toBe(204);
  await page.getByRole("button", { name: "Save token" }).click();
  await expect(dialog(page).getByRole("alert")).toContainText(/Kim Lee revoked this token on \w+ \d+, \d{4}, .+M\./);
  await expect(page.getByRole("button", { name: "Save token" })).toHaveCount(0);
  await page.getByRole("button", { name: "Close", exact: true }).click();
  await expect(page.getByRole("dialog")).toHaveCount(0);
});

test("an admin can take access from another member's token, but not add any", async ({ page, context }) => {
  const { company } = await settle(context);
  const kim = await signUp("Kim Lee");
  await addMember(company, kim);
  const token = await makeToken(kim, company, ["contacts:read", "accounts:read"]);
  await open(page, company);
  await choose(page, await nameOf(token.id), "Edit");
  await expect(dialog(page)).toContainText("This token belongs to Kim Lee. Only they can give it more access.");
  await expect(page.getByRole("radio", { name: "Read and write" })).toBeDisabled();
  await page.getByRole("combobox", { name: "Accounts" }).press("Enter");
  await page.getByRole("option", { name: "No access" }).press("Enter");
  await page.getByRole("button", { name: "Save token" }).click();
  await expect(row(page, await nameOf(token.id))).toContainText("Can read contacts");
});
