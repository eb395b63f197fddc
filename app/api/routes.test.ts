import { expect, test } from "vitest";
import { registry } from "#lib/contract/registry";
import { routes } from "./routes";

test("the routes serve exactly the methods that the registry declares", () => {
  const declared = registry.map(({ method, path }) => `${method} /api/v1${path.replace(/{(\w+)}/g, "[$1]")}`);
  const served = Object.entries(routes).flatMap(([path, { GET }]) =>
    GET.allow
      .split(", ")
      .filter((method) => method !== "HEAD" && method !== "OPTIONS")
      .map((method) => `${method} ${path}`),
  );
  expect(declared.length).toBeGreaterThan(20);
  expect(served.sort()).toEqual(declared.sort());
});
