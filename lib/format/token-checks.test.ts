import { describe, expect, test } from "vitest";
import { newToken } from "#lib/format/token";
import { diagnoseToken } from "#lib/format/token-checks";

const { prefix, secret } = newToken();
/** A well-formed token whose last character is wrong. */
const mistyped = secret.slice(0, -1) + (secret.endsWith("7") ? "8" : "7");
const inMiddle = (text: string, by = 30) => secret.slice(0, by) + text + secret.slice(by);

const checksOf = (text: string) =>
  Object.fromEntries(diagnoseToken(text)?.checks.map(({ name, ok }) => [name, ok]) ?? []);
const faultsOf = (text: string) => diagnoseToken(text)?.faults;
const textOf = (text: string, name: string) => diagnoseToken(text)?.checks.find((check) => check.name === name)?.text;

test.each([
  secret,
  `  ${secret}\n`,
  `Bearer ${secret}`,
  `Authorization: Bearer ${secret}`,
  `authorization: bearer ${secret}`,
  `curl "https://repdesk.example.com/api/v1/me" \\\n  -H "Authorization: Bearer ${secret}"`,
  `curl -H 'Authorization: Bearer ${secret}' https://repdesk.example.com/api/v1/me`,
  `> GET /api/v1/me HTTP/1.1\n> Authorization: Bearer ${secret}\n> Accept: */*`,
  `headers: { "Authorization": "Bearer ${secret}" }`,
  `headers.set("Authorization", "Bearer ${secret}");`,
  `REPDESK_TOKEN=${secret}`,
  `export REPDESK_TOKEN="${secret}"`,
  `REPDESK_URL=https://repdesk.example.com\nREPDESK_TOKEN='${secret}'\nPORT=3000`,
  `- REPDESK_TOKEN=${secret}`,
  `repdesk_token: "${secret}"`,
  `const token = "${secret}";`,
  `{"prefix": "${prefix}", "token": "${secret}"}`,
  `The token is ${secret}.`,
])("nothing is wrong with %s", (text) => {
  const found = diagnoseToken(text);
  expect(found?.prefix).toBe(prefix);
  expect(found?.checks.map(({ ok }) => ok)).toEqual([true, true, true, true]);
  expect(found?.faults).toEqual([]);
});

test.each([
  [`Authorization: ${secret}`, /doesn't begin with Bearer/],
  [`Authorization: Token ${secret}`, /scheme other than Bearer: Token/],
  [`Authorization: Bearer Bearer ${secret}`, /Bearer appears twice/],
  [`Bearer${secret}`, /must be followed by a space/],
  [`Authorization: Bearer "${secret}"`, /quotation marks/],
  [`Authorization: Bearer <${secret}>`, /brackets/],
  [`Authorization: Bearer ${secret},`, /comma or semicolon/],
  [`Authorization: Bearer ${secret} ${secret}`, /more than one value/],
  [`"${secret}"`, /quotation marks/],
  [`“${secret}”`, /quotation marks/],
  [`REPDESK_TOKEN=“${secret}”`, /quotation marks/],
  [`REPDESK_TOKEN="${secret}`, /quotation marks/],
  [`<${secret}>`, /brackets/],
  [`{{${secret}}}`, /brackets/],
  [`${secret},`, /comma or semicolon/],
  [`REPDESK_TOKEN=Bearer ${secret}`, /The variable contains Bearer/],
  [`REPDESK_TOKEN = ${secret}`, /spaces around the equals sign/],
  [`https://repdesk.example.com/api/v1/me?token=${secret}`, /in a URL/],
  [inMiddle(" "), /inside the token/],
  [inMiddle("\n"), /inside the token/],
  [inMiddle("\u200b"), /inside the token/],
  [inMiddle("\n   ", 17), /inside the token/],
  [`Authorization: Bearer ${inMiddle("\r\n  ")}`, /inside the token/],
  [`curl -H "Authorization: Bearer ${inMiddle("\\\n")}" https://repdesk.example.com`, /inside the token/],
])("%s: only what is around the token is wrong", (text, fault) => {
  expect(checksOf(text)).toEqual({ Prefix: true, Length: true, Characters: true, "Check digits": true });
  expect(faultsOf(text)).toEqual([expect.stringMatching(fault)]);
  expect(diagnoseToken(text)?.prefix).toBe(prefix);
});

describe("the token itself", () => {
  test("a wrong character, also with a space in it", () => {
    for (const text of [mistyped, `Bearer ${mistyped}`, `${mistyped.slice(0, 20)} ${mistyped.slice(20)}`]) {
      expect(checksOf(text)).toEqual({ Prefix: true, Length: true, Characters: true, "Check digits": false });
      expect(textOf(text, "Check digits")).toMatch(/At least one character is wrong/);
      expect(diagnoseToken(text)?.prefix).toBeNull();
    }
  });

  test("two characters that changed places", () => {
    const places = [...secret].findIndex((character, place) => place > 20 && character !== secret[place + 1]);
    const swapped = `${secret.slice(0, places)}${secret[places + 1]}${secret[places]}${secret.slice(places + 2)}`;
    expect(checksOf(swapped)["Check digits"]).toBe(false);
  });

  test.each([5, 20, 40, 65])("shortened to %d characters", (length) => {
    const text = `REPDESK_TOKEN=${secret.slice(0, length)}`;
    expect(checksOf(text)).toEqual({ Prefix: true, Length: false, Characters: true, "Check digits": null });
    expect(textOf(text, "Length")).toContain(`It has ${length} of 66 characters.`);
  });

  test.each([prefix, `${prefix}_`])("only the public part: %s", (text) => {
    expect(textOf(text, "Length")).toMatch(/only the public part/);
  });

  test.each([`${prefix}_…`, `${prefix}_...`, "rdk_…"])("shortened with dots: %s", (text) => {
    expect(textOf(text, "Length")).toMatch(/shortened with dots/);
    expect(checksOf(text).Characters).toBe(true);
  });

  test("too long", () => {
    expect(textOf(`${secret}abc`, "Length")).toMatch(/69 characters, 3 too many. The token is whole/);
    expect(textOf(`${mistyped}abc`, "Length")).toMatch(/69 characters, 3 too many. Copy/);
    expect(textOf(secret + secret, "Length")).toMatch(/A second token follows/);
  });

  test("the prefix", () => {
    expect(textOf(secret.replace("rdk_", "RDK_"), "Prefix")).toBe("It begins with RDK_ instead of rdk_.");
    expect(textOf(secret.replace("rdk_", "rdk-"), "Prefix")).toBe("It begins with rdk- instead of rdk_.");
    for (const lost of [1, 2, 3, 4])
      expect(faultsOf(`Bearer ${secret.slice(lost)}`)).toEqual([
        expect.stringMatching(/beginning of the token is missing/),
      ]);
  });

  test("characters that no token has", () => {
    expect(textOf(`${secret.slice(0, 30)}-${secret.slice(31)}`, "Characters")).toMatch(/^Character 31 is “-”/);
    expect(textOf(`${secret.slice(0, 30)}é${secret.slice(31)}`, "Characters")).toMatch(/^Character 31 is “é”/);
  });

  test("a public part that is too short or too long, or whose _ is missing", () => {
    expect(textOf(secret.slice(0, 8) + secret.slice(9), "Characters")).toMatch(/^11 characters are between/);
    expect(textOf(secret.replace(prefix, `${prefix}x`), "Characters")).toMatch(/^13 characters are between/);
    expect(textOf(secret.slice(0, 16) + secret.slice(17), "Characters")).toMatch(/is missing/);
    expect(textOf(inMiddle("_"), "Characters")).toMatch(/more than two/);
  });
});

test.each([
  ...["{{token}}", "undefined", "null", "$REPDESK_TOKEN", `\${TOKEN}`, "<your API token>", "your_token_here"],
  ...["REPDESK_TOKEN=undefined", "REPDESK_TOKEN={{token}}", "Authorization: Bearer {{token}}", "Bearer undefined"],
  ...[
    "rdk_xxx",
    "rdk_XXXXXXXXXXXX_xxxxxx",
    "rdk_<token>",
    "rdk_{{secret}}",
    `rdk_\${TOKEN}`,
    "rdk_your_token",
    "rdk_***",
  ],
  ...["Authorization: Bearer rdk_xxx", 'export REPDESK_TOKEN="rdk_xxxx"'],
])("%s is a placeholder", (text) => {
  expect(diagnoseToken(text)).toEqual({ prefix: null, checks: [], faults: [expect.stringMatching(/placeholder/)] });
});

test.each([
  ["REPDESK_TOKEN=", /variable is empty/],
  ["Authorization: Bearer", /no token after Bearer/],
  ["Authorization: Basic dXNlcjpwYXNz", /scheme other than Bearer/],
  ["Authorization: Bearer abc123", /no RepDesk token/],
  ["REPDESK_TOKEN=abc123", /no RepDesk token/],
  ["Bearer eyJhbGciOiJIUzI1NiJ9.e30.abc", /JWT/],
])("%s has no token", (text, fault) => {
  expect(diagnoseToken(text)).toEqual({ prefix: null, checks: [], faults: [expect.stringMatching(fault)] });
});

test.each(["", "hello", "token_invalid", "req_01jd8qv5k7e9ga3m2x4n6r8t0w", "PORT=3000", '{"code":"not_found"}'])(
  "%s is not about a token",
  (text) => {
    expect(diagnoseToken(text)).toBeNull();
  },
);

test("takes little time for any text", () => {
  const began = performance.now();
  for (const text of ["rdk_", "rdk_ ", "Authorization: ", "a=", '"', " ", "x", "Bearer "])
    diagnoseToken(text.repeat(100_000));
  expect(performance.now() - began).toBeLessThan(1_000);
});
