import { readFileSync } from "node:fs";
import { join } from "node:path";
import { gzipSync } from "node:zlib";
import { expect, type Page, test } from "playwright/test";
import { api } from "../api/call.ts";
import { makeToken } from "../api/world.ts";
import { settle } from "./support.ts";

/** How much script the two most used pages load before they work. What is loaded later, when the browser is idle, isn't counted. */

const kilobyte = 1024;
/** Beyond Next and React, in gzipped KB. */
const most = 40;

const built = join(import.meta.dirname, "../../.next");
/** The scripts that every Next page loads. */
const ofNext: string[] = JSON.parse(readFileSync(join(built, "build-manifest.json"), "utf8")).rootMainFiles;

/** The page's own scripts with their gzipped sizes, as they are in its HTML. */
async function scriptsOf(page: Page, address: string): Promise<{ name: string; size: number }[]> {
  const html = await (await page.request.get(address)).text();
  const tags = [...html.matchAll(/<script[^>]*\ssrc="\/_next\/([^"?]+)[^>]*>/g)].filter(
    ([tag]) => !/nomodule/i.test(tag),
  );
  const names = new Set(tags.map(([, name]) => String(name)));
  expect(
    ofNext.filter((name) => names.has(name)),
    "Next's own scripts are among them",
  ).toEqual(ofNext);
  return [...names]
    .filter((name) => !ofNext.includes(name))
    .map((name) => ({ name, size: gzipSync(readFileSync(join(built, name))).length / kilobyte }));
}

test(`contacts and API tokens load at most ${most} KB of script beyond a bare Next page`, async ({ page, context }) => {
  const { person, company } = await settle(context);
  await api("POST", "/contacts", { jwt: person.jwt, company: company.id, body: { first_name: "Ana" } });
  await makeToken(person, company, ["contacts:read"]);
  for (const path of ["contacts", "settings/api-tokens"]) {
    const scripts = await scriptsOf(page, `/${company.slug}/${path}`);
    const sum = scripts.reduce((total, { size }) => total + size, 0);
    expect(sum, `${path}: ${scripts.map(({ name, size }) => `${name} ${size.toFixed(1)}`).join(", ")}`).toBeLessThan(
      most,
    );
  }
});

/** Uses of a control whose code is loaded later, and what they lead to. */
const uses: Record<string, { act: (page: Page) => Promise<void>; seen: (page: Page) => Promise<void> }> = {
  "text typed into a filter": {
    async act(page) {
      await page.getByRole("combobox", { name: "Account" }).press("n");
      await page.keyboard.type("owhere");
    },
    async seen(page) {
      await expect(page.getByRole("combobox", { name: "Account" })).toHaveValue("nowhere");
      await expect(page.getByRole("combobox", { name: "Account" })).toBeFocused();
      await expect(page.getByText("No accounts match “nowhere”.")).toBeVisible();
    },
  },
  "a click on a filter": {
    act: (page) => page.getByRole("combobox", { name: "Account" }).click(),
    seen: (page) => expect(page.getByRole("option", { name: "No account" })).toBeVisible(),
  },
  "Enter on a row's menu": {
    act: (page) => page.getByRole("button", { name: "Actions for Ana" }).press("Enter"),
    seen: (page) => expect(page.getByRole("menuitem", { name: "Edit contact" })).toBeFocused(),
  },
  "a click on a row's menu": {
    act: (page) => page.getByRole("button", { name: "Actions for Ana" }).click(),
    seen: (page) => expect(page.getByRole("menuitem", { name: "Edit contact" })).toBeVisible(),
  },
  "an arrow key on a select": {
    act: (page) => page.getByRole("combobox", { name: "Order" }).press("ArrowDown"),
    seen: (page) => expect(page.getByRole("option", { name: "Newest first" })).toBeFocused(),
  },
  "the create button": {
    act: (page) => page.getByRole("button", { name: "Create contact" }).click(),
    seen: (page) => expect(page.getByRole("dialog").getByRole("textbox", { name: "First name" })).toBeFocused(),
  },
};

for (const [name, { act, seen }] of Object.entries(uses))
  test(`${name} works once its code has arrived`, async ({ page, context }) => {
    const { person, company } = await settle(context);
    await api("POST", "/contacts", { jwt: person.jwt, company: company.id, body: { first_name: "Ana" } });
    const address = `/${company.slug}/contacts`;
    const first = new Set([...ofNext, ...(await scriptsOf(page, address)).map((script) => script.name)]);
    let arrive = () => {};
    const arrived = new Promise<void>((resolve) => {
      arrive = resolve;
    });
    let late = 0;
    await page.route("**/_next/static/chunks/*.js", async (route) => {
      if (!first.has(new URL(route.request().url()).pathname.replace("/_next/", ""))) {
        late += 1;
        await arrived;
      }
      await route.continue();
    });
    // Code that the page asks for before it is loaded holds up its `load` event.
    await page.goto(address, { waitUntil: "domcontentloaded" });
    // The page works once it asks for more.
    await expect.poll(() => late).toBeGreaterThan(0);
    await act(page);
    await expect(page.getByRole("menuitem").or(page.getByRole("option")).or(page.getByRole("dialog"))).toHaveCount(0);
    arrive();
    await seen(page);
  });

test("code that failed to arrive is asked for again", async ({ page, context }) => {
  const { company } = await settle(context);
  const address = `/${company.slug}/contacts`;
  const first = new Set([...ofNext, ...(await scriptsOf(page, address)).map((script) => script.name)]);
  let isAway = true;
  const lost = new Map<string, number>();
  await page.route("**/_next/static/chunks/*.js", async (route) => {
    const name = new URL(route.request().url()).pathname.replace("/_next/", "");
    if (first.has(name) || !isAway) return route.continue();
    lost.set(name, (lost.get(name) ?? 0) + 1);
    await route.abort();
  });
  await page.goto(address);
  await expect.poll(() => lost.size).toBeGreaterThan(0);
  await page.getByRole("button", { name: "Create contact" }).click();
  // Next itself asks twice each time: when the browser is idle, and for the click.
  await expect.poll(() => Math.max(...lost.values())).toBeGreaterThan(4);
  isAway = false;
  await expect(page.getByRole("dialog", { name: "Create contact" })).toBeVisible();
});
