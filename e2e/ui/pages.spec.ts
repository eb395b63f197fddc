import { readdirSync } from "node:fs";
import { join } from "node:path";
import { expect, type Page, test } from "playwright/test";
import { api } from "../api/call.ts";
import { makeToken } from "../api/world.ts";
import { expectAccessible, settle } from "./support.ts";

/** Checks for every page. The list comes from the file system, so new pages are covered automatically. */

const root = join(import.meta.dirname, "../../app");

/** The routes of all pages, with `[…]` for parameters. */
const routes = readdirSync(root, { recursive: true, encoding: "utf8" })
  .filter((file) => file.endsWith("page.tsx"))
  .filter((file) => !file.includes("[...missing]"))
  .map((file) => `/${file.replace(/\/?page\.tsx$/, "").replace(/\([^)]*\)\/?/g, "")}`.replace(/\/+$/, "") || "/")
  .sort();

type Filled = { company: string; account: string; contact: string };

async function fill(page: Page): Promise<Filled> {
  const { person, company } = await settle(page.context());
  const by = { jwt: person.jwt, company: company.id };
  const account = await api("POST", "/accounts", {
    ...by,
    body: {
      name: "Northwind Trading",
      type: "customer",
      website: "https://northwind.example.com",
      tags: ["wholesale"],
    },
  });
  const body = {
    first_name: "Ana",
    last_name: "Ruiz",
    email: "ana@northwind.example.com",
    phone: "+1 555 0100",
    account_id: account.body.id,
  };
  const contact = await api("POST", "/contacts", { ...by, body });
  await makeToken(person, company, ["contacts:read"]);
  return { company: company.slug, account: account.body.id, contact: contact.body.id };
}

function addressOf(route: string, { company, account, contact }: Filled): string {
  const id = route.includes("contacts") ? contact : account;
  return route.replace("[company]", company).replace("[id]", id).replace("[...path]", "api-tokens");
}

/**
 * Collects script errors and violations of the content security policy. The event covers every violation; the console omits those that a
 * script catches.
 */
async function complaints(page: Page): Promise<string[]> {
  const heard: string[] = [];
  await page.exposeFunction("noteViolation", (violation: string) => heard.push(violation));
  await page.addInitScript(() => {
    document.addEventListener(
      "securitypolicyviolation",
      ({ effectiveDirective, blockedURI, sourceFile, lineNumber }) => {
        const { noteViolation } = window as unknown as { noteViolation(violation: string): void };
        noteViolation(`${effectiveDirective} blocked ${blockedURI} at ${sourceFile}:${lineNumber}`);
      },
    );
  });
  page.on("pageerror", (error) => heard.push(error.message));
  page.on("console", (message) => {
    if (message.type() === "error") heard.push(message.text());
  });
  return heard;
}

async function overflow(page: Page): Promise<number> {
  return page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth);
}

test("there are pages", () => {
  expect(routes.length).toBeGreaterThan(15);
  expect(routes).toContain("/[company]/settings/api-tokens");
});

for (const route of routes) {
  test(`${route}: accessible, without console errors, and never wider than its window`, async ({ page }) => {
    test.slow();
    const heard = await complaints(page);
    const address = addressOf(route, await fill(page));
    for (const width of [1280, 360, 320]) {
      await page.setViewportSize({ width, height: 800 });
      const response = await page.goto(address);
      expect(response?.status()).toBeLessThan(400);
      await expect(page.locator("h1").first()).toBeVisible();
      await expect(page).toHaveTitle(/RepDesk/);
      // The explorer draws itself once its document has arrived.
      if (route.endsWith("/explorer")) await expect(page.getByText("/api/v1/health").first()).toBeVisible();
      expect(await overflow(page), `${address} at ${width}`).toBeLessThanOrEqual(0);
      // The API's documents have so many elements that their colors take half a minute. They are the same at each width.
      if (width === 360 && route === "/docs/api") await expectAccessible(page, ["color-contrast"], ["light"]);
      else if (width !== 320) await expectAccessible(page);
    }
    expect(heard).toEqual([]);
  });
}

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
