import { expect, test } from "playwright/test";
import { errorCodes, errors } from "#lib/contract/errors";
import { api } from "../api/call.ts";
import { makeToken } from "../api/world.ts";
import { environment } from "../environment.ts";
import { settle } from "./support.ts";

/** Help: the pages that errors and the token page link to. */

test("each error code has an anchor with its meaning and a remedy", async ({ page }) => {
  await page.goto("/help/api-errors");
  const entries = await page.locator("article[id]").evaluateAll((articles) =>
    articles.map((article) => ({
      code: article.id,
      title: article.querySelector("h3")?.textContent ?? "",
      text: [...article.querySelectorAll("p")].map((paragraph) => paragraph.textContent ?? ""),
    })),
  );
  expect(entries.map(({ code }) => code).sort()).toEqual([...errorCodes].sort());
  for (const { code, title, text } of entries) {
    const [label = "", ...sentences] = text;
    expect([title, label]).toEqual([
      errors[code as "not_found"].title,
      `${errors[code as "not_found"].status} ${code}`,
    ]);
    expect(sentences, code).toHaveLength(2);
    for (const sentence of sentences) expect(sentence, code).toMatch(/^[A-Z].{15,}\.$/s);
  }
});

test("the type of a real problem links to its entry, which is highlighted", async ({ page }) => {
  const problems = [await api("GET", "/me"), await api("GET", "/nothing"), await api("PUT", "/me")];
  for (const { body } of problems) {
    const url = new URL(body.type);
    expect(url.origin).toBe(environment.appUrl);
    // From another page, since moving between anchors of one page sends no request.
    await page.goto("about:blank");
    const response = await page.goto(body.type);
    expect(response?.status()).toBe(200);
    const entry = page.locator(":target");
    await expect(entry).toHaveAttribute("id", body.code);
    await expect(entry).toBeInViewport();
    await expect(entry.getByRole("heading")).toHaveText(body.title);
  }
});

test("the tokens page links to the article, with and without tokens, and the article covers failing calls", async ({
  page,
  context,
}) => {
  const { person, company } = await settle(context);
  const guide = () => page.getByRole("main").locator("a[href='/help/api-token-public-api']").first();
  await page.goto(`/${company.slug}/settings/api-tokens`);
  await expect(guide()).toBeVisible();
  await makeToken(person, company);
  await page.reload();
  await expect(page.getByRole("table")).toBeVisible();
  await guide().click();
  await page.waitForURL("**/help/api-token-public-api");
  await expect(page.getByRole("heading", { level: 1 })).toHaveText("Generate an API token for the public API");

  const table = page.getByRole("table").filter({ has: page.getByRole("columnheader", { name: "What you see" }) });
  for (const symptom of ["401", "403", "Empty list, or 404", "CORS error"]) {
    const row = table.getByRole("row").filter({ has: page.getByRole("rowheader", { name: symptom, exact: true }) });
    await expect(row, symptom).toHaveCount(1);
    await expect(row.getByRole("listitem").first()).toContainText("?");
    await expect(row.getByRole("paragraph")).toContainText(".");
  }
  const codes = await table.locator("a").evaluateAll((links) => links.map((link) => link.getAttribute("href")));
  expect(codes.length).toBeGreaterThan(5);
  for (const href of codes) expect(errorCodes.map((code) => `/help/api-errors#${code}`)).toContain(href);
});

test("an article lists its sections and highlights the current one", async ({ page }) => {
  await page.setViewportSize({ width: 1280, height: 800 });
  for (const path of ["/help/api-token-public-api", "/help/api-errors"]) {
    await page.goto(path);
    const contents = page.getByRole("navigation", { name: "Contents" });
    const listed = await contents
      .getByRole("link")
      .evaluateAll((links) => links.map((link) => [link.getAttribute("href"), link.textContent]));
    const sections = await page
      .getByRole("article")
      .first()
      .locator("h2[id], article[id] h3")
      .evaluateAll((all) => all.map((one) => [`#${one.closest("[id]:not(h3)")?.id}`, one.textContent]));
    expect(listed).toEqual(sections);
    expect(listed.length).toBeGreaterThan(5);
    await contents.getByRole("link").nth(4).click();
    await expect(contents.locator("[aria-current='location']")).toHaveText(String(listed[4]?.[1]));
  }
});
