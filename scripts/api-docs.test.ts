import { describe, expect, test } from "vitest";
import { answersOf } from "#lib/contract/answers";
import { errorCodes, errors, faultCodes } from "#lib/contract/errors";
import { registry } from "#lib/contract/registry";
import { tokenPattern } from "#lib/format/token";
import { documents } from "#scripts/api-docs";

const made = documents();
const guide = made["docs/PUBLIC_API.md"] as string;
const document = JSON.parse(made["docs/openapi.json"] as string);

const operationOf = (path: string, method: string) => document.paths[`/api/v1${path}`]?.[method.toLowerCase()];

describe.each(registry.map((endpoint) => [endpoint.operation, endpoint] as const))("%s", (_name, endpoint) => {
  const operation = operationOf(endpoint.path, endpoint.method);

  test("stands in the OpenAPI document, with every status it may answer with", () => {
    expect(operation.operationId).toBe(endpoint.operation);
    expect(Object.keys(operation.responses).map(Number)).toEqual([...answersOf(endpoint).keys()]);
  });

  test("has a request and an answer in the guide", () => {
    const [, after] = guide.split(`operation \`${endpoint.operation}\``);
    const [section] = (after as string).split("\n#### ");
    expect(section).toContain(`\`\`\`sh request=${endpoint.operation}\n`);
    expect(section).toMatch(new RegExp(`^\`\`\`(json|http) answer=${endpoint.status}\\b`, "m"));
  });
});

test.each(errorCodes)("the code %s stands in both documents, with its status in the guide", (code) => {
  expect(document.components.schemas.Problem.properties.code.enum).toContain(code);
  expect(guide).toContain(`| ${errors[code].status} | \`${code}\` |`);
});

test.each(faultCodes)("the field code %s stands in both documents", (code) => {
  expect(document.components.schemas.Fault.properties.code.enum).toContain(code);
  expect(guide).toContain(`| \`${code}\` |`);
});

test("what a PATCH takes has no default: an absent field stays", () => {
  const patched = registry.filter(({ method }) => method === "PATCH").map(({ path }) => operationOf(path, "patch"));
  for (const { requestBody } of patched) {
    const name = requestBody.content["application/json"].schema.$ref.split("/").at(-1);
    expect(JSON.stringify(document.components.schemas[name].properties)).not.toMatch(/default|left out|omitted/i);
  }
  expect(JSON.stringify(document.components.schemas.AccountInput)).toContain("Default: `prospect`.");
});

test("no placeholder is left in the guide, and every link in it leads to a heading", () => {
  expect(guide).not.toContain("{{");
  const anchors = [...guide.matchAll(/^#+ (.+)$/gm)].map(([, heading]) => slug(heading as string));
  const links = [...guide.matchAll(/\]\(#([^)]+)\)/g)].map(([, link]) => link);
  expect(links.length).toBeGreaterThan(registry.length);
  expect(links.filter((link) => !anchors.includes(link as string))).toEqual([]);
});

test("no whole token stands in the documents, so that leak scanners stay quiet", () => {
  for (const text of Object.values(made)) expect(text).not.toMatch(tokenPattern);
});

test("answers are strict, and instants are text on the wire", () => {
  const { Account, Me, Problem } = document.components.schemas;
  for (const schema of [Account, Me, Me.properties.company, Problem]) expect(schema.additionalProperties).toBe(false);
  expect(Account.properties.created_at).toMatchObject({ type: "string", format: "date-time" });
  expect(Account.properties.name.maxLength).toBe(200);
});

/** The anchor of a heading, as the viewers of Markdown make it. */
function slug(heading: string): string {
  return heading
    .toLowerCase()
    .replaceAll(/[^\w -]/g, "")
    .replaceAll(" ", "-");
}
