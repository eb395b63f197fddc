import { expect, type Page, test } from "playwright/test";
import { newId } from "#lib/format/ids";
import { newToken } from "#lib/format/token";
import { api } from "../api/call.ts";
import { complaints, expectNoOverflow } from "./page-checks.ts";
import { expectAccessible, live, settle } from "./support.ts";

/** The token doctor says what is wrong with a pasted text, and sends and keeps nothing. */

const { prefix, secret } = newToken();
const mistyped = secret.slice(0, -1) + (secret.endsWith("7") ? "8" : "7");

const field = (page: Page) => page.getByRole("textbox", { name: "Text to check" });
const result = (page: Page, name: string) => page.getByRole("region", { name, exact: true });

/** What each text leads to: the heading of the result, and texts in it. */
const cases: [what: string, text: string, title: string, texts: (string | RegExp)[]][] = [
  ["a token", secret, "The token is well-formed", [prefix, "isn't necessarily active"]],
  ["a header", `Authorization: Bearer ${secret}`, "The token is well-formed", [prefix]],
  ["a wrong character", mistyped, "The token is not well-formed", ["At least one character is wrong"]],
  ["the start", secret.slice(0, 40), "The token is not well-formed", ["It has 40 of 66 characters."]],
  [
    "a header without a scheme",
    `Authorization: ${secret}`,
    "The token is well-formed, but something else is wrong",
    ["doesn't begin with Bearer"],
  ],
  [
    "a line break",
    `REPDESK_TOKEN=${secret.slice(0, 30)}\n${secret.slice(30)}`,
    "The token is well-formed, but something else is wrong",
    ["inside the token"],
  ],
  ["a placeholder", "Bearer {{token}}", "There is no token in this", ["placeholder"]],
  ["a code", "insufficient_scope", "The token doesn't have the required scope", ["403 insufficient_scope"]],
  ["an unknown code", "no_such_code", "RepDesk has no such code", ["no_such_code"]],
  ["a request ID", newId("req"), "This is a request ID", ["X-Request-Id", /made on .*20\d\d/]],
];

test("says what each text is and what is wrong with it", async ({ page }) => {
  await page.goto("/help/token-doctor");
  await expect(page.getByRole("main")).toContainText("Nothing you paste is sent anywhere.");
  for (const [what, text, title, texts] of cases)
    await test.step(what, async () => {
      await field(page).fill(text);
      await expect(result(page, title)).toBeVisible();
      for (const expected of texts) await expect(result(page, title)).toContainText(expected);
      await expect(page.getByRole("main").getByRole("region")).toHaveCount(1);
    });
  await field(page).fill("hello");
  await expect(page.getByText("This isn't a token, an error code, or a request ID.")).toBeVisible();
  await field(page).fill("");
  await expect(page.getByRole("main").getByRole("region")).toHaveCount(0);
});

test("explains the answer to a real request, and screen readers hear the result", async ({ page }) => {
  const { text, body } = await api("GET", "/me", { token: mistyped });
  expect(body.code).toBe("token_invalid");
  await page.goto("/help/token-doctor");
  await field(page).fill(text);
  await expect(result(page, body.title)).toContainText("create a new one");
  await expect(result(page, "This is a request ID")).toBeVisible();
  await expect(live(page)).toHaveText(`${body.title}. This is a request ID`);
  await result(page, body.title).getByRole("link").click();
  await expect(page.locator(":target")).toHaveAttribute("id", "token_invalid");
});

test("results are accessible and never wider than the window", async ({ page }) => {
  test.slow();
  const heard = await complaints(page);
  await page.goto("/help/token-doctor");
  for (const text of [secret, mistyped, `${secret}, token_expired, ${newId("req")}`, "x".repeat(3_000)])
    for (const width of [1280, 320]) {
      await page.setViewportSize({ width, height: 800 });
      await field(page).fill(text);
      await expectNoOverflow(page);
      if (width === 320) await expectAccessible(page);
    }
  expect(heard).toEqual([]);
});

/** Everything that a page can keep a text in, except for the field itself. */
const keeps = (page: Page) =>
  page.evaluate(async () => ({
    url: location.href,
    title: document.title,
    history: [history.length, JSON.stringify(history.state)],
    local: { ...localStorage },
    session: { ...sessionStorage },
    cookie: document.cookie,
    window: window.name,
    databases: await indexedDB.databases(),
    caches: await caches.keys(),
    workers: (await navigator.serviceWorker.getRegistrations()).length,
  }));

for (const who of ["a stranger", "someone who is signed in"])
  test(`nothing is sent or kept for ${who}`, async ({ page, context }) => {
    if (who !== "a stranger") await settle(context);
    await context.grantPermissions(["clipboard-read", "clipboard-write"]);
    await page.goto("/help/token-doctor", { waitUntil: "networkidle" });
    const sent: string[] = [];
    context.on("request", (request) => sent.push(`${request.method()} ${request.url()}`));
    page.on("websocket", (socket) => sent.push(`socket ${socket.url()}`));
    const before = { ...(await keeps(page)), cookies: await context.cookies() };

    await field(page).pressSequentially(secret);
    await expect(result(page, "The token is well-formed")).toBeVisible();
    await page.evaluate((text) => navigator.clipboard.writeText(text), `Authorization: Bearer ${mistyped}`);
    await field(page).press("ControlOrMeta+a");
    await field(page).press("ControlOrMeta+v");
    await expect(field(page)).toHaveValue(`Authorization: Bearer ${mistyped}`);
    await expect(result(page, "The token is not well-formed")).toBeVisible();
    for (const [, text, title] of cases) {
      await field(page).fill(text);
      await expect(result(page, title)).toBeVisible();
      // Links ask for their pages when they are near the pointer.
      for (const link of await result(page, title).getByRole("link").all()) await link.hover();
    }
    await field(page).fill(secret);
    await field(page).press("Enter");
    await field(page).press("Tab");
    await expect(live(page)).toHaveText("The token is well-formed");

    expect(sent).toEqual([]);
    expect({ ...(await keeps(page)), cookies: await context.cookies() }).toEqual(before);
    expect(await page.content()).not.toContain(secret.slice(prefix.length + 1));

    // All of these would have been noticed.
    await page.evaluate(() => {
      navigator.sendBeacon("/help?beacon");
      new Image().src = "/icon.svg?image";
      void fetch("/help?fetch");
      void new WebSocket(`${location.origin.replace("http", "ws")}/help?socket`);
    });
    for (const kind of ["beacon", "image", "fetch", "socket"])
      await expect.poll(() => sent.some((one) => one.endsWith(`?${kind}`)), kind).toBe(true);
  });

test("a text that was typed before the script ran is checked, and leaving the page clears it", async ({ page }) => {
  let arrive = () => {};
  const arrived = new Promise<void>((resolve) => {
    arrive = resolve;
  });
  await page.route("**/_next/static/chunks/*.js", async (route) => {
    await arrived;
    await route.continue();
  });
  await page.goto("/help/token-doctor", { waitUntil: "commit" });
  await field(page).fill(secret);
  arrive();
  await expect(result(page, "The token is well-formed")).toBeVisible();
  await page.evaluate(() => dispatchEvent(new PageTransitionEvent("pagehide", { persisted: true })));
  await expect(field(page)).toHaveValue("");
  await expect(result(page, "The token is well-formed")).toHaveCount(0);
});

test("help, the article on tokens, and the list of errors link to it", async ({ page }) => {
  for (const path of ["/help", "/help/api-token-public-api", "/help/api-errors"]) {
    await page.goto(path);
    await page.getByRole("main").getByRole("link", { name: "token doctor" }).click();
    await expect(page.getByRole("heading", { level: 1 })).toHaveText("Token doctor");
    await expect(page).toHaveTitle(/^Token doctor/);
  }
});
