import { readdirSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "playwright/test";
import { environment } from "../environment.ts";

/** What search engines may read: public pages and nothing of a company's. */

type Rule = { allows: boolean; path: string };

/** Reads robots.txt as RFC 9309 says: the longest rule that matches decides, and `$` ends a path. */
async function robots(): Promise<{ text: string; isAllowed(path: string): boolean }> {
  const response = await fetch(`${environment.appUrl}/robots.txt`);
  expect(response.status).toBe(200);
  expect(response.headers.get("content-type")).toMatch(/^text\/plain/);
  const text = await response.text();
  const rules = [...text.matchAll(/^(Allow|Disallow): (\S+)$/gm)].map(
    ([, word, path]): Rule => ({ allows: word === "Allow", path: path as string }),
  );
  const matches = ({ path: rule }: Rule, path: string) =>
    rule.endsWith("$") ? path === rule.slice(0, -1) : path.startsWith(rule);
  const isAllowed = (path: string) =>
    rules.filter((rule) => matches(rule, path)).sort((one, other) => other.path.length - one.path.length)[0]?.allows ??
    true;
  return { text, isAllowed };
}

async function sitemap(): Promise<string[]> {
  const response = await fetch(`${environment.appUrl}/sitemap.xml`);
  expect(response.status).toBe(200);
  expect(response.headers.get("content-type")).toMatch(/xml/);
  return [...(await response.text()).matchAll(/<loc>([^<]*)<\/loc>/g)].map(([, url]) => url as string);
}

test("robots.txt allows public pages and what they load, and nothing else", async () => {
  const { text, isAllowed } = await robots();
  expect(text).toMatch(/^User-Agent: \*$/m);
  expect(text).toContain(`Sitemap: ${environment.appUrl}/sitemap.xml`);
  for (const path of ["/", "/help", "/help/api-errors", "/docs/api", "/sign-in", "/sign-up", "/_next/static/a.js"])
    expect(isAllowed(path), path).toBe(true);
  for (const path of [
    "/acme",
    "/acme/accounts",
    "/help-desk/accounts",
    "/sign-in?next=%2Facme",
    "/confirm",
    "/forgotten-password",
    "/new-company",
    "/settings/profile",
    "/api/v1/contacts",
    "/auth/sign-in",
  ])
    expect(isAllowed(path), path).toBe(false);
});

test("the sitemap lists every public page, by its whole URL", async () => {
  const { isAllowed } = await robots();
  const urls = await sitemap();
  const root = join(import.meta.dirname, "../../app/(public)");
  const pages = readdirSync(root, { recursive: true, encoding: "utf8" })
    .filter((file) => file.endsWith("page.tsx") && !file.includes("["))
    .map((file) => `${environment.appUrl}/${file.replace(/\/page\.tsx$/, "")}`);
  expect(pages.length).toBeGreaterThan(4);
  expect(urls.toSorted()).toEqual(
    [...pages, `${environment.appUrl}/sign-in`, `${environment.appUrl}/sign-up`].toSorted(),
  );
  for (const url of urls) {
    const response = await fetch(url, { redirect: "manual" });
    expect(response.status, url).toBe(200);
    expect(isAllowed(new URL(url).pathname), url).toBe(true);
  }
});
