import { readFileSync } from "node:fs";
import { expect, test } from "playwright/test";
import { registry } from "#lib/contract/registry";
import { type GuideRequest, requestsIn, type Variables } from "#scripts/api-docs/walk";
import { environment } from "../environment.ts";
import { api, someAddress } from "./call.ts";
import { expectPromised } from "./contract.ts";
import { makeWorld, unique } from "./world.ts";

/** Every request of docs/PUBLIC_API.md, as it stands there, gets the answer that stands below it. */

const guide = readFileSync(new URL("../../docs/PUBLIC_API.md", import.meta.url), "utf8");

/** What a block may use, new for each: it may use it up. */
async function variables(): Promise<Variables> {
  const { admin, company, token } = await makeWorld();
  const account = await api("POST", "/accounts", { token: token.secret, body: { name: `Firm ${unique()}` } });
  const contact = await api("POST", "/contacts", { token: token.secret, body: { first_name: "Ana" } });
  return {
    REPDESK_URL: environment.appUrl,
    REPDESK_TOKEN: token.secret,
    SESSION_JWT: admin.jwt,
    REPDESK_COMPANY: company.slug,
    ACCOUNT_ID: account.body.id,
    CONTACT_ID: contact.body.id,
    TOKEN_ID: token.id,
  };
}

/** Whether an answer has each key that the guide shows, all the way down, and no other unless the guide shows a part. */
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
  TOKEN_ID: "d",
};
const listed = requestsIn(guide, names);

test("the guide shows a request for every operation", () => {
  const shown = new Set(listed.map(({ operation }) => operation));
  expect(registry.map(({ operation }) => operation).filter((operation) => !shown.has(operation))).toEqual([]);
});

for (const [index, { operation, line }] of listed.entries()) {
  test(`line ${line}: ${operation}`, async () => {
    const request = requestsIn(guide, await variables())[index] as GuideRequest;
    const contract = registry.find((entry) => entry.operation === operation);
    const { response, answer } = await send(request);
    expect(response.status, JSON.stringify(answer)).toBe(request.answer?.status ?? contract?.status);
    if (contract)
      expectPromised(
        contract,
        response.status,
        response.headers.get("content-type"),
        answer,
        request.url.includes("fields="),
      );
    if (request.answer?.body) expectShape(request.answer.body, answer, request.answer.extract, "");
  });
}
