import { expect, type Page, test } from "playwright/test";
import { makeCompany, makeToken } from "../api/world.ts";
import { complaints, expectNoOverflow, type Filled, fill, long } from "./page-checks.ts";
import { dialog, expectAccessible, menu, settle, submit } from "./support.ts";

/** The same checks as for every page, for states that a page has only at times. */

/** Shows a state, and checks it on a wide and on a narrow screen. `without` names rules of axe that don't apply. */
async function expectGood(page: Page, show: () => Promise<unknown>, without: string[] = []): Promise<void> {
  const heard = await complaints(page);
  for (const width of [1280, 320]) {
    await page.setViewportSize({ width, height: 800 });
    await show();
    await expectNoOverflow(page);
    // Colors are the same at each width.
    await expectAccessible(page, without, width === 1280 ? ["light", "dark"] : ["light"]);
  }
  // The browser says so of a page that isn't there.
  expect(heard.filter((text) => !text.includes("status of 404"))).toEqual([]);
}

for (const list of ["accounts", "contacts", "settings/api-tokens"]) {
  test(`${list}, none yet`, async ({ page, context }) => {
    const { company } = await settle(context);
    await expectGood(page, async () => {
      await page.goto(`/${company.slug}/${list}`);
      await expect(page.getByRole("button", { name: /^Create/ }).first()).toBeVisible();
    });
  });
}

type State = (page: Page, filled: Filled) => Promise<unknown>;

const click = (page: Page, name: string | RegExp) => page.getByRole("button", { name }).first().click();
const heading = (page: Page, name: string | RegExp) => expect(page.getByRole("heading", { name })).toBeVisible();

async function tokenMenu(page: Page, { slug }: Filled, item?: string): Promise<void> {
  await page.goto(`/${slug}/settings/api-tokens?owner=all`);
  await click(page, /^Actions for/);
  if (item) await page.getByRole("menuitem", { name: item }).click();
  else await expect(page.getByRole("menuitem").first()).toBeVisible();
}

async function revoke(page: Page, filled: Filled): Promise<void> {
  await makeToken(filled.person, filled.company);
  await tokenMenu(page, filled, "Revoke");
  await click(page, "Revoke token");
  await expect(page.getByText("Revoked", { exact: true }).first()).toBeVisible();
}

async function secret(page: Page, { slug }: Filled): Promise<void> {
  await page.goto(`/${slug}/settings/api-tokens?create=1`);
  await page.getByRole("textbox", { name: "Name" }).fill("Nightly sync");
  await click(page, /^Create token in/);
  await expect(page.getByRole("dialog", { name: "Copy your token now" })).toBeVisible();
}

async function form(page: Page, { slug }: Filled, one: "account" | "contact"): Promise<void> {
  await page.goto(`/${slug}/${one}s`);
  await click(page, `Create ${one}`);
  await expect(dialog(page)).toBeVisible();
}

const states: Record<string, State> = {
  "accounts, none found": async (page, { slug }) => {
    await page.goto(`/${slug}/accounts?q=nothing`);
    await heading(page, "No accounts match “nothing”");
  },
  "contacts, none found": async (page, { slug }) => {
    await page.goto(`/${slug}/contacts?q=nothing&account=none`);
    await heading(page, "No contacts match “nothing”");
  },
  "an account that isn't there": async (page, { slug }) => {
    await page.goto(`/${slug}/accounts/nonsense`);
    await heading(page, "This account isn't here");
  },
  "a new account with an error": async (page, filled) => {
    await form(page, filled, "account");
    await submit(page, "Create account");
    await expect(dialog(page).getByLabel("Name")).toBeFocused();
  },
  "a new contact with an error": async (page, filled) => {
    await form(page, filled, "contact");
    await submit(page, "Create contact");
    await expect(dialog(page).getByLabel("First name")).toBeFocused();
  },
  "a question before an account is deleted": async (page, { slug }) => {
    await page.goto(`/${slug}/accounts`);
    await menu(page, long, "Delete account");
    await expect(page.getByRole("button", { name: "Keep account" })).toBeFocused();
  },
  "a field of a contact that is being edited": async (page, { slug, contact }) => {
    await page.goto(`/${slug}/contacts/${contact}`);
    await click(page, "Edit phone");
    await expect(page.getByRole("textbox", { name: "Phone" })).toBeFocused();
  },
  "a token being edited": async (page, filled) => {
    await tokenMenu(page, filled, "Edit");
    await page.getByRole("radio", { name: "Choose…" }).click();
    await page.getByLabel("Allowed addresses").fill("203.0.113.7/24");
    await submit(page, "Save token");
    await expect(page.getByText("or the address alone")).toBeVisible();
  },
  "a token before it is rotated": async (page, filled) => {
    await tokenMenu(page, filled, "Rotate");
    await expect(dialog(page)).toBeVisible();
  },
  "a token before it is suspended": async (page, filled) => {
    await tokenMenu(page, filled, "Suspend");
    await expect(dialog(page)).toBeVisible();
  },
  "a token just revoked": revoke,
  "expired and revoked tokens": async (page, filled) => {
    await revoke(page, filled);
    const tab = page.getByRole("link", { name: /^Expired and revoked/ });
    await tab.click();
    await expect(tab).toHaveAttribute("aria-current", "page");
  },
  "a new token with an error": async (page, { slug }) => {
    await page.goto(`/${slug}/settings/api-tokens?create=1`);
    await page.getByRole("radio", { name: "Choose…" }).click();
    await click(page, /^Create token in/);
    await expect(page.getByText("Give the token a name, so you can tell it apart later.")).toBeVisible();
  },
  "a token's secret": secret,
  "a question before the secret is gone": async (page, filled) => {
    await secret(page, filled);
    await page.keyboard.press("Escape");
    await expect(page.getByRole("alertdialog")).toBeVisible();
  },
};

/** Open lists and menus are at the end of the body, outside all landmarks. */
const opened: Record<string, State> = {
  "the accounts that a contact can have": async (page, filled) => {
    await form(page, filled, "contact");
    await page.getByRole("combobox", { name: "Account" }).click();
    await expect(page.getByRole("option")).toHaveCount(1);
  },
  "the menu of a token": (page, filled) => tokenMenu(page, filled),
};

for (const [name, show] of Object.entries({ ...states, ...opened })) {
  test(name, async ({ page }) => {
    const filled = await fill(page);
    await expectGood(page, () => show(page, filled), name in opened ? ["region"] : []);
  });
}

for (const type of ["signup", "recovery"]) {
  test(`a mailed link: ${type}`, async ({ page }) => {
    await expectGood(page, async () => {
      await page.goto(`/confirm?type=${type}&token_hash=x`);
      await expect(page.getByRole("main").getByRole("button").first()).toBeVisible();
    });
  });
}

test("a sign-up with errors", async ({ page }) => {
  await expectGood(page, async () => {
    await page.goto("/sign-up");
    await click(page, "Sign up");
    await expect(page.getByText("Enter your email address.")).toBeVisible();
  });
});

test("a choice of companies", async ({ page, context }) => {
  const { person } = await settle(context);
  await makeCompany(person, "Globex");
  await expectGood(page, async () => {
    await page.goto("/settings/profile");
    await heading(page, "Which company?");
  });
});
