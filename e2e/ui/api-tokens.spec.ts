import { expect, type Page, test } from "playwright/test";
import { api } from "../api/call.ts";
import { auth } from "../api/session-cookie.ts";
import { addMember, type Company, database, makeCompany, makeToken, signUp, unique } from "../api/world.ts";
import { environment } from "../environment.ts";
import { enter, held, live, settle, signInForm, tabTo } from "./support.ts";

/** The token page: creating, copying, using, and revoking a token, and what can go wrong. */

const listOf = ({ slug }: Company) => `/${slug}/settings/api-tokens`;
const createButton = (page: Page) => page.getByRole("button", { name: "Create token", exact: true });
const row = (page: Page, name: string) => page.getByRole("row").filter({ has: page.getByText(name, { exact: true }) });
const nameField = (page: Page) => page.getByRole("textbox", { name: "Name" });

/** Opens the page and waits until it is hydrated. React stores its props on hydrated elements. */
async function open(page: Page, path: string): Promise<void> {
  await page.goto(path);
  await createButton(page).evaluate(async (button) => {
    while (!Object.keys(button).some((key) => key.startsWith("__reactProps")))
      await new Promise((resolve) => setTimeout(resolve, 20));
  });
}

/** Creates a token in the dialog, which then shows the secret. */
async function make(page: Page, name: string): Promise<string> {
  await createButton(page).click();
  await nameField(page).fill(name);
  await page.getByRole("button", { name: /^Create token in/ }).click();
  return shownSecret(page);
}

async function shownSecret(page: Page): Promise<string> {
  const dialog = page.getByRole("dialog", { name: "Copy your token now" });
  return (await dialog.locator("code").first().textContent()) ?? "";
}

async function copyAndClose(page: Page): Promise<void> {
  await page.getByRole("button", { name: "Copy token" }).click();
  await page.getByRole("button", { name: "Done" }).click();
}

/** Chooses with the keyboard, and waits until the list has faded out, since the next one may look the same. */
async function choose(page: Page, field: string, option: string): Promise<void> {
  await page.getByRole("combobox", { name: field }).press("Enter");
  await page.getByRole("option", { name: option, exact: true }).press("Enter");
  await expect(page.getByRole("combobox", { name: field })).toHaveText(option);
  await expect(page.getByRole("listbox")).toHaveCount(0);
}

async function revoke(page: Page, name: string): Promise<void> {
  await page.getByRole("button", { name: `Actions for ${name}` }).click();
  await page.getByRole("menuitem", { name: "Revoke" }).click();
  await expect(page.getByRole("button", { name: "Keep token" })).toBeFocused();
  await page.getByRole("button", { name: "Revoke token" }).click();
}

const save = (page: Page) => page.getByRole("button", { name: "Save token" }).click();

/** A call from a script, without a browser. */
async function ask(secret: string): Promise<number> {
  const headers = { Authorization: `Bearer ${secret}`, "User-Agent": "curl/8.7.1", "X-Forwarded-For": "203.0.113.9" };
  return (await fetch(`${environment.appUrl}/api/v1/me`, { headers })).status;
}

/** Every place where a page could leave a secret. Failed comparisons don't print it. */
async function standsAnywhere(page: Page, secret: string): Promise<string[]> {
  return page.evaluate(
    (wanted) =>
      Object.entries({
        page: document.documentElement.outerHTML,
        title: document.title,
        address: location.href,
        history: JSON.stringify(history.state),
        localStorage: JSON.stringify(localStorage),
        sessionStorage: JSON.stringify(sessionStorage),
        cookie: document.cookie,
      }).flatMap(([place, text]) => (text.includes(wanted) ? [place] : [])),
    secret,
  );
}

test("a token is created, copied once, confirmed by its first call, and fails immediately after it is revoked", async ({
  page,
  context,
}) => {
  await context.grantPermissions(["clipboard-read", "clipboard-write"]);
  const { company } = await settle(context);
  await open(page, listOf(company));
  await expect(page).toHaveTitle("API Tokens · Acme · RepDesk");
  await expect(page.getByRole("heading", { name: "Connect Acme to your other systems" })).toBeVisible();

  const secret = await make(page, "Nightly sync");
  expect(/^rdk_\w{12}_\w{49}$/.test(secret)).toBe(true);
  await expect(page.getByRole("button", { name: "Copy token" })).toBeFocused();
  const places = await page.evaluate((wanted) => document.documentElement.outerHTML.split(wanted).length - 1, secret);
  expect(places).toBe(1);
  expect(await standsAnywhere(page, secret)).toEqual(["page"]);

  expect(await ask(secret)).toBe(200);
  await expect(page.getByText(/^First call \d+ seconds? ago, from 203\.0\.113\.x, curl\.$/)).toBeVisible();
  await expect(live(page)).toHaveText("First call, from 203.0.113.x, curl.");

  await page.getByRole("button", { name: "Copy token" }).click();
  await expect(live(page)).toHaveText("Copied");
  expect((await page.evaluate(() => navigator.clipboard.readText())) === secret).toBe(true);
  await page.getByRole("button", { name: "Copy curl command" }).click();
  const curl = await page.evaluate(() => navigator.clipboard.readText());
  expect(curl === `curl ${environment.appUrl}/api/v1/me -H "Authorization: Bearer ${secret}"`).toBe(true);

  await page.getByRole("button", { name: "Done" }).click();
  await expect(row(page, "Nightly sync").getByText("Nightly sync")).toBeFocused();
  await expect(row(page, "Nightly sync")).toContainText(/Read-only.*in 90 days.*Active/);
  expect(await standsAnywhere(page, secret)).toEqual([]);
  await page.reload();
  await expect(row(page, "Nightly sync")).toContainText("just now, from 203.0.113.x");
  expect(await standsAnywhere(page, secret)).toEqual([]);

  await revoke(page, "Nightly sync");
  await expect(row(page, "Nightly sync")).toContainText(/Revoked.*just now/);
  await expect(page.getByRole("button", { name: "Actions for Nightly sync" })).toBeFocused();
  await expect(live(page)).toHaveText("“Nightly sync” is revoked.");
  await expect(page.getByRole("link", { name: "Active 0" })).toBeVisible();
  expect(await ask(secret)).toBe(401);
  await page.getByRole("link", { name: "Expired and revoked 1" }).click();
  await expect(page.getByRole("link", { name: "Expired and revoked 1" })).toHaveAttribute("aria-current", "page");
  await expect(row(page, "Nightly sync")).toContainText(/Revoked.*just now/);
  await page.getByRole("button", { name: "Actions for Nightly sync" }).click();
  await page.getByRole("menuitem", { name: "Undo revocation" }).click();
  await expect(live(page)).toHaveText("“Nightly sync” is no longer revoked.");
  expect(await ask(secret)).toBe(200);
});

test("everything works with the keyboard alone, starting with sign-up", async ({ page, context }) => {
  await context.grantPermissions(["clipboard-read", "clipboard-write"]);
  const { keyboard } = page;
  await page.goto("/sign-up");
  await expect(page.getByLabel("Your name")).toBeFocused();
  await keyboard.type("Ana Ruiz");
  await keyboard.press("Tab");
  await keyboard.type(`${unique()}@example.com`);
  await keyboard.press("Tab");
  await keyboard.type("a-long-password");
  await keyboard.press("Enter");
  await expect(page.getByLabel("Company name")).toBeFocused();
  const name = `Acme ${unique()}`;
  // Typing before hydration has no effect.
  await expect(async () => {
    await keyboard.press("Control+a");
    await keyboard.type(name);
    await expect(page.getByLabel("Web address")).toHaveValue(/^acme-[0-9a-f]{12}$/, { timeout: 500 });
  }).toPass();
  await keyboard.press("Enter");
  await expect(page.getByRole("heading", { name: "Accounts" })).toBeVisible();

  await tabTo(page, "link", "My Settings");
  await keyboard.press("Enter");
  await expect(page.getByRole("heading", { name: "Profile" })).toBeVisible();
  await tabTo(page, "link", "API Tokens");
  await keyboard.press("Enter");
  await expect(createButton(page)).toBeVisible();
  await keyboard.press("n");
  await expect(nameField(page)).toBeFocused();
  await keyboard.type("Keyboard script");
  await keyboard.press("Tab");
  await keyboard.press("ArrowDown");
  await expect(page.getByRole("radio", { name: "Read and write" })).toBeChecked();
  await keyboard.press("Tab");
  await keyboard.press("ArrowDown");
  // A key that comes before the list has focus is lost.
  await expect(page.getByRole("option", { name: "90 days" })).toBeFocused();
  await keyboard.press("ArrowUp");
  await expect(page.getByRole("option", { name: "60 days" })).toBeFocused();
  await keyboard.press("Enter");
  await tabTo(page, "button", /^Create token in/);
  await keyboard.press("Enter");

  await expect(page.getByRole("button", { name: "Copy token" })).toBeFocused();
  await keyboard.press("Enter");
  await expect(live(page)).toHaveText("Copied");
  const secret = await page.evaluate(() => navigator.clipboard.readText());
  expect(await ask(secret)).toBe(200);
  await expect(page.getByText(/^First call \d+ second/)).toBeVisible();
  await tabTo(page, "button", "Done");
  await keyboard.press("Enter");
  await expect(row(page, "Keyboard script").getByText("Keyboard script")).toBeFocused();
  await expect(row(page, "Keyboard script")).toContainText(/Read and write.*in 60 days/);

  await keyboard.press("Tab");
  await expect(page.getByRole("button", { name: "Actions for Keyboard script" })).toBeFocused();
  await keyboard.press("Enter");
  await expect(page.getByRole("menuitem", { name: "Edit" })).toBeFocused();
  await keyboard.press("End");
  await keyboard.press("Enter");
  await expect(page.getByRole("button", { name: "Keep token" })).toBeFocused();
  await keyboard.press("Tab");
  await keyboard.press("Enter");
  await expect(row(page, "Keyboard script")).toContainText(/Revoked.*just now/);
  expect(await ask(secret)).toBe(401);
});

test.describe("the secret", () => {
  test("closing the dialog before copying asks once", async ({ page, context }) => {
    const { company } = await settle(context);
    await open(page, listOf(company));
    const secret = await make(page, "Nightly sync");
    await page.mouse.click(5, 5);
    await expect(page.getByRole("dialog", { name: "Copy your token now" })).toBeVisible();
    await page.keyboard.press("Escape");
    await expect(page.getByRole("alertdialog", { name: "Close without copying?" })).toBeVisible();
    await page.getByRole("button", { name: "Back to the token" }).click();
    expect((await shownSecret(page)) === secret).toBe(true);
    await page.getByRole("button", { name: "Done" }).click();
    await page.getByRole("button", { name: "Close without it" }).click();
    await expect(page.getByRole("dialog")).toHaveCount(0);
    expect(await standsAnywhere(page, secret)).toEqual([]);
  });

  test("is selected if the clipboard is denied, and copying by hand counts", async ({ page, context }) => {
    await page.addInitScript(() => {
      Object.defineProperty(navigator, "clipboard", { value: undefined });
    });
    const { company } = await settle(context);
    await open(page, listOf(company));
    const secret = await make(page, "Nightly sync");
    await page.getByRole("button", { name: "Copy token" }).click();
    await expect(page.getByRole("button", { name: "Press Ctrl+C" })).toBeVisible();
    expect((await page.evaluate(() => document.getSelection()?.toString())) === secret).toBe(true);
    await page.keyboard.press("Control+c");
    await expect(live(page)).toHaveText("Copied");
    await page.getByRole("button", { name: "Done" }).click();
    await expect(page.getByRole("dialog")).toHaveCount(0);
    await expect(page.getByRole("alertdialog")).toHaveCount(0);
  });

  test("is complete when a shortened line is copied by hand", async ({ page, context }) => {
    await context.grantPermissions(["clipboard-read", "clipboard-write"]);
    const { company } = await settle(context);
    await open(page, listOf(company));
    const secret = await make(page, "Nightly sync");
    for (const [line, whole] of [
      ["REPDESK_TOKEN=", `REPDESK_TOKEN=${secret}`],
      ["curl http", `curl ${environment.appUrl}/api/v1/me -H "Authorization: Bearer ${secret}"`],
    ] as const) {
      const shown = page.getByRole("dialog").locator("code").filter({ hasText: line });
      await shown.evaluate((element) => document.getSelection()?.selectAllChildren(element));
      await page.keyboard.press("Control+c");
      expect((await page.evaluate(() => navigator.clipboard.readText())) === whole).toBe(true);
    }
  });

  test("can be hidden, and doesn't come back with Back and Forward", async ({ page, context }) => {
    await context.grantPermissions(["clipboard-read", "clipboard-write"]);
    const { company } = await settle(context);
    await page.goto(`/${company.slug}/settings/profile`);
    await page.getByRole("link", { name: "API Tokens" }).click();
    const secret = await make(page, "Nightly sync");
    await page.getByRole("button", { name: "Hide" }).click();
    expect(await standsAnywhere(page, secret)).toEqual([]);
    await page.getByRole("button", { name: "Show" }).click();
    await page.getByRole("button", { name: "Copy token" }).click();
    await page.goBack();
    await expect(page.getByRole("heading", { name: "Profile" })).toBeVisible();
    expect(await standsAnywhere(page, secret)).toEqual([]);
    await page.goForward();
    await expect(row(page, "Nightly sync")).toBeVisible();
    await expect(page.getByRole("dialog")).toHaveCount(0);
    expect(await standsAnywhere(page, secret)).toEqual([]);
  });

  test("is reported if it was lost in transit, and another token is created", async ({ page, context }) => {
    const { company } = await settle(context);
    await open(page, listOf(company));
    await page.route("**/api/v1/auth/token", async (route) => {
      await route.fetch();
      await route.abort();
      await page.unroute("**/api/v1/auth/token");
    });
    await createButton(page).click();
    await nameField(page).fill("Nightly sync");
    await page.getByRole("button", { name: /^Create token in/ }).click();
    const dialog = page.getByRole("dialog");
    await expect(dialog.getByRole("alert")).toContainText("Couldn't reach RepDesk. Your text is kept. Try again.");
    await page.getByRole("button", { name: /^Create token in/ }).click();
    await expect(dialog.getByRole("alert")).toHaveText(
      "Token created, but its secret didn't arrive. Revoke it and create another.",
    );
    await page.getByRole("button", { name: "Revoke it and start again" }).click();
    await expect(nameField(page)).toHaveValue("Nightly sync");
    await page.getByRole("button", { name: /^Create token in/ }).click();
    expect(await ask(await shownSecret(page))).toBe(200);
    const rows = await database()`
      select revoked_at is null as live from repdesk.api_tokens where company_id = ${company.id} order by id`;
    expect(rows.map(({ live }) => live)).toEqual([false, true]);
  });
});

test.describe("errors are shown, and what was typed is kept:", () => {
  test("a missing name, nothing chosen", async ({ page, context }) => {
    const { company } = await settle(context);
    await open(page, listOf(company));
    await createButton(page).click();
    await page.getByRole("button", { name: /^Create token in/ }).click();
    const words = page.getByText("Give the token a name, so you can tell it apart later.");
    await expect(words).toBeVisible();
    await expect(nameField(page)).toBeFocused();
    await nameField(page).fill("Nightly sync");
    await expect(words).toBeHidden();

    await page.getByRole("radio", { name: "Choose…" }).click();
    await expect(page.getByText("Can read accounts, contacts, notes, and members; can't change them.")).toBeVisible();
    for (const noun of ["Accounts", "Contacts", "Notes", "Members"]) await choose(page, noun, "No access");
    await page.getByRole("button", { name: /^Create token in/ }).click();
    await expect(page.getByText("Choose at least one thing that the token may do.")).toBeVisible();
    await expect(page.getByRole("radio", { name: "Choose…" })).toBeFocused();
    await choose(page, "Contacts", "Read and write");
    await expect(page.getByText("Can read, create, change, and delete contacts.")).toBeVisible();
    await page.getByRole("button", { name: /^Create token in/ }).click();
    await shownSecret(page);
    const rows = await database()`select scopes from repdesk.api_tokens where company_id = ${company.id}`;
    expect(rows.map(({ scopes }) => scopes)).toEqual([["contacts:write"]]);
  });

  test("a dialog with changes asks before it closes", async ({ page, context }) => {
    const { company } = await settle(context);
    await open(page, listOf(company));
    await createButton(page).click();
    await nameField(page).fill("Nightly sync");
    await page.keyboard.press("Escape");
    await page.getByRole("button", { name: "Keep editing" }).click();
    await expect(nameField(page)).toHaveValue("Nightly sync");
    await page.getByRole("button", { name: "Cancel" }).click();
    await page.getByRole("button", { name: "Discard changes" }).click();
    await expect(createButton(page)).toBeFocused();
  });

  test("the limit of 50", async ({ page, context }) => {
    const { person, company } = await settle(context);
    for (let made = 0; made < 50; made += 1) await makeToken(person, company, ["contacts:read"]);
    await open(page, listOf(company));
    await expect(page.getByRole("link", { name: "Active 50" })).toBeVisible();
    await createButton(page).click();
    await nameField(page).fill("One too many");
    await page.getByRole("button", { name: /^Create token in/ }).click();
    await expect(page.getByRole("dialog").getByRole("alert")).toHaveText(
      "You have 50 live tokens, the most allowed. Revoke one first.",
    );
    await expect(nameField(page)).toHaveValue("One too many");

    await page.keyboard.press("Escape");
    await page.getByRole("button", { name: "Discard changes" }).click();
    await expect(page.getByRole("row")).toHaveCount(26);
    await page.getByRole("link", { name: "Next page" }).click();
    await page.getByRole("link", { name: "First page" }).waitFor();
    await expect(page.getByRole("row")).toHaveCount(26);
    await expect(page.getByRole("link", { name: "Next page" })).toHaveCount(0);
    await page.goBack();
    await expect(page.getByRole("link", { name: "First page" })).toHaveCount(0);
  });

  test("no connection", async ({ page, context }) => {
    const { company } = await settle(context);
    await open(page, listOf(company));
    await createButton(page).click();
    await nameField(page).fill("Nightly sync");
    await context.setOffline(true);
    await page.getByRole("button", { name: /^Create token in/ }).click();
    await expect(page.getByRole("dialog").getByRole("alert")).toContainText(
      "Couldn't reach RepDesk. Your text is kept. Try again.",
    );
    await context.setOffline(false);
    await page.getByRole("button", { name: /^Create token in/ }).click();
    expect(await ask(await shownSecret(page))).toBe(200);
  });

  test("a session that ended", async ({ page, context }) => {
    const { person, company } = await settle(context);
    await open(page, listOf(company));
    await createButton(page).click();
    await nameField(page).fill("Half-typed");
    await page.getByRole("radio", { name: "Chrome extension" }).click();
    await auth("sign-out", {}, { cookie: await held(context) });
    await page.getByRole("button", { name: /^Create token in/ }).click();

    await page.waitForURL("**/sign-in?**");
    await signInForm(page, person);
    await page.waitForURL(`**${listOf(company)}`);
    await expect(nameField(page)).toHaveValue("Half-typed");
    await expect(page.getByRole("radio", { name: "Chrome extension" })).toBeChecked();
    await page.getByRole("button", { name: /^Create token in/ }).click();
    expect(await ask(await shownSecret(page))).toBe(200);
  });

  test("a session that ended doesn't hide the secret that is shown", async ({ page, context }) => {
    const { company } = await settle(context);
    await open(page, listOf(company));
    const secret = await make(page, "Nightly sync");
    await auth("sign-out", {}, { cookie: await held(context) });
    await page.waitForResponse((answer) => answer.url().endsWith("/auth/refresh"));
    await page.waitForTimeout(500);
    expect((await shownSecret(page)) === secret).toBe(true);
  });
});

test.describe("the list", () => {
  test("edits a token, and keeps a concurrent change of another field", async ({ page, context }) => {
    const { person, company } = await settle(context);
    const token = await makeToken(person, company);
    const rename = (name: string) =>
      api("PATCH", `/auth/tokens/${token.id}`, { jwt: person.jwt, company: company.id, body: { name } });
    const read = () => api("GET", `/auth/tokens/${token.id}`, { jwt: person.jwt, company: company.id });
    await rename("First");
    await open(page, listOf(company));
    await page.getByRole("button", { name: "Actions for First" }).click();
    await page.getByRole("menuitem", { name: "Edit" }).click();
    await nameField(page).fill(" ");
    await save(page);
    await expect(page.getByText("Give the token a name, so you can tell it apart later.")).toBeVisible();
    await nameField(page).fill("Mine");
    await page.getByRole("radio", { name: "Read-only" }).click();
    await choose(page, "Expires", "30 days from now");
    await page.getByLabel("Allowed addresses").fill("203.0.113.7/24");
    await save(page);
    await expect(page.getByText("Send 203.0.113.0/24, or the address alone.")).toBeVisible();
    await page.getByLabel("Allowed addresses").fill("203.0.113.0/24, 2001:db8::1");
    await rename("Theirs");
    await save(page);
    await expect(page.getByText("Someone changed this token meanwhile.")).toBeVisible();
    await save(page);
    await expect(row(page, "Mine")).toContainText(/Read-only.*in 30 days/);
    await expect(live(page)).toHaveText("“Mine” is saved.");
    await expect(page.getByRole("button", { name: "Actions for Mine" })).toBeFocused();
    expect((await read()).body.allowed_addresses).toEqual(["203.0.113.0/24", "2001:db8::1/128"]);
  });

  test("warns 14 days before expiration, and keeps expired tokens", async ({ page, context }) => {
    const { person, company } = await settle(context);
    for (const days of [-1, 13, 15]) {
      const { id } = await makeToken(person, company);
      await database()`
        update repdesk.api_tokens set name = ${`Ends in ${days}`}, created_at = now() - interval '90 days',
          expires_at = now() + make_interval(days => ${days}) where id = ${id}`;
    }
    await open(page, listOf(company));
    await expect(row(page, "Ends in 13")).toContainText(/in 13 days.*Expires soon/);
    await expect(row(page, "Ends in 15")).toContainText(/in 15 days.*Active/);
    await page.getByRole("link", { name: "Expired and revoked 1" }).click();
    await expect(row(page, "Ends in -1")).toContainText("Expired");
  });

  test("shows all tokens to admins, and others their own", async ({ page, context }) => {
    const { person: admin, company } = await settle(context);
    const user = await signUp("Kim Lee");
    await addMember(company, user);
    const theirs = await makeToken(user, company);
    await makeToken(admin, company);
    await open(page, listOf(company));
    await expect(page.getByRole("row")).toHaveCount(2);
    await page.getByRole("link", { name: "Everyone’s" }).click();
    await expect(page.getByRole("columnheader", { name: "Member" })).toBeVisible();
    await expect(page.getByRole("row")).toHaveCount(3);
    const name = (await database()`select name from repdesk.api_tokens where id = ${theirs.id}`)[0]?.name;
    await page.getByRole("button", { name: `Actions for ${name}` }).click();
    await page.getByRole("menuitem", { name: "Revoke" }).click();
    await expect(page.getByRole("alertdialog")).toContainText("It belongs to Kim Lee. Never used.");
    await page.getByRole("button", { name: "Revoke token" }).click();
    await expect(row(page, name)).toContainText(/Revoked.*just now by Ana Ruiz/);
    expect(await ask(theirs.secret)).toBe(401);

    await context.clearCookies();
    await enter(context, user);
    await open(page, `${listOf(company)}?owner=all&status=ended`);
    await expect(page.getByRole("row")).toHaveCount(2);
    await expect(page.getByRole("link", { name: "Everyone’s" })).toHaveCount(0);
    await createButton(page).click();
    await page.getByRole("combobox", { name: "Expires" }).click();
    await expect(page.getByRole("option", { name: /^Never Only an admin/ })).toHaveAttribute("aria-disabled", "true");
  });

  test("creates a token on any tab and shows the new row", async ({ page, context }) => {
    await context.grantPermissions(["clipboard-read", "clipboard-write"]);
    const { person, company } = await settle(context);
    const { secret } = await makeToken(person, company);
    await api("DELETE", "/auth/token", { token: secret });
    await open(page, `${listOf(company)}?status=ended`);
    await make(page, "Nightly sync");
    await copyAndClose(page);
    await expect(page).toHaveURL(listOf(company));
    await expect(row(page, "Nightly sync").getByText("Nightly sync")).toBeFocused();
  });

  test("reports a failed revocation, and succeeds on retry", async ({ page, context }) => {
    const { person, company } = await settle(context);
    await makeToken(person, company);
    await open(page, listOf(company));
    await page.getByRole("button", { name: /^Actions for/ }).click();
    await page.getByRole("menuitem", { name: "Revoke" }).click();
    await context.setOffline(true);
    await page.getByRole("button", { name: "Revoke token" }).click();
    await expect(page.getByRole("alertdialog").getByRole("alert")).toContainText("The token may still work.");
    await context.setOffline(false);
    await page.getByRole("button", { name: "Revoke token" }).click();
    await expect(page.getByRole("row").nth(1)).toContainText(/Revoked.*just now/);
  });
});

test.describe("links without a company", () => {
  test("open the dialog in the only company", async ({ page, context }) => {
    const { company } = await settle(context);
    await page.goto("/settings/api-tokens/new");
    await expect(page.getByRole("dialog", { name: "Create token" })).toContainText("In company Acme.");
    await expect(page).toHaveURL(listOf(company));
    await expect(page.getByText("Switch company", { exact: true })).toHaveCount(0);
    await page.keyboard.press("Escape");
    await expect(createButton(page)).toBeFocused();
    await page.reload();
    await expect(page.getByRole("heading", { name: "API Tokens" })).toBeVisible();
    await expect(page.getByRole("dialog")).toHaveCount(0);
  });

  test("ask for the company, and switching keeps what was typed", async ({ page, context }) => {
    const { person, company } = await settle(context);
    const second = await makeCompany(person, "Globex");
    await page.goto("/settings/api-tokens/new");
    await page.getByRole("link", { name: "Acme" }).click();
    await nameField(page).fill("Nightly sync");
    await page.getByRole("button", { name: "Switch company", exact: true }).click();
    await page.getByRole("menuitem", { name: "Globex" }).click();
    await expect(page.getByRole("dialog", { name: "Create token" })).toContainText("In company Globex.");
    await expect(nameField(page)).toHaveValue("Nightly sync");
    await page.getByRole("button", { name: "Create token in Globex" }).click();
    await shownSecret(page);
    const rows = await database()`
      select company_id from repdesk.api_tokens where company_id in (${company.id}, ${second.id})`;
    expect(rows.map(({ company_id }) => company_id)).toEqual([second.id]);
  });
});
