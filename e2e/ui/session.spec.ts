import { type BrowserContext, expect, type Page, test } from "playwright/test";
import { someAddress } from "../api/call.ts";
import { auth, cookieAfter, cookieOfSignIn, expired } from "../api/session-cookie.ts";
import { addMember, database, makeCompany, signUp, unique } from "../api/world.ts";
import { confirmingDomain, environment, mailTo, newMailTo } from "../environment.ts";
import { held, hold, settle, signInForm } from "./support.ts";

/** Sessions: signing up and in, sessions that end, and redirects. */

test.beforeEach(async ({ context }) => {
  // A unique address, so that limits don't affect other tests.
  await context.setExtraHTTPHeaders({ "X-Forwarded-For": someAddress() });
});

/** Signs in a new person with their own company. */
async function settled(context: BrowserContext) {
  const world = await settle(context);
  return { ...world, profile: `/${world.company.slug}/settings/profile` };
}

const pathOf = (page: Page) => new URL(page.url()).pathname;

test("signs up, creates a company, and opens it", async ({ page, context }) => {
  const email = `${unique()}@example.com`;
  await page.goto("/");
  await page.getByRole("link", { name: "Sign up" }).click();
  await page.waitForURL("**/sign-up");
  await page.getByRole("button", { name: "Sign up" }).click();
  await expect(page.getByLabel("Your name")).toBeFocused();
  await expect(page.getByText("Enter your email address.")).toBeVisible();

  await page.getByLabel("Your name").fill("Ana Ruiz");
  await expect(page.getByText("Enter your name")).toBeHidden();
  await page.getByLabel("Email address").fill(email);
  await page.getByLabel("Password", { exact: true }).fill("a-long-password");
  await page.getByRole("button", { name: "Sign up" }).click();

  await expect(page.getByRole("heading", { name: "New company" })).toBeVisible();
  const name = `Müller & Söhne ${unique()}`;
  await page.getByLabel("Company name").fill(name);
  await expect(page.getByLabel("Web address")).toHaveValue(/^muller-sohne-[0-9a-f]{12}$/);
  await page.getByRole("button", { name: "Create company" }).click();
  await page.waitForURL(/\/muller-sohne-[0-9a-f]+\/accounts$/);
  await expect(page.getByRole("button", { name: "Switch company" })).toContainText(name);
  expect(await page.evaluate(() => document.cookie)).not.toContain("session");
  const [cookie] = (await context.cookies()).filter((cookie) => cookie.name.startsWith("repdesk-session"));
  expect(cookie).toMatchObject({ httpOnly: true, sameSite: "Lax", path: "/" });
});

test("a taken web address is reported at its field", async ({ page, context }) => {
  const { company } = await settled(context);
  await page.goto("/new-company");
  await page.getByLabel("Company name").fill("Acme");
  await page.getByLabel("Web address").fill(company.slug);
  await page.getByRole("button", { name: "Create company" }).click();
  await expect(page.getByText("This web address is taken. Choose another.")).toBeVisible();
  await expect(page.getByLabel("Web address")).toBeFocused();
  await page.getByLabel("Web address").fill("api");
  await page.getByRole("button", { name: "Create company" }).click();
  await expect(page.getByText("RepDesk uses this slug for its own pages. Choose another one.")).toBeVisible();
});

test("an email address is confirmed with the mailed link", async ({ page }) => {
  const email = `${unique()}@${confirmingDomain}`;
  await page.goto("/sign-up");
  await page.getByLabel("Your name").fill("Ana Ruiz");
  await page.getByLabel("Email address").fill(email);
  await page.getByLabel("Password", { exact: true }).fill("a-long-password");
  await page.getByRole("button", { name: "Sign up" }).click();
  await expect(page.getByRole("heading", { name: "Check your email" })).toBeFocused();

  await page.goto((await newMailTo(email)).link ?? "");
  await page.getByRole("button", { name: "Confirm my address" }).click();
  await expect(page.getByRole("heading", { name: "New company" })).toBeVisible();
});

test("a wrong password is reported in one sentence, and nothing typed is lost", async ({ page }) => {
  const person = await signUp();
  await page.goto("/sign-in");
  await signInForm(page, { email: person.email, password: "wrong" });
  await expect(page.getByRole("main").getByRole("alert")).toContainText("This email address and password don't match");
  await expect(page.getByLabel("Email address")).toHaveValue(person.email);
  await expect(page.getByLabel("Password", { exact: true })).toHaveValue("wrong");
  expect(page.url()).not.toContain("wrong");
});

test("a forgotten password is reset by email", async ({ page }) => {
  const person = await signUp();
  await page.goto("/sign-in");
  await page.getByRole("link", { name: "Forgot your password?" }).click();
  await page.waitForURL("**/forgotten-password");
  await page.getByLabel("Email address").fill(person.email);
  await page.getByRole("button", { name: "Send link" }).click();
  await expect(page.getByRole("heading", { name: "Check your email" })).toBeFocused();

  const { link } = await newMailTo(person.email);
  await page.goto(link ?? "");
  await page.getByRole("button", { name: "Save new password" }).click();
  await expect(page.getByText("Use at least 8 characters.")).toBeVisible();
  await page.getByLabel("New password").fill("another-password");
  await page.getByRole("button", { name: "Save new password" }).click();
  await page.waitForURL("**/new-company");

  await page.goto(link ?? "");
  await page.getByLabel("New password").fill("a-third-password");
  await page.getByRole("button", { name: "Save new password" }).click();
  await expect(page.getByRole("main").getByRole("alert")).toContainText("This link has been used or has expired.");
  await expect(page.getByRole("link", { name: "Send a new link" })).toBeVisible();
  expect(mailTo(person.email)).toHaveLength(1);
});

test("a session that expires while typing is refreshed, and the text is saved", async ({ page, context }) => {
  const { profile } = await settled(context);
  await page.goto(profile);
  await page.getByLabel("Your name").fill("Ana R. Ruiz");
  await hold(context, await expired(await held(context)));
  await page.getByRole("button", { name: "Save name" }).click();
  await expect(page.getByText("Name saved.", { exact: true }).first()).toBeVisible();
  await expect(page.getByRole("button", { name: "Your menu, Ana R. Ruiz" })).toBeVisible();
  expect(pathOf(page)).toBe(profile);
});

test("a page loads with an expired session", async ({ page, context }) => {
  const { profile } = await settled(context);
  await hold(context, await expired(await held(context)));
  const before = await held(context);
  await page.goto(profile);
  await expect(page.getByLabel("Your name")).toHaveValue("Ana Ruiz");
  expect(await held(context)).not.toBe(before);
});

test("concurrent pages and API calls with an expired session share one refresh", async ({ context }) => {
  const { profile } = await settled(context);
  const cookie = await expired(await held(context));
  const page = () => fetch(environment.appUrl + profile, { headers: { Cookie: cookie }, redirect: "manual" });
  const [first, second, called] = await Promise.all([page(), page(), auth("refresh", {}, { cookie })]);
  expect([first.status, second.status, called.status]).toEqual([200, 200, 200]);
  // A second use of the refresh token would have ended the session.
  expect((await auth("refresh", {}, { cookie: cookieAfter(called) })).status).toBe(200);
});

test("a session that ended elsewhere redirects to sign-in and back, and what was typed is kept", async ({
  page,
  context,
}) => {
  const { person, profile } = await settled(context);
  await page.goto(profile);
  await page.getByLabel("Your name").fill("Ana Half-typed");
  await page.getByLabel("New password").fill("never-kept-anywhere");
  await auth("sign-out", {}, { cookie: await held(context) });
  await page.getByRole("button", { name: "Save name" }).click();

  await page.waitForURL("**/sign-in?**");
  await expect(page.getByText("Your session has ended.")).toBeVisible();
  const stored = await page.evaluate(() => JSON.stringify(sessionStorage));
  expect(stored).toContain("Ana Half-typed");
  expect(stored).not.toContain("never-kept-anywhere");

  await signInForm(page, person);
  await page.waitForURL(`**${profile}`);
  await expect(page.getByLabel("Your name")).toHaveValue("Ana Half-typed");
  await page.reload();
  await expect(page.getByLabel("Your name")).toHaveValue("Ana Ruiz");
});

test("what one person typed isn't shown to the next", async ({ page, context }) => {
  const { company, profile } = await settled(context);
  const other = await signUp();
  await addMember(company, other);
  await page.goto(profile);
  await page.getByLabel("Your name").fill("Ana Half-typed");
  await auth("sign-out", {}, { cookie: await held(context) });
  await page.getByRole("button", { name: "Save name" }).click();
  await page.waitForURL("**/sign-in?**");
  await signInForm(page, other);
  await page.waitForURL(`**${profile}`);
  await expect(page.getByLabel("Your name")).toHaveValue("Kim Lee");
  await expect.poll(() => page.evaluate(() => JSON.stringify(sessionStorage))).not.toContain("Half-typed");
});

test("a new password ends the other browser's session at its next request", async ({ page, context, browser }) => {
  const { person, profile } = await settled(context);
  const elsewhere = await browser.newContext({ baseURL: environment.appUrl });
  await hold(elsewhere, await cookieOfSignIn(person));
  const other = await elsewhere.newPage();
  await other.goto(profile);

  await page.goto(profile);
  await page.getByLabel("Current password").fill("wrong");
  await page.getByLabel("New password").fill("another-password");
  await page.getByRole("button", { name: "Change password" }).click();
  await expect(page.getByText("This is not your current password.")).toBeVisible();
  await expect(page.getByLabel("Current password")).toBeFocused();
  await page.getByLabel("Current password").fill(person.password);
  await page.getByRole("button", { name: "Change password" }).click();
  await expect(page.getByText("Password changed.").first()).toBeVisible();
  await expect(page.getByLabel("New password")).toHaveValue("");

  await other.getByRole("link", { name: "API Tokens" }).click();
  await other.waitForURL("**/sign-in?**");
  expect(new URL(other.url()).searchParams.get("next")).toMatch(/\/settings\/api-tokens$/);
  await page.reload();
  await expect(page.getByRole("heading", { name: "Profile" })).toBeVisible();
  await elsewhere.close();
});

test("signing out everywhere else asks first and keeps this session", async ({ page, context }) => {
  const { person, profile } = await settled(context);
  const elsewhere = await cookieOfSignIn(person);
  await page.goto(profile);
  await page.getByRole("button", { name: "Sign out everywhere else" }).click();
  await expect(page.getByRole("button", { name: "Stay signed in" })).toBeFocused();
  await page.getByRole("button", { name: "Sign out elsewhere" }).click();
  await expect(page.getByText("Signed out everywhere else.").first()).toBeVisible();
  expect((await auth("refresh", {}, { cookie: await expired(elsewhere) })).status).toBe(401);
  await page.reload();
  await expect(page.getByRole("heading", { name: "Profile" })).toBeVisible();
});

test("signing out redirects to sign-in, and Back shows nothing of the company", async ({ page, context }) => {
  const { profile } = await settled(context);
  await page.goto(profile);
  await page.getByRole("button", { name: /^Your menu/ }).click();
  await page.getByRole("menuitem", { name: "Sign out" }).click();
  await page.waitForURL("**/sign-in");
  await page.goBack();
  await expect(page.getByRole("heading", { name: "Sign in" })).toBeVisible();
  await page.goto(profile);
  expect(pathOf(page)).toBe("/sign-in");
});

test.describe("redirects", () => {
  for (const evil of [
    "//evil.example",
    "/\\evil.example",
    "https://evil.example/",
    "/\t/evil.example",
    "javascript:alert(1)",
  ]) {
    test(`never to another site: next=${JSON.stringify(evil)}`, async ({ page }) => {
      const person = await signUp();
      await page.goto(`/sign-in?next=${encodeURIComponent(evil)}`);
      await signInForm(page, person);
      await page.waitForURL("**/new-company");
      expect(new URL(page.url()).origin).toBe(environment.appUrl);
      await page.goto(`/sign-in?next=${encodeURIComponent(evil)}`);
      expect(page.url()).toBe(`${environment.appUrl}/new-company`);
    });
  }

  test("to the requested page with its query", async ({ page, context }) => {
    const { person, company } = await settled(context);
    await context.clearCookies();
    await page.goto(`/${company.slug}/contacts?q=ruiz&sort=name`);
    expect(pathOf(page)).toBe("/sign-in");
    await signInForm(page, person);
    await page.waitForURL(`**/${company.slug}/contacts?q=ruiz&sort=name`);
  });

  test("to the sign-in form, without a loop, if the cookie outlives the session", async ({ page, context }) => {
    const { profile } = await settled(context);
    await auth("sign-out", {}, { cookie: await held(context) });
    await page.goto(profile);
    await expect(page.getByRole("heading", { name: "Sign in" })).toBeVisible();
  });

  test("to the same 404 for someone else's company and for one that doesn't exist", async ({ page, context }) => {
    await settled(context);
    const foreign = await makeCompany(await signUp());
    for (const slug of [foreign.slug, `no-${unique()}`]) {
      const response = await page.goto(`/${slug}/settings/profile`);
      expect(response?.status()).toBe(404);
      await expect(page.getByRole("heading", { name: "This page isn't here" })).toBeVisible();
      await expect(page).toHaveTitle("Page not found · RepDesk");
    }
  });

  test("to an explanation while the company is suspended", async ({ page, context }) => {
    const { company, profile } = await settled(context);
    await database()`update repdesk.companies set suspended_at = now() where id = ${company.id}`;
    await page.goto(profile);
    await expect(page.getByRole("heading", { name: "This company is suspended" })).toBeVisible();
  });

  test("from a settings link to the only company, or to a choice of companies", async ({ page, context }) => {
    const { person, company } = await settled(context);
    await page.goto("/settings/profile?x=1");
    await expect(page).toHaveURL(`${environment.appUrl}/${company.slug}/settings/profile?x=1`);
    const second = await makeCompany(person, "Globex");
    await page.goto("/settings/profile");
    await page.getByRole("link", { name: "Globex" }).click();
    await page.waitForURL(`**/${second.slug}/settings/profile`);
  });

  test("from a settings link through creating a company, if there is none", async ({ page, context }) => {
    await hold(context, await cookieOfSignIn(await signUp()));
    await page.goto("/settings/profile");
    await page.getByLabel("Company name").fill(`Acme ${unique()}`);
    await page.getByRole("button", { name: "Create company" }).click();
    await expect(page.getByRole("heading", { name: "Profile" })).toBeVisible();
    expect(pathOf(page)).toMatch(/^\/acme-[0-9a-f]+\/settings\/profile$/);
  });
});
