import { readdirSync } from "node:fs";
import { join } from "node:path";
import { expect, type Page, test } from "playwright/test";
import { complaints, expectNoOverflow, type Filled, fill } from "./page-checks.ts";
import { expectAccessible } from "./support.ts";

/** Checks for every page. The list comes from the file system, so new pages are covered automatically. */

const root = join(import.meta.dirname, "../../app");

/** The routes of all pages, with `[…]` for parameters. */
const routes = readdirSync(root, { recursive: true, encoding: "utf8" })
  .filter((file) => file.endsWith("page.tsx"))
  .filter((file) => !file.includes("[...missing]"))
  .map((file) => `/${file.replace(/\/?page\.tsx$/, "").replace(/\([^)]*\)\/?/g, "")}`.replace(/\/+$/, "") || "/")
  .sort();

/** Pages that only redirect, and where to. */
const redirects: Record<string, string> = {
  "/": "/[company]/accounts",
  "/[company]": "/[company]/accounts",
  "/[company]/settings/api-tokens/new": "/[company]/settings/api-tokens",
  "/settings/[...path]": "/[company]/settings/api-tokens",
};

/** Pages that someone who is signed in doesn't see. */
const forStrangers = ["/sign-in", "/sign-up", "/forgotten-password", "/confirm"];

function addressOf(route: string, { slug, account, contact, token }: Filled): string {
  const id = route.includes("api-tokens") ? token : route.includes("contacts") ? contact : account;
  return route.replace("[company]", slug).replace("[id]", id).replace("[...path]", "api-tokens");
}

/** The API's documents have so many rows that all of them take half a minute. The first two of a table look like the rest. */
async function expectDocumentsAccessible(page: Page, width: number): Promise<void> {
  if (width > 1000) await expectAccessible(page, ["color-contrast"], ["light"]);
  await page.evaluate(() => {
    for (const row of document.querySelectorAll("tbody tr:nth-child(n + 3)")) row.remove();
  });
  if (width > 1000) await expectAccessible(page);
  else await expectAccessible(page, ["color-contrast"], ["light"]);
}

test("there are pages", () => {
  expect(routes.length).toBeGreaterThan(15);
  expect(routes).toEqual(expect.arrayContaining(["/[company]/settings/api-tokens", ...forStrangers]));
});

for (const route of routes.filter((path) => !(path in redirects))) {
  test(`${route}: accessible, without console errors, and never wider than its window`, async ({ page }) => {
    test.slow();
    const heard = await complaints(page);
    const address = forStrangers.includes(route) ? route : addressOf(route, await fill(page));
    // Opened wide and narrow, and narrowed once more.
    for (const [width, narrower] of [
      [1280, 768],
      [360, 320],
    ] as const) {
      await page.setViewportSize({ width, height: 800 });
      const response = await page.goto(address);
      expect(response?.status()).toBeLessThan(400);
      expect(new URL(page.url()).pathname).toBe(address);
      await expect(page.locator("h1").first()).toBeVisible();
      await expect(page).toHaveTitle(/RepDesk/);
      // The explorer draws itself once its document has arrived.
      if (route.endsWith("/explorer")) await page.getByText("/api/v1/health").first().waitFor();
      await expectNoOverflow(page);
      if (route === "/docs/api") await expectDocumentsAccessible(page, width);
      else await expectAccessible(page);
      await page.setViewportSize({ width: narrower, height: 800 });
      await expectNoOverflow(page);
    }
    expect(heard).toEqual([]);
  });
}

test("pages that only redirect", async ({ page }) => {
  const filled = await fill(page);
  for (const [from, to] of Object.entries(redirects)) {
    await page.goto(addressOf(from, filled));
    await expect.poll(() => new URL(page.url()).pathname, from).toBe(addressOf(to, filled));
  }
});

test("a page's policy allows only the page's own resources", async ({ request }) => {
  const policies = new Set<string>();
  for (const _ of [1, 2]) {
    const response = await request.get("/sign-in");
    const policy = response.headers()["content-security-policy"] ?? "";
    const nonce = /'nonce-([^']+)'/.exec(policy)?.[1] as string;
    expect(policy).toContain("default-src 'none'");
    expect(policy).toContain("frame-ancestors 'none'");
    expect(policy).toContain("connect-src 'self'");
    expect(policy).not.toMatch(/script-src[^;]*unsafe/);
    expect(await response.text()).toContain(`nonce="${nonce}"`);
    policies.add(policy);
  }
  expect(policies.size).toBe(2);
});
