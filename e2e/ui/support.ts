import { AxeBuilder } from "@axe-core/playwright";
import { type BrowserContext, expect, type Locator, type Page } from "playwright/test";
import { api, someAddress } from "../api/call.ts";
import { cookieOfSignIn } from "../api/session-cookie.ts";
import { type Company, makeCompany, type Person, signUp } from "../api/world.ts";
import { environment } from "../environment.ts";

/** Shared helpers of browser tests. */

/** Gives a browser a session. */
export async function hold(context: BrowserContext, cookie: string): Promise<void> {
  const at = cookie.indexOf("=");
  const session = { name: cookie.slice(0, at), value: cookie.slice(at + 1), url: environment.appUrl };
  await context.addCookies([{ ...session, httpOnly: true, sameSite: "Lax" }]);
}

/** The session cookie of a browser. */
export async function held(context: BrowserContext): Promise<string> {
  const cookie = (await context.cookies()).find(({ name }) => name.startsWith("repdesk-session"));
  return `${cookie?.name}=${cookie?.value}`;
}

/** Signs a browser in without the form, with a unique address so that limits don't affect other tests. */
export async function enter(context: BrowserContext, person: Person): Promise<void> {
  await context.setExtraHTTPHeaders({ "X-Forwarded-For": someAddress() });
  await hold(context, await cookieOfSignIn(person));
}

export async function signInForm(page: Page, { email, password }: Pick<Person, "email" | "password">): Promise<void> {
  await page.getByLabel("Email address").fill(email);
  await page.getByLabel("Password", { exact: true }).fill(password);
  await page.getByRole("button", { name: "Sign in" }).click();
}

export type World = { person: Person; company: Company };

/** Signs in a new person as the admin of their own company. */
export async function settle(context: BrowserContext, name?: string): Promise<World> {
  const person = await signUp();
  const company = await makeCompany(person, name);
  await enter(context, person);
  return { person, company };
}

/** Calls the API beside the browser, like someone else would, and returns what it answers. */
export async function ask({ person, company }: World, method: string, path: string, body?: unknown) {
  const reply = await api(method, path, { jwt: person.jwt, company: company.id, body });
  expect(reply.status, reply.text).toBeLessThan(300);
  return reply.body;
}

/** What screen readers are told. */
export const live = (page: Page) => page.locator("[aria-live=polite].sr-only");
export const dialog = (page: Page) => page.getByRole("dialog");
/** The rows of a list of records. */
export const rows = (page: Page) => page.getByRole("row").filter({ has: page.getByRole("rowheader") });
export const row = (page: Page, name: string) =>
  rows(page).filter({ has: page.getByRole("link", { name, exact: true }) });

export const submit = (page: Page, name: string) => dialog(page).getByRole("button", { name, exact: true }).click();

export async function choose(page: Page, list: string, option: string): Promise<void> {
  await page.getByRole("combobox", { name: list, exact: true }).click();
  await page.getByRole("option", { name: option, exact: true }).click();
}

/** Chooses from the menu of a record. */
export async function menu(page: Page, name: string, item: string): Promise<void> {
  await page.getByRole("button", { name: `Actions for ${name}` }).click();
  await page.getByRole("menuitem", { name: item }).click();
}

/** Finds an account in the picker by typing. */
export async function pick(page: Page, typed: string, name: string): Promise<void> {
  const picker = page.getByRole("combobox", { name: "Account" });
  await picker.fill(typed);
  await expect(page.getByRole("option")).toHaveCount(1);
  await expect(page.getByRole("option", { name })).toBeVisible();
  await page.keyboard.press("Enter");
  await expect(picker).toHaveValue(name);
}

/** Waits until the page is painted and animations have finished. */
async function settled(page: Page): Promise<void> {
  await page.evaluate(async () => {
    const frame = () => new Promise((resolve) => requestAnimationFrame(resolve));
    await frame();
    await frame();
    await Promise.all(document.getAnimations().map((animation) => animation.finished.catch(() => {})));
  });
}

type Scheme = "light" | "dark";

/** Expects no axe violations, in light and dark. `without` names rules that don't apply. */
export async function expectAccessible(
  page: Page,
  without: string[] = [],
  schemes: Scheme[] = ["light", "dark"],
): Promise<void> {
  for (const colorScheme of schemes) {
    await page.emulateMedia({ colorScheme, reducedMotion: "reduce" });
    await settled(page);
    // Legacy mode runs axe in the page. Otherwise, axe opens a blank page in front of it, behind which nothing is painted.
    // Describing what passes would take longer than the checks.
    const axe = new AxeBuilder({ page }).setLegacyMode().options({ resultTypes: ["violations"] });
    // Only colors depend on the scheme.
    const chosen = colorScheme === "light" ? axe.disableRules(without) : axe.withRules("color-contrast");
    const { violations } = await chosen.analyze();
    const found = violations.map(({ id, nodes }) => [id, nodes.map(({ html }) => html)]);
    expect(found, `${page.url()}, ${colorScheme}`).toEqual([]);
  }
}

/**
 * Presses a shortcut on a page that was just loaded: a key is lost until its scripts run. `shown` gets the focus, within a time in which
 * a busy machine loads a dialog's code: a second press would be typed into its field.
 */
export async function shortcut(page: Page, key: "/" | "n", shown: Locator): Promise<void> {
  await expect(async () => {
    await page.keyboard.press(key);
    await expect(shown).toBeFocused({ timeout: 4_000 });
  }).toPass();
}

/** Presses Tab until the element has focus. */
export async function tabTo(page: Page, role: "button" | "link", name: string | RegExp): Promise<void> {
  const wanted = page.getByRole(role, { name });
  for (let presses = 0; presses < 80; presses += 1) {
    await page.keyboard.press("Tab");
    if (await wanted.first().evaluate((element) => element === document.activeElement)) return;
  }
  throw new Error(`Tab never reached ${name}.`);
}
