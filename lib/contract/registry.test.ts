import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { registry } from "#lib/contract/registry";
import * as session from "#lib/contract/session";

test("no operation, and no path and method, is declared twice", () => {
  const operations = registry.map(({ operation }) => operation);
  const paths = registry.map(({ method, path }) => `${method} ${path}`);
  expect(new Set(operations).size).toBe(operations.length);
  expect(new Set(paths).size).toBe(paths.length);
});

test("each endpoint's own example is valid", () => {
  for (const { operation, body, output, example } of registry) {
    if (body) expect(body.safeParse(example.body).error, operation).toBeUndefined();
    if (output) expect(output.safeParse(example.answer).error, operation).toBeUndefined();
  }
});

test("the sign-in endpoints are those in app/auth, with the input that their files declare", () => {
  const folder = join(import.meta.dirname, "../../app/auth");
  const names = readdirSync(folder).filter((name) => !name.startsWith("["));
  expect(Object.keys(session.signInEndpoints).sort()).toEqual(names.sort());
  const schemas = new Map<unknown, string>(Object.entries(session).map(([name, value]) => [value, name]));
  for (const [name, schema] of Object.entries(session.signInEndpoints)) {
    const file = readFileSync(join(folder, name, "route.ts"), "utf8");
    expect(/input: (\w+)/.exec(file)?.[1], name).toBe(schema === null ? undefined : schemas.get(schema));
  }
});
