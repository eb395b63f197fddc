import { expect, test } from "vitest";
import { newToken } from "#lib/format/token";
import { guide } from "#scripts/api-docs/guide";

/** The pattern for leak scanners, as the guide publishes it: alone, and in the rule for secretlint. */

const [, section = ""] = guide().split("### Recognize a token");
const published = /```text\n(.+)\n```/.exec(section)?.[1] ?? "";
const rule = JSON.parse(/```json\n([^`]+)```/.exec(section)?.[1] ?? "null");

const [one, other] = [newToken().secret, newToken().secret];

const planted: Record<string, [text: string, tokens: string[]]> = {
  ".env": [`PORT=3000\nREPDESK_TOKEN=${one}\nexport OTHER="${other}"\n`, [one, other]],
  "config.json": [JSON.stringify({ repdesk: { token: one } }), [one]],
  "values.yaml": [`repdesk:\n  token: ${one}\n  tokens: [${other}]\n`, [one, other]],
  "client.js": [`const a="${one}",b={headers:{Authorization:\`Bearer ${other}\`}};`, [one, other]],
  "README.md": [`Use \`${one}\` or **${other}**.\n`, [one, other]],
  "change.diff": [`--- a/.env\n+++ b/.env\n-TOKEN=${one}\n+TOKEN=${other}\n`, [one, other]],
  "access.log": [`GET /api/v1/me?token=${one}&limit=1 HTTP/1.1" 400`, [one]],
};

const nearMisses: Record<string, string> = {
  "shortened by one": one.slice(0, -1),
  "the public part": one.slice(0, 16),
  masked: `${one.slice(0, 16)}_…`,
  "in capitals": one.toUpperCase(),
  "another prefix": one.replace("rdk_", "ghp_"),
  "split by a line break": `${one.slice(0, 30)}\n${one.slice(30)}`,
  "another character": `${one.slice(0, 30)}-${one.slice(31)}`,
  "no second _": one.replace(/_(?=.{49}$)/, "0"),
  "a placeholder": `rdk_${"x".repeat(12)}_${"…".repeat(49)}`,
};

test("the rule for secretlint has the published pattern, which needs no escaping in JSON and in slashes", () => {
  expect(rule.options.patterns).toEqual([{ name: "RepDesk API token", patterns: [`/${published}/`] }]);
  expect(published).not.toMatch(/[/\\"]/);
});

test.each(Object.entries(planted))("finds the tokens in %s", (_file, [text, tokens]) => {
  expect(text.match(new RegExp(published, "g"))).toEqual(tokens);
});

test.each(Object.entries(nearMisses))("doesn't find %s", (_what, text) => {
  expect(text).not.toMatch(new RegExp(published));
});
