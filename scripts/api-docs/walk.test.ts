import { expect, test } from "vitest";
import { registry } from "#lib/contract/registry";
import { documents } from "#scripts/api-docs";
import { recipeIn, requestsIn } from "#scripts/api-docs/walk";

const variables = {
  REPDESK_URL: "https://repdesk.example.com",
  REPDESK_TOKEN: "rdk_token",
  SESSION_JWT: "jwt",
  REPDESK_COMPANY: "acme",
  ACCOUNT_ID: "acc_1",
  CONTACT_ID: "con_1",
  NOTE_ID: "not_1",
  TOKEN_ID: "tok_1",
  NEXT_CURSOR: "cursor",
};
const guide = documents()["docs/PUBLIC_API.md"] as string;
const reference = documents()["docs/API_REFERENCE.md"] as string;
const requests = requestsIn(reference, variables);

test("the reference's requests are read as the declarations made them", () => {
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
  expect(requestsIn(guide, variables).filter(({ answer }) => answer?.status === 201)).toEqual([
    {
      operation: "createContact",
      line: expect.any(Number),
      method: "POST",
      url: "https://repdesk.example.com/api/v1/contacts",
      headers: { Authorization: "Bearer rdk_token", "Content-Type": "application/json" },
      body: expect.stringContaining('"first_name": "Sam"'),
      answer: {
        status: 201,
        headers: ["Location", "ETag", "RepDesk-Company", "X-Request-Id"],
        body: expect.objectContaining({ version: 1 }),
        extract: false,
      },
    },
  ]);
  expect(requests.find(({ operation }) => operation === "deleteContact")).toMatchObject({
    url: "https://repdesk.example.com/api/v1/contacts/con_1",
    answer: null,
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

/** The strings of a program that the API has to understand: paths, parameters, header names, codes, and keys. */
function wireWords(program: string): string[] {
  const words =
    program.match(/\/contacts[?\w=&[\]]*|\/api\/v1|\b[a-z]+(?:_[a-z]+)+\b|\b[A-Z][a-z]+(?:-[A-Z][a-z]+)+\b/g) ?? [];
  return [...new Set(words)].sort();
}

test("the recipes in Python use the API as those in JavaScript, which a test runs", () => {
  const [js, py] = [recipeIn(guide, "js"), recipeIn(guide, "py")];
  expect(wireWords(js)).toEqual(expect.arrayContaining(["/api/v1", "Idempotency-Key", "next_cursor", "rate_limited"]));
  expect(wireWords(py)).toEqual(wireWords(js));
});
