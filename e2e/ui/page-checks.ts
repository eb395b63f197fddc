import { expect, type Page } from "playwright/test";
import { api, someAddress } from "../api/call.ts";
import { cookieOfSignIn } from "../api/session-cookie.ts";
import { makeCompany, makeToken, signUp } from "../api/world.ts";
import { ask, hold } from "./support.ts";

/** What the checks of all pages and of their states share. */

export const long = "Donaudampfschifffahrtselektrizitätenhauptbetriebswerkbauunterbeamtengesellschaft";
const domain = `${"long-".repeat(12)}x.example.com`;

/** A company with records whose texts are as long as they can be, and with used and unused tokens. */
async function make() {
  const person = await signUp();
  const company = await makeCompany(person);
  const world = { person, company };
  const account = await ask(world, "POST", "/accounts", {
    name: long,
    domain,
    website: `https://${domain}`,
    industry: "Shipping",
    tags: [long.slice(0, 50)],
  });
  const contact = await ask(world, "POST", "/contacts", {
    first_name: "Ana",
    email: `${"x".repeat(64)}@${domain}`,
    phone: "1".repeat(50),
    title: "x".repeat(150),
    account_id: account.id,
    do_not_contact: true,
  });
  await makeToken(person, company, ["accounts:read", "contacts:write"]);
  const used = await makeToken(person, company);
  await api("GET", "/me", { token: used.secret });
  const cookie = await cookieOfSignIn(person);
  const ids = { account: account.id as string, contact: contact.id as string, token: used.id };
  return { ...world, cookie, slug: company.slug, ...ids };
}

export type Filled = Awaited<ReturnType<typeof make>>;

let made: Promise<Filled> | undefined;

/** Signs the browser in to the company, which is the same for all tests of a process: they only look, or add to it. */
export async function fill(page: Page): Promise<Filled> {
  made ??= make();
  const filled = await made;
  await page.context().setExtraHTTPHeaders({ "X-Forwarded-For": someAddress() });
  await hold(page.context(), filled.cookie);
  return filled;
}

/**
 * Collects script errors and violations of the content security policy. The event covers every violation; the console omits those that a
 * script catches.
 */
export async function complaints(page: Page): Promise<string[]> {
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

/** Expects that neither the page nor an open dialog can be scrolled sideways. */
export async function expectNoOverflow(page: Page): Promise<void> {
  const wider = await page.evaluate(() =>
    [document.documentElement, ...document.querySelectorAll("[role=dialog], [role=alertdialog]")]
      .filter((element) => element.scrollWidth > element.clientWidth)
      .map((element) => element.tagName),
  );
  expect(wider, `${page.url()} at ${page.viewportSize()?.width}`).toEqual([]);
}
