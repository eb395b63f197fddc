import { Ajv2020 } from "ajv/dist/2020.js";
import formats from "ajv-formats";
import { describe, expect, test } from "vitest";
import { answersOf } from "#lib/contract/answers";
import { errorCodes, errors } from "#lib/contract/errors";
import { registry } from "#lib/contract/registry";
import { tokenPattern } from "#lib/format/token";
import { faultCodes } from "#lib/vocabulary";
import { documents } from "#scripts/api-docs";
import { anchor } from "#scripts/api-docs/markdown";

const made = documents();
const guide = made["docs/PUBLIC_API.md"] as string;
const reference = made["docs/API_REFERENCE.md"] as string;
const document = JSON.parse(made["docs/openapi.json"] as string);

const operationOf = (path: string, method: string) => document.paths[`/api/v1${path}`]?.[method.toLowerCase()];

describe.each(registry.map((endpoint) => [endpoint.operation, endpoint] as const))("%s", (_name, endpoint) => {
  const operation = operationOf(endpoint.path, endpoint.method);

  test("is in the OpenAPI document with every status that it can return", () => {
    expect(operation.operationId).toBe(endpoint.operation);
    expect(Object.keys(operation.responses).map(Number)).toEqual([...answersOf(endpoint).keys()]);
  });

  test("has a request in the reference, and a response or a link to the returned object", () => {
    const [, after] = reference.split(`operation \`${endpoint.operation}\``);
    const [section] = (after as string).split("\n### ");
    expect(section).toContain(`\`\`\`sh request=${endpoint.operation}\n`);
    expect(section).toMatch(new RegExp(`^Returns \`${endpoint.status}\``, "m"));
    if (endpoint.output) expect(section).toMatch(/^```json answer=|\]\(#the-[a-z-]+-object\)/m);
  });
});

test.each(errorCodes)("the code %s is in the document and in the reference, with its status", (code) => {
  expect(document.components.schemas.Problem.properties.code.examples).toContain(code);
  expect(reference).toContain(`| \`${code}\` | ${errors[code].status} |`);
});

test.each(faultCodes)("the field code %s is in the document and in the reference", (code) => {
  expect(document.components.schemas.Fault.properties.code.examples).toContain(code);
  expect(reference).toContain(`| \`${code}\` |`);
});

test("no field of a PATCH has a default, since omitted fields stay unchanged", () => {
  const patched = registry.filter(({ method }) => method === "PATCH").map(({ path }) => operationOf(path, "patch"));
  for (const { requestBody } of patched) {
    const name = requestBody.content["application/json"].schema.$ref.split("/").at(-1);
    expect(JSON.stringify(document.components.schemas[name].properties)).not.toMatch(/default|left out|omitted/i);
  }
  expect(JSON.stringify(document.components.schemas.AccountInput)).toContain("Default: `prospect`.");
});

describe("the guide and the reference", () => {
  const anchorsOf = (text: string) => [...text.matchAll(/^#+ (.+)$/gm)].map(([, heading]) => anchor(heading as string));
  const anchors = { "PUBLIC_API.md": anchorsOf(guide), "API_REFERENCE.md": anchorsOf(reference) };

  test("have no placeholder left and no duplicate headings, since they also share a page", () => {
    expect(guide + reference).not.toContain("{{");
    const all = Object.values(anchors).flat();
    expect(all.filter((each, index) => all.indexOf(each) !== index)).toEqual([]);
  });

  test.each(Object.keys(anchors))("%s links only to headings that exist", (name) => {
    const links = [...(made[`docs/${name}`] as string).matchAll(/\]\(([\w.]*)(?:#([^)]+))?\)/g)];
    expect(links.length).toBeGreaterThan(15);
    for (const [link, file, heading] of links) {
      const headings = anchors[(file || name) as keyof typeof anchors];
      expect(headings, link).toBeDefined();
      if (heading) expect(headings, link).toContain(heading);
    }
  });

  test("the guide has at most 40 KB", () => {
    expect(Buffer.byteLength(guide)).toBeLessThan(40_000);
  });
});

test("the documents contain no complete token, so that leak scanners stay quiet", () => {
  for (const text of Object.values(made)) expect(text).not.toMatch(tokenPattern);
});

test("instants are strings, and limits are documented", () => {
  const { Account } = document.components.schemas;
  expect(Account.properties.created_at).toMatchObject({ type: "string", format: "date-time" });
  expect(Account.properties.name.maxLength).toBe(200);
});

type Node = Record<string, unknown>;

/** Every object in the document except examples, with its path. */
function* nodes(node: unknown, path: string[] = []): Generator<[string, Node]> {
  if (node === null || typeof node !== "object" || /^examples?$/.test(path.at(-1) ?? "")) return;
  if (!Array.isArray(node)) yield [path.join("/"), node as Node];
  for (const [key, child] of Object.entries(node)) yield* nodes(child, [...path, key]);
}

/** Schemas of objects, by path. */
const objects = [...nodes(document)].filter(([, { properties, anyOf }]) => properties !== undefined && !anyOf);

describe("what client generators need", () => {
  test("every const and enum has a type", () => {
    const bare = [...nodes(document)].filter(([path, node]) => {
      const isSchema = !path.endsWith("/properties") && ("const" in node || Array.isArray(node.enum));
      return isSchema && typeof node.type !== "string";
    });
    expect(bare.map(([path]) => path)).toEqual([]);
  });

  test("every list of values that is used more than once is a named schema", () => {
    const inline = [...nodes(document)].flatMap(([path, node]) =>
      Array.isArray(node.enum) && node.enum.length > 1 && !/^components\/schemas\/\w+$/.test(path)
        ? [node.enum.join()]
        : [],
    );
    expect(inline.filter((values, index) => inline.indexOf(values) !== index)).toEqual([]);
    for (const name of ["AccountType", "Role", "Scope", "Permission", "TokenStatus", "SignInKind"]) {
      const { type, enum: values } = document.components.schemas[name];
      expect([name, type, inline.includes(values.join())]).toEqual([name, "string", false]);
    }
    expect(document.components.schemas.Account.properties.type.$ref).toBe("#/components/schemas/AccountType");
  });

  test("every property has a description", () => {
    const bare = objects.flatMap(([path, { properties }]) =>
      Object.entries(properties as Record<string, Node>)
        .filter(([, property]) => !property.description)
        .map(([name]) => `${path}/${name}`),
    );
    expect(objects.length).toBeGreaterThan(20);
    expect(bare.filter((path) => !/\/(anyOf|oneOf)\//.test(path))).toEqual([]);
  });

  test("request bodies reject unknown fields; responses and their codes are open to new ones", () => {
    const bodies = new Set(
      registry
        .filter(({ body }) => body)
        .map(({ path, method }) => {
          const { schema } = operationOf(path, method).requestBody.content["application/json"];
          return schema.$ref.split("/").at(-1);
        }),
    );
    for (const [name, schema] of Object.entries<Node>(document.components.schemas))
      expect([name, schema.additionalProperties]).toEqual([name, bodies.has(name) ? false : undefined]);
    const { Problem, Fault } = document.components.schemas;
    for (const { properties } of [Problem, Fault]) expect(properties.code).not.toHaveProperty("enum");
  });

  test("every header has an example", () => {
    const { headers, parameters } = document.components;
    const sent = Object.values<Node>(parameters).filter((parameter) => parameter.in === "header");
    for (const header of [...Object.values<Node>(headers), ...sent]) expect(header).toHaveProperty("example");
    const origin = new RegExp(headers["Access-Control-Allow-Origin"].schema.pattern);
    for (const value of ["*", "https://tool.example.com", "http://localhost:3000", "chrome-extension://abc"])
      expect(value).toMatch(origin);
    for (const value of ["null", "https://tool.example.com/", "* https://a.example"]) expect(value).not.toMatch(origin);
  });

  test("the server's variable has no description, which a widely used parser rejects", () => {
    expect(document.servers[0].variables).toEqual({ host: { default: "repdesk.io" } });
  });
});

describe("a validator with the document", () => {
  const ajv = new Ajv2020({ strict: false });
  formats.default(ajv);
  ajv.addSchema({ ...document, $id: "openapi" });
  const validator = ($ref: string) => ajv.compile({ $ref: `openapi${$ref}` });
  const inParts = registry.filter(({ query }) => query && "fields" in query.shape);

  test.each(inParts.map((endpoint) => [endpoint.operation, endpoint] as const))(
    "accepts responses of %s with all fields, some fields, and future fields",
    (_, { path, method, example, list }) => {
      const pointer = `/paths/${`/api/v1${path}`.replaceAll("/", "~1").replaceAll("{", "%7B").replaceAll("}", "%7D")}`;
      const validate = validator(`#${pointer}/${method.toLowerCase()}/responses/200/content/application~1json/schema`);
      const whole = example.answer as { data: Node[] } & Node;
      const answer = (change: (row: Node) => Node) =>
        list ? { ...whole, data: whole.data.map(change) } : change(whole);
      for (const change of [
        (row: Node) => row,
        ({ id }: Node) => ({ id }),
        ({ id, created_at }: Node) => ({ id, created_at }),
        (row: Node) => ({ ...row, yet_to_come: 1 }),
      ])
        expect([validate(answer(change)), validate.errors]).toEqual([true, null]);
      expect(validate(answer(({ id: _id, ...rest }) => rest))).toBe(false);
    },
  );

  test("requires a first name, a last name, or an email address for a new contact", () => {
    const validate = validator("#/components/schemas/ContactInput");
    for (const body of [{ first_name: "Ana" }, { last_name: "Ruiz", email: null }, { email: "ana@example.com" }])
      expect([body, validate(body)]).toEqual([body, true]);
    for (const body of [{}, { phone: "1" }, { first_name: null }, { first_name: null, last_name: null, email: null }])
      expect([body, validate(body)]).toEqual([body, false]);
    expect(validator("#/components/schemas/ContactPatch")({ phone: "1" })).toBe(true);
  });
});
