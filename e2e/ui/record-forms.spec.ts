import { expect, test } from "playwright/test";
import { auth, cookieOfSignIn } from "../api/session-cookie.ts";
import { kinds } from "./kinds.ts";
import {
  ask,
  dialog,
  expectAccessible,
  live,
  menu,
  rows,
  settle,
  shortcut,
  signInForm,
  submit,
  tabTo,
} from "./support.ts";

/** Every noun with pages: editing with conflicts, deleting, and forms whose request fails. */

for (const kind of kinds) {
  const { one, many, name, detail, field, have, labelOf } = kind;

  test(`${many}: an edit sends only what changed and the version that was read`, async ({ page, context }) => {
    const world = await settle(context);
    const id = await have(world, "Northwind", { phone: "+1 555 0100", [detail]: "Retail", tags: ["a"] });
    await page.goto(kind.listOf(world));
    await menu(page, "Northwind", `Edit ${one}`);
    await expect(field(page, "phone")).toHaveValue("+1 555 0100");
    await field(page, "phone").fill("+1 555 0199");
    await field(page, detail).fill(" ");
    await field(page, "tags").fill("b");
    const sent = page.waitForRequest((request) => request.method() === "PATCH");
    await submit(page, `Save ${one}`);
    const request = await sent;
    expect(request.postDataJSON()).toEqual({ phone: "+1 555 0199", [detail]: null, tags: ["a", "b"] });
    expect(request.headers()["if-match"]).toBe('"v1"');
    await expect(dialog(page)).toHaveCount(0);
    await expect(page.getByRole("button", { name: "Actions for Northwind" })).toBeFocused();
    await expect(live(page)).toHaveText("Northwind saved.");

    let patches = 0;
    page.on("request", (other) => {
      if (other.method() === "PATCH") patches += 1;
    });
    await page.goto(`${kind.listOf(world)}/${id}`);
    await page.getByRole("button", { name: `Edit ${one}` }).click();
    await submit(page, `Save ${one}`);
    await expect(dialog(page)).toHaveCount(0);
    expect(patches).toBe(0);
    await page.getByRole("button", { name: `Edit ${one}` }).click();
    await field(page, name).fill("Northwind & Sons");
    await submit(page, `Save ${one}`);
    await expect(page.getByRole("heading", { name: "Northwind & Sons" })).toBeVisible();
    await expect(page).toHaveTitle(/^Northwind & Sons/);
    expect(patches).toBe(1);
  });

  test(`${many}: a conflicting change is shown next to one's own, field by field`, async ({ page, context }) => {
    const world = await settle(context);
    const id = await have(world, "Northwind", { phone: "1", [detail]: "Retail", external_id: "erp-1" });
    await page.goto(`${kind.listOf(world)}/${id}`);
    await page.getByRole("button", { name: `Edit ${one}` }).click();
    await field(page, "phone").fill("mine 1");
    await field(page, detail).fill("mine 2");
    await field(page, "description").fill("mine 3");
    const path = `/${many}/${id}`;
    await ask(world, "PATCH", path, { phone: "theirs 1", [detail]: "theirs 2", external_id: null });
    await submit(page, `Save ${one}`);

    await expect(page.getByText(`Ana Ruiz saved this ${one} while you were editing.`)).toBeVisible();
    const phone = page.getByRole("radiogroup", { name: "Phone" });
    await expect(phone.getByRole("radio", { name: "Keep mine" })).toBeChecked();
    await expect(phone).toContainText(/mine 1.*theirs 1/);
    const theirs = page.getByRole("region", { name: "Changed by someone else" });
    await expect(theirs).toContainText(labelOf("external_id"));
    await expect(field(page, "external_id")).toHaveValue("");
    await expectAccessible(page);
    await page.getByRole("button", { name: "Take all of theirs" }).click();
    await expect(page.getByRole("textbox", { name: "Phone" })).toHaveValue("theirs 1");
    await phone.getByRole("radio", { name: "Keep mine" }).click();
    await expect(page.getByRole("textbox", { name: "Phone" })).toHaveValue("mine 1");

    await ask(world, "PATCH", path, { tags: ["again"] });
    await submit(page, `Save ${one}`);
    await expect(page.getByText("Save again to add your changes to theirs.")).toBeVisible();
    await submit(page, `Save ${one}`);
    await expect(dialog(page)).toHaveCount(0);
    const saved = { phone: "mine 1", [detail]: "theirs 2", description: "mine 3", external_id: null, tags: ["again"] };
    expect(await ask(world, "GET", path)).toMatchObject(saved);
  });

  test(`${many}: a deletion asks first, and focuses the next row or the list`, async ({ page, context }) => {
    const world = await settle(context);
    for (const named of ["Gamma", "Beta", "Alpha"]) await have(world, named);
    await page.goto(kind.listOf(world));
    await menu(page, "Beta", `Delete ${one}`);
    const question = page.getByRole("alertdialog", { name: "Delete “Beta”?" });
    await expect(question).toContainText("You can't undo this.");
    await expect(page.getByRole("button", { name: `Keep ${one}` })).toBeFocused();
    await page.keyboard.press("Enter");
    await expect(rows(page)).toHaveCount(3);
    await expect(page.getByRole("button", { name: "Actions for Beta" })).toBeFocused();
    await menu(page, "Beta", `Delete ${one}`);
    await page.getByRole("button", { name: `Delete ${one}` }).click();
    await expect(rows(page)).toHaveCount(2);
    await expect(page.getByRole("link", { name: "Gamma" })).toBeFocused();
    await expect(live(page)).toHaveText("Beta deleted.");

    await page.getByRole("link", { name: "Gamma" }).click();
    await expect(page.getByRole("heading", { name: "Gamma", level: 1 })).toBeVisible();
    const path = new URL(page.url()).pathname;
    await menu(page, "Gamma", `Delete ${one}`);
    await page
      .getByRole("alertdialog")
      .getByRole("button", { name: `Delete ${one}` })
      .click();
    await page.waitForURL(`**${kind.listOf(world)}`);
    await expect(page.getByText(`${one[0]?.toUpperCase()}${one.slice(1)} deleted.`)).toBeVisible();
    await expect(rows(page)).toHaveCount(1);
    expect((await page.goto(path))?.status()).toBe(404);
  });

  test(`${many}: a deletion asks again after someone's change; a deleted record is gone`, async ({ page, context }) => {
    const world = await settle(context);
    const id = await have(world, "Beta");
    const alpha = await have(world, "Alpha");
    await page.goto(kind.listOf(world));
    await ask(world, "PATCH", `/${many}/${id}`, { [name]: "Beta now" });
    await menu(page, "Beta", `Delete ${one}`);
    await page.getByRole("button", { name: `Delete ${one}` }).click();
    await expect(page.getByText("Someone changed it a moment ago. Delete it only if you still want to.")).toBeVisible();
    await expect(page.getByRole("alertdialog", { name: "Delete “Beta now”?" })).toBeVisible();
    await ask(world, "DELETE", `/${many}/${id}`);
    await page.getByRole("button", { name: `Delete ${one}` }).click();
    await expect(rows(page)).toHaveCount(1);

    await menu(page, "Alpha", `Edit ${one}`);
    await field(page, "phone").fill("typed");
    await ask(world, "DELETE", `/${many}/${alpha}`);
    await submit(page, `Save ${one}`);
    await expect(page.getByRole("alert")).toContainText(`Someone deleted this ${one}, so it can't be saved.`);
    await expect(field(page, "phone")).toHaveValue("typed");
  });

  test(`${many}: everything works with the keyboard alone`, async ({ page, context }) => {
    const { keyboard } = page;
    await page.goto(kind.listOf(await settle(context)));
    await expect(kind.createButton(page)).toBeVisible();
    await shortcut(page, "n", field(page, name));
    await keyboard.type("Northwind");
    await field(page, "tags").focus();
    await keyboard.type("one");
    await keyboard.press("Enter");
    await keyboard.type("two,three");
    await keyboard.press("Enter");
    await keyboard.press("Backspace");
    await expect(page.getByRole("button", { name: "Remove tag three" })).toHaveCount(0);
    await keyboard.press("Enter");
    await expect(page.getByRole("link", { name: "Northwind" })).toBeFocused();

    await tabTo(page, "button", "Actions for Northwind");
    await keyboard.press("Enter");
    await expect(page.getByRole("menuitem", { name: `Edit ${one}` })).toBeFocused();
    await keyboard.press("Enter");
    await expect(field(page, name)).toBeFocused();
    await expect(page.getByRole("button", { name: /^Remove tag/ })).toHaveCount(2);
    await keyboard.press("End");
    await keyboard.type(" & Sons");
    await field(page, "description").focus();
    await keyboard.type("Two lines");
    await keyboard.press("Control+Enter");
    await expect(page.getByRole("button", { name: "Actions for Northwind & Sons" })).toBeFocused();
    await keyboard.press("Shift+Tab");
    await keyboard.press("Enter");
    await expect(page.getByRole("heading", { name: "Northwind & Sons" })).toBeVisible();
    await tabTo(page, "button", "Actions for Northwind & Sons");
    await keyboard.press("Enter");
    await expect(page.getByRole("menuitem", { name: `Delete ${one}` })).toBeFocused();
    await keyboard.press("Enter");
    await expect(page.getByRole("button", { name: `Keep ${one}` })).toBeFocused();
    await keyboard.press("Tab");
    await keyboard.press("Enter");
    await expect(page.getByRole("heading", { name: kind.heading })).toBeVisible();
  });

  test(`${many}: resending a form after a lost response doesn't create a second record`, async ({ page, context }) => {
    const world = await settle(context);
    await page.goto(kind.listOf(world));
    await kind.begin(page, "Northwind");
    await page.route(
      `**/api/v1/${many}`,
      async (route) => {
        await route.fetch();
        await route.abort();
      },
      { times: 1 },
    );
    await submit(page, `Create ${one}`);
    await expect(page.getByRole("alert")).toContainText("Couldn't reach RepDesk. Your text is kept. Try again.");
    await expect(field(page, name)).toHaveValue("Northwind");
    await submit(page, `Create ${one}`);
    await expect(page.getByRole("link", { name: "Northwind" })).toBeFocused();
    expect((await ask(world, "GET", `/${many}`)).data).toHaveLength(1);
  });

  test(`${many}: an internal error shows its request ID and keeps what was typed`, async ({ page, context }) => {
    await page.goto(kind.listOf(await settle(context)));
    await kind.begin(page, "Northwind");
    const problem = { code: "internal_error", detail: "…", request_id: "req_01jd8qv5k7e9ga3m2x4n6r8t0w" };
    await page.route(`**/api/v1/${many}`, (route) => route.fulfill({ status: 500, json: problem }), { times: 1 });
    await submit(page, `Create ${one}`);
    await expect(page.getByRole("alert")).toContainText("Something broke on our side. Your text is kept.");
    await expect(page.getByRole("alert")).toContainText(problem.request_id);
    await expect(page.getByRole("button", { name: "Copy request ID" })).toBeVisible();
    await expectAccessible(page);
    await submit(page, `Create ${one}`);
    await expect(page.getByRole("link", { name: "Northwind" })).toBeFocused();
  });

  test(`${many}: what was typed survives a session that ended elsewhere`, async ({ page, context }) => {
    const world = await settle(context);
    const id = await have(world, "Northwind");
    await page.goto(`${kind.listOf(world)}/${id}`);
    await page.getByRole("button", { name: `Edit ${one}` }).click();
    await field(page, detail).fill("Purchasing");
    await field(page, "tags").fill("one,");
    await auth("sign-out-others", {}, { cookie: await cookieOfSignIn(world.person) });
    await submit(page, `Save ${one}`);
    await signInForm(page, world.person);
    await expect(page.getByRole("dialog", { name: `Edit ${one}` })).toBeVisible();
    await expect(field(page, detail)).toHaveValue("Purchasing");
    await submit(page, `Save ${one}`);
    await expect(dialog(page)).toHaveCount(0);
    await expect(page.getByRole("region", { name: "Details" })).toContainText("Purchasing");
    await expect(page.getByRole("region", { name: "Details" }).getByText("one", { exact: true })).toBeVisible();
  });
}
