import { afterAll, beforeAll, expect, test, vi } from "vitest";

const ours = "https://repdesk.example.com";

/** Settings that the module reads on first use. */
beforeAll(() => {
  vi.stubEnv("APP_URL", ours);
  vi.stubEnv("SUPABASE_URL", "https://project.example.com");
  vi.stubEnv("SUPABASE_PUBLISHABLE_KEY", "key");
  vi.stubEnv("APP_SECRET", "for-tests-0123456789-abcdefghijklmnop");
  vi.stubEnv("DATABASE_URL", "postgres://repdesk_app@127.0.0.1/postgres");
  vi.stubEnv("NODE_ENV", "test");
});
afterAll(() => vi.unstubAllEnvs());

const foreign = "https://evil.example.com";
const origins = [ours, foreign, "null", null];

/** Values of `Sec-Fetch-Site`, with the origins that are accepted. */
const passes: [site: string | null, origins: (string | null)[]][] = [
  ["same-origin", origins],
  ["none", [ours, null]],
  [null, [ours]],
  ["same-site", []],
  ["cross-site", []],
  ["Same-Origin", []],
  ["", []],
];

async function outcome(site: string | null, origin: string | null): Promise<string> {
  const { requireSameOrigin } = await import("#lib/http/origin");
  const headers = new Headers();
  if (site !== null) headers.set("Sec-Fetch-Site", site);
  if (origin !== null) headers.set("Origin", origin);
  try {
    requireSameOrigin(headers);
    return "passes";
  } catch (error) {
    return (error as { code: string }).code;
  }
}

for (const [site, passing] of passes) {
  for (const origin of origins) {
    const expected = passing.includes(origin) ? "passes" : "csrf_failed";
    test(`Sec-Fetch-Site ${site ?? "absent"}, Origin ${origin ?? "absent"}: ${expected}`, async () => {
      expect(await outcome(site, origin)).toBe(expected);
    });
  }
}

test("an origin has to match byte for byte", async () => {
  const alike = [
    `${ours}/`,
    `${ours}:443`,
    "https://REPDESK.example.com",
    "HTTPS://repdesk.example.com",
    "http://repdesk.example.com",
    "https://repdesk.example.com.",
    "https://repdesk.example.com.evil.example.com",
    "https://sub.repdesk.example.com",
    `${ours}, ${ours}`,
    "",
  ];
  for (const origin of alike) {
    for (const site of [null, "none"]) expect([site, origin, await outcome(site, origin)]).toContain("csrf_failed");
  }
});
