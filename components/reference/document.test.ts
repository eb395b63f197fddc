import { afterEach, expect, test, vi } from "vitest";
import { fetchDocument } from "#components/reference/document";
import openapi from "#docs/openapi.json" with { type: "json" };

afterEach(() => vi.unstubAllGlobals());

async function fetched() {
  vi.stubGlobal("fetch", async () => Response.json(openapi));
  return fetchDocument();
}

test("the viewer's calls go to this app's origin, and it doesn't offer the session cookie as a credential", async () => {
  const document = await fetched();
  expect(document.servers).toBeUndefined();
  expect(Object.keys(document.components.securitySchemes)).toEqual(["apiToken", "sessionToken"]);
  expect(JSON.stringify(document.paths)).not.toContain("sessionCookie");
});

test("fields are empty at first, and each error is one sentence", async () => {
  const { paths, components } = await fetched();
  const operations = Object.values(paths).flatMap((path) => Object.values(path));
  expect(operations.length).toBeGreaterThan(20);
  const own = operations.flatMap(({ parameters = [] }) => parameters.filter((each) => "name" in each));
  for (const parameter of [...own, ...Object.values(components.parameters)]) {
    expect(parameter).toMatchObject({ example: undefined, schema: { default: undefined } });
  }
  for (const { responses } of operations) expect(responses["500"]).toEqual({ description: expect.any(String) });
});

test("a document that can't be loaded is an error", async () => {
  vi.stubGlobal("fetch", async () => new Response(null, { status: 503 }));
  await expect(fetchDocument()).rejects.toThrow("503");
});
