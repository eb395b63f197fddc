import { readFileSync } from "node:fs";
import { expect, test } from "vitest";
import { inProject } from "#scripts/project";

const settings = [...readFileSync(inProject("lib/env.ts"), "utf8").matchAll(/^ {2}([A-Z][A-Z0-9_]+):/gm)].map(
  ([, name]) => name,
);

test.each([...settings, "MIGRATION_DATABASE_URL"])("the setting %s is explained in docs/OPERATIONS.md", (name) => {
  expect(settings.length).toBeGreaterThan(8);
  expect(readFileSync(inProject("docs/OPERATIONS.md"), "utf8")).toContain(`| \`${name}\` |`);
});
