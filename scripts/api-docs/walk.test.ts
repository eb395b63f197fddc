import { expect, test } from "vitest";
import { registry } from "#lib/contract/registry";
import { documents } from "#scripts/api-docs";
import { requestsIn } from "#scripts/api-docs/walk";

const variables = {
  REPDESK_URL: "https://repdesk.example.com",
  REPDESK_TOKEN: "rdk_token",
  SESSION_JWT: "jwt",
  REPDESK_COMPANY: "acme",
  ACCOUNT_ID: "acc_1",
  CONTACT_ID: "con_1",
  TOKEN_ID: "tok_1",
};
const guide = documents()["docs/PUBLIC_API.md"] as string;
const requests = requestsIn(guide, variables);

test("the guide's requests are read back as the declarations made them", () => {
  expect(new Set(requests.map(({ operation }) => operation))).toEqual(
    new Set(registry.map(({ operation }) => operation)),
  );
  for (const { operation, example } of registry) {
    const bodies = requests
      .filter((request) => request.operation === operation)
      .map(({ body }) => body && JSON.parse(body));
    expect(bodies).toContainEqual(example.body);
  }
});

test("a request has its method, address, headers, body and answer", () => {
  expect(requests.filter(({ operation, answer }) => operation === "updateContact" && answer)).toEqual([
    {
      operation: "updateContact",
      line: expect.any(Number),
      method: "PATCH",
      url: "https://repdesk.example.com/api/v1/contacts/con_1",
      headers: { Authorization: "Bearer rdk_token", "Content-Type": "application/json" },
      body: expect.stringContaining('"do_not_contact": true'),
      answer: { status: 200, body: expect.objectContaining({ version: 2 }), extract: false },
    },
  ]);
  expect(requests.find(({ operation }) => operation === "deleteContact")?.answer).toMatchObject({
    status: 204,
    body: null,
  });
});

test("an apostrophe in a body survives the shell's quotes", () => {
  const block = '```sh request=x\ncurl -X POST "$REPDESK_URL/x" \\\n  -d \'{"name": "O\'\\\'\'Brien"}\'\n```';
  expect(requestsIn(block, variables)[0]?.body).toBe('{"name": "O\'Brien"}');
});

test.each(["curl $(whoami)", 'curl -o file "$REPDESK_URL"', 'wget "$REPDESK_URL"', 'curl "$HOME"'])(
  "%s is refused",
  (command) => {
    expect(() => requestsIn(`\`\`\`sh request=x\n${command}\n\`\`\``, variables)).toThrow(/^line 1: /);
  },
);
