import { expect, type Page, test } from "playwright/test";
import { addMember, signUp } from "../api/world.ts";
import { ask, enter, expectAccessible, live, settle } from "./support.ts";

/** Notes on the pages of accounts and contacts. */

const notes = (page: Page) => page.getByRole("region", { name: "Activity" });
const entries = (page: Page) => notes(page).getByRole("article", { name: /^(Note|Call) by/ });
const composer = (page: Page) => notes(page).getByRole("textbox", { name: "New note" });

for (const [noun, body] of [
  ["account", { name: "Northwind" }],
  ["contact", { first_name: "Ana" }],
] as const) {
  test(`a note about one ${noun} is created, edited, and deleted on its page with the keyboard`, async ({
    page,
    context,
  }) => {
    const world = await settle(context);
    const { id } = await ask(world, "POST", `/${noun}s`, body);
    await page.goto(`/${world.company.slug}/${noun}s/${id}`);
    await composer(page).fill("Called: wants **40 seats**.\n\n- by Thursday");
    await page.keyboard.press("Control+Enter");
    const entry = entries(page);
    await expect(entry.locator("strong")).toHaveText("40 seats");
    await expect(entry.getByRole("listitem")).toHaveText("by Thursday");
    await expect(entry).toContainText(/Ana Ruiz.*Note/);
    await expect(live(page)).toHaveText("Note added.");
    await expect(composer(page)).toBeFocused();
    await expect(composer(page)).toHaveValue("");
    await expectAccessible(page);

    await entry.getByRole("button", { name: "Actions for this note" }).press("Enter");
    await page.getByRole("menuitem", { name: "Edit note" }).press("Enter");
    const dialog = page.getByRole("dialog", { name: "Edit note" });
    await dialog.getByRole("textbox", { name: "Note" }).fill("Wants 50 seats.");
    await page.keyboard.press("Control+Enter");
    await expect(dialog).toBeHidden();
    await expect(entry).toContainText("Wants 50 seats.");
    await expect(entry).toContainText("edited");

    await entry.getByRole("button", { name: "Actions for this note" }).press("Enter");
    await page.getByRole("menuitem", { name: "Delete note" }).press("Enter");
    await page.getByRole("button", { name: "Delete note" }).click();
    await expect(entry).toHaveCount(0);
    await expect(composer(page)).toBeFocused();
    expect((await ask(world, "GET", `/notes?filter[${noun}_id]=${id}`)).data).toEqual([]);
  });
}

test("notes can't contain scripts or images, and only link to the web and to email addresses", async ({
  page,
  context,
}) => {
  const world = await settle(context);
  const { id } = await ask(world, "POST", "/contacts", { first_name: "Ana" });
  const body = [
    "<script>document.title = 'owned'</script><img src=x onerror=\"document.title = 'owned'\">",
    "![a picture](https://example.com/track.png)",
    "[bad](javascript:document.title='owned') [worse](data:text/html,x) [good](https://example.com/)",
    "# A heading",
  ].join("\n\n");
  await ask(world, "POST", "/notes", { body, contact_id: id });
  const elsewhere: string[] = [];
  page.on("request", (request) => {
    if (request.url().includes("example.com")) elsewhere.push(request.url());
  });
  await page.goto(`/${world.company.slug}/contacts/${id}`);
  const entry = entries(page);
  await expect(entry).toContainText("<script>");
  await expect(entry.locator("script, img")).toHaveCount(0);
  await expect(entry.getByRole("link")).toHaveText(["a picture", "good"]);
  await expect(entry.getByRole("link", { name: "good" })).toHaveAttribute("rel", "noopener noreferrer nofollow");
  await expect(entry.getByRole("heading", { level: 4 })).toHaveText("A heading");
  await expect(page).not.toHaveTitle("owned");
  expect(elsewhere).toEqual([]);
});

test("only the first 50,000 characters of notes on a page are rendered as Markdown", async ({ page, context }) => {
  const world = await settle(context);
  const { id } = await ask(world, "POST", "/contacts", { first_name: "Ana" });
  const long = `**bold** ${"a ".repeat(20_000)}end`;
  for (let written = 0; written < 2; written += 1) await ask(world, "POST", "/notes", { body: long, contact_id: id });
  await page.goto(`/${world.company.slug}/contacts/${id}`);
  await expect(entries(page).nth(0).locator("strong")).toHaveText("bold");
  await expect(entries(page).nth(1).locator("strong")).toHaveCount(0);
  await expect(entries(page).nth(1)).toContainText("**bold** a a");
});

test("a colleague can read a note but not change it; an admin can change it", async ({ page, context }) => {
  const world = await settle(context);
  const { id } = await ask(world, "POST", "/contacts", { first_name: "Ana" });
  await ask(world, "POST", "/notes", { body: "From the admin.", contact_id: id });
  const colleague = await signUp("Bo Both");
  await addMember(world.company, colleague);
  const own = { person: colleague, company: world.company };
  await ask(own, "POST", "/notes", { body: "From a colleague.", contact_id: id });
  const path = `/${world.company.slug}/contacts/${id}`;
  const actions = (text: string) =>
    entries(page).filter({ hasText: text }).getByRole("button", { name: "Actions for this note" });
  await page.goto(path);
  await expect(actions("From a colleague.")).toBeVisible();
  await expect(actions("From the admin.")).toBeVisible();
  await context.clearCookies();
  await enter(context, colleague);
  await page.goto(path);
  await expect(actions("From a colleague.")).toBeVisible();
  await expect(notes(page)).toContainText("From the admin.");
  await expect(actions("From the admin.")).toHaveCount(0);
});

test("a note that was changed after its answer was lost is another note", async ({ page, context }) => {
  const world = await settle(context);
  const { id } = await ask(world, "POST", "/contacts", { first_name: "Ana" });
  await page.goto(`/${world.company.slug}/contacts/${id}`);
  await page.route(
    "**/api/v1/notes",
    async (route) => {
      await route.fetch();
      await route.abort();
    },
    { times: 1 },
  );
  await composer(page).fill("Wants 40 seats.");
  await notes(page).getByRole("button", { name: "Add note" }).click();
  await expect(notes(page).getByRole("alert")).toContainText("Couldn't reach RepDesk.");
  await notes(page).getByRole("combobox", { name: "Kind" }).click();
  await page.getByRole("option", { name: "Call" }).click();
  await notes(page).getByRole("button", { name: "Add note" }).click();
  await expect(entries(page)).toHaveCount(2);
  await expect(notes(page).getByRole("alert")).toHaveCount(0);
});

test("a note that can't be saved stays in its field, and a retry creates one note", async ({ page, context }) => {
  const world = await settle(context);
  const { id } = await ask(world, "POST", "/contacts", { first_name: "Ana" });
  await page.goto(`/${world.company.slug}/contacts/${id}`);
  await composer(page).fill("word ".repeat(10_001));
  await notes(page).getByRole("button", { name: "Add note" }).click();
  await expect(composer(page)).toHaveAccessibleDescription("At most 50,000 characters.");
  await expect(composer(page)).toHaveValue("word ".repeat(10_001));
  // The next response is lost in transit: the note is saved, but the browser doesn't know.
  let lost = 0;
  await page.route("**/api/v1/notes", async (route) => {
    if (lost > 0) return route.continue();
    lost += 1;
    await route.fetch();
    await route.abort();
  });
  await composer(page).fill("Only once.");
  await notes(page).getByRole("button", { name: "Add note" }).click();
  await expect(notes(page).getByRole("alert")).toContainText("Couldn't reach RepDesk. Your text is kept.");
  await expect(composer(page)).toHaveValue("Only once.");
  await notes(page).getByRole("button", { name: "Add note" }).click();
  await expect(entries(page)).toHaveCount(1);
  expect((await ask(world, "GET", `/notes?filter[contact_id]=${id}`)).data).toHaveLength(1);
});

test("a note that someone else saved meanwhile says who did and what it says; nothing typed is lost", async ({
  page,
  context,
}) => {
  const world = await settle(context);
  const { id } = await ask(world, "POST", "/contacts", { first_name: "Ana" });
  const note = await ask(world, "POST", "/notes", { body: "First.", contact_id: id });
  await page.goto(`/${world.company.slug}/contacts/${id}`);
  await entries(page).getByRole("button", { name: "Actions for this note" }).press("Enter");
  await page.getByRole("menuitem", { name: "Edit note" }).press("Enter");
  const dialog = page.getByRole("dialog", { name: "Edit note" });
  const body = dialog.getByRole("textbox", { name: "Note" });
  await body.fill("Mine.");
  await ask(world, "PATCH", `/notes/${note.id}`, { body: "Theirs." });
  await dialog.getByRole("button", { name: "Save note" }).click();
  await expect(dialog.getByRole("alert")).toContainText("Ana Ruiz saved this note while you were editing it.");
  await expect(dialog.getByRole("alert")).toContainText("Theirs.");
  await expect(body).toHaveValue("Mine.");
  await dialog.getByRole("button", { name: "Take theirs" }).click();
  await expect(body).toHaveValue("Theirs.");
  await body.fill("Both.");
  await dialog.getByRole("button", { name: "Save note" }).click();
  await expect(dialog).toBeHidden();
  expect(await ask(world, "GET", `/notes/${note.id}`)).toMatchObject({ body: "Both.", version: 3 });
});
