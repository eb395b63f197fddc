import { execFile } from "node:child_process";
import { readFileSync } from "node:fs";
import { promisify } from "node:util";
import { expect, test } from "playwright/test";
import { registry } from "#lib/contract/registry";
import { example } from "#lib/nouns/values";
import { type GuideRequest, recipeIn, requestsIn, type Variables } from "#scripts/api-docs/walk";
import { environment } from "../environment.ts";
import { api, someAddress } from "./call.ts";
import { expectPromised } from "./contract.ts";
import { makeWorld, unique } from "./world.ts";

/** Every request in the guide and the reference returns the response that is shown, and the recipes work. */

const read = (name: string) => readFileSync(new URL(`../../docs/${name}`, import.meta.url), "utf8");
const documents = { "PUBLIC_API.md": read("PUBLIC_API.md"), "API_REFERENCE.md": read("API_REFERENCE.md") };

/** New variables for each block, since it may use up their records. */
async function variables(): Promise<Variables> {
  const { admin, company, token } = await makeWorld();
  const account = await api("POST", "/accounts", { token: token.secret, body: { name: `Firm ${unique()}` } });
  const contact = await api("POST", "/contacts", { token: token.secret, body: { first_name: "Ana" } });
  await api("POST", "/contacts", { token: token.secret, body: { first_name: "Bea" } });
  const note = await api("POST", "/notes", {
    token: token.secret,
    body: { body: "Called.", account_id: account.body.id },
  });
  const page = await api("GET", "/contacts?limit=1&sort=created_at", { token: token.secret });
  return {
    REPDESK_URL: environment.appUrl,
    REPDESK_TOKEN: token.secret,
    SESSION_JWT: admin.jwt,
    REPDESK_COMPANY: company.slug,
    ACCOUNT_ID: account.body.id,
    CONTACT_ID: contact.body.id,
    NOTE_ID: note.body.id,
    TOKEN_ID: token.id,
    NEXT_CURSOR: page.body.pagination.next_cursor,
  };
}

/** Expects all keys that are shown, recursively, and no others unless an extract is shown. */
function expectShape(shown: unknown, answered: unknown, isPart: boolean, at: string): void {
  if (shown === null || answered === null || typeof shown !== "object" || typeof answered !== "object") return;
  if (Array.isArray(shown)) {
    if (shown.length > 0 && (answered as unknown[]).length > 0)
      expectShape(shown[0], (answered as unknown[])[0], isPart, at);
    return;
  }
  const [wanted, found] = [Object.keys(shown).sort(), Object.keys(answered).sort()];
  expect(isPart ? found.filter((key) => wanted.includes(key)) : found, at).toEqual(wanted);
  for (const key of wanted) {
    expectShape((shown as Variables)[key], (answered as Variables)[key], isPart, `${at}/${key}`);
  }
}

async function send({ method, url, headers, body }: GuideRequest) {
  const response = await fetch(url, { method, body, headers: { ...headers, "X-Forwarded-For": someAddress() } });
  const text = await response.text();
  return { response, answer: text === "" ? null : JSON.parse(text) };
}

const names = {
  REPDESK_URL: "http://x",
  REPDESK_TOKEN: "t",
  SESSION_JWT: "j",
  REPDESK_COMPANY: "c",
  ACCOUNT_ID: "a",
  CONTACT_ID: "b",
  NOTE_ID: "f",
  TOKEN_ID: "d",
  NEXT_CURSOR: "e",
};

test("the reference shows a request for every operation", () => {
  const shown = new Set(requestsIn(documents["API_REFERENCE.md"], names).map(({ operation }) => operation));
  expect(registry.map(({ operation }) => operation).filter((operation) => !shown.has(operation))).toEqual([]);
});

for (const [name, text] of Object.entries(documents)) {
  for (const [index, { operation, line }] of requestsIn(text, names).entries()) {
    test(`${name}, line ${line}: ${operation}`, async () => {
      const named = await variables();
      const request = requestsIn(text, named)[index] as GuideRequest;
      const contract = registry.find((entry) => entry.operation === operation);
      if (!contract) throw new Error(`There is no operation ${operation}.`);
      const account = named.ACCOUNT_ID ?? "";
      const { response, answer } = await send({
        ...request,
        ...(request.body && { body: request.body.replaceAll(example("acc"), account) }),
      });
      const { status, headers = [], body, extract = false } = request.answer ?? { status: contract.status };
      expect(response.status, JSON.stringify(answer)).toBe(status);
      const type = response.headers.get("content-type");
      expectPromised(contract, response.status, type, answer, request.url.includes("fields="));
      expect(headers.filter((header) => !response.headers.has(header))).toEqual([]);
      if (body) expectShape(body, answer, extract, "");
    });
  }
}

test("the JavaScript recipes read all pages of a list, and its changes", async () => {
  test.slow();
  const { token, company } = await makeWorld();
  const create = (first_name: string) => api("POST", "/contacts", { token: token.secret, body: { first_name } });
  const many = Array.from({ length: 250 }, (_, index) => `Ana ${index}`);
  for (let from = 0; from < many.length; from += 25) await Promise.all(many.slice(from, from + 25).map(create));
  const program = recipeIn(documents["PUBLIC_API.md"], "js");
  const env = { NODE_ENV: process.env.NODE_ENV, REPDESK_URL: environment.appUrl, REPDESK_TOKEN: token.secret };
  const { stdout, stderr } = await promisify(execFile)(process.execPath, ["--input-type=module", "-e", program], {
    env,
  });
  expect([stderr, stdout.trim().split("\n")]).toEqual(["", [company.slug, "250", "250"]]);
});
