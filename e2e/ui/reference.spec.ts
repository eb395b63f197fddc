import { expect, type Page, test } from "playwright/test";
import { api } from "../api/call.ts";
import { makeCompany } from "../api/world.ts";
import { environment } from "../environment.ts";
import { settle } from "./support.ts";

/** The explorer: requests are real, run in the chosen company, and go only to our own host. */

/** All requests of the page to other hosts. */
function foreignRequests(page: Page): string[] {
  const heard: string[] = [];
  page.on("request", (request) => {
    if (!/^(data|blob):/.test(request.url()) && new URL(request.url()).origin !== environment.appUrl)
      heard.push(request.url());
  });
  return heard;
}

/** Opens listContacts and sends it. Resolves with the request, the response, and the place that shows them. */
async function tryListContacts(page: Page) {
  const operation = page.locator(".opblock").filter({ has: page.getByText("List contacts", { exact: true }) });
  if (!(await operation.getByRole("button", { name: "Execute" }).isVisible())) {
    await operation
      .getByRole("button", { name: /List contacts/ })
      .first()
      .click();
    await operation.getByRole("button", { name: "Try it out" }).click();
  }
  const sent = page.waitForRequest((request) => new URL(request.url()).pathname === "/api/v1/contacts");
  await operation.getByRole("button", { name: "Execute" }).click();
  const request = await sent;
  const response = await request.response();
  if (!response) throw new Error("The request had no response.");
  await expect(operation.locator(".live-responses-table .response-col_status").last()).toContainText(
    String(response.status()),
  );
  return { request, response, shown: operation.locator(".live-responses-table") };
}

test("signed in, a request runs in the chosen company, and nothing goes to other hosts", async ({ page, context }) => {
  test.slow();
  const foreign = foreignRequests(page);
  const { person, company } = await settle(context, "Acme");
  const second = await makeCompany(person, "Globex");
  for (const [{ id }, first_name] of [
    [company, "Ana"],
    [second, "Bea"],
  ] as const)
    await api("POST", "/contacts", { jwt: person.jwt, company: id, body: { first_name } });
  await page.goto("/docs/api/explorer");
  const choice = page.getByRole("combobox", { name: "Company" });

  for (const [{ id, name }, mine, others] of [
    [second, "Bea", "Ana"],
    [company, "Ana", "Bea"],
  ] as const) {
    await choice.press("Enter");
    await page.getByRole("option", { name, exact: true }).press("Enter");
    await expect(choice).toHaveText(name);
    const { request, response, shown } = await tryListContacts(page);
    expect(new URL(request.url()).origin).toBe(environment.appUrl);
    expect(response.status()).toBe(200);
    expect(response.headers()["repdesk-company"]).toBe(id);
    expect((await response.json()).data).toEqual([expect.objectContaining({ first_name: mine })]);
    await expect(shown).toContainText(`"${mine}"`);
    await expect(shown).not.toContainText(`"${others}"`);
  }
  expect(foreign).toEqual([]);
});

test("not signed in, the page says so, and a request is 401", async ({ page }) => {
  test.slow();
  const foreign = foreignRequests(page);
  await page.goto("/docs/api/explorer");
  await expect(page.getByText("You are not signed in.")).toBeVisible();
  expect((await tryListContacts(page)).response.status()).toBe(401);
  expect(foreign).toEqual([]);
});
