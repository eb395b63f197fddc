import type { z } from "zod";
import { refusalsOf } from "#lib/contract/answers";
import type { Endpoint } from "#lib/contract/endpoint";
import type { ErrorCode } from "#lib/contract/errors";
import { registry } from "#lib/contract/registry";
import { answerBlock, requestBlock, table } from "#scripts/api-docs/blocks";
import { callersOf, codes } from "#scripts/api-docs/prose";
import { requestSchema, type Schema } from "#scripts/api-docs/schemas";

/** One short section for each endpoint. */
export function endpointSections(): string {
  let tag = "";
  const sections = registry.map((endpoint) => {
    const head = endpoint.tag === tag ? "" : `### ${endpoint.tag}\n\n`;
    tag = endpoint.tag;
    return head + section(endpoint);
  });
  return sections.join("\n\n");
}

/** All endpoints at a glance, each with a link to its section. */
export function endpointTable(): string {
  return table(
    ["Endpoint", "", "Who"],
    registry.map((endpoint) => [
      `\`${endpoint.method} /api/v1${endpoint.path}\``,
      `[${endpoint.summary}](#${anchor(endpoint.summary)})`,
      who(endpoint),
    ]),
  );
}

/** The anchor that Markdown viewers give a heading. */
export function anchor(heading: string): string {
  return heading
    .toLowerCase()
    .replaceAll(/[^a-z0-9 -]/g, "")
    .replaceAll(" ", "-");
}

function who({ auth, permission }: Endpoint): string {
  const callers = { none: "everybody", any: "token, session", session: "session", token: "token" }[auth];
  return permission ? `${callers}; \`${permission}\`` : callers;
}

function section(endpoint: Endpoint): string {
  return [
    `#### ${endpoint.summary}`,
    `\`${endpoint.method} /api/v1${endpoint.path}\` · operation \`${endpoint.operation}\``,
    `${endpoint.description} ${callersOf(endpoint)}`,
    listWords(endpoint),
    bodyTable(endpoint),
    requestBlock(endpoint),
    answerBlock(endpoint),
    refusalWords(endpoint),
  ]
    .filter(Boolean)
    .join("\n\n");
}

function listWords({ list, query }: Endpoint): string {
  const own = Object.entries(query?.shape ?? {}).filter(
    ([name]) => !/^(limit|cursor|sort|q|count|fields|include|filter\[.*)$/.test(name),
  );
  const others = own.map(([name, schema]) => `- \`${name}\`: ${(schema as z.ZodType).description ?? "see above."}`);
  if (!list) return others.join("\n");
  const filters = Object.entries(list.filters).map(
    ([field, { operators }]) => `\`${field}\` (${operators.join(", ")})`,
  );
  const lines = [
    `- Sort by ${codes(list.sorts)}.`,
    `- Filter by ${filters.join(", ")}.`,
    list.search ? `- \`q\` searches ${list.search}.` : "",
    list.counted ? "- `count` counts the matches." : "",
    list.includes ? `- \`include\` takes ${codes(list.includes)}.` : "",
    ...others,
  ];
  return lines.filter(Boolean).join("\n");
}

function bodyTable({ body }: Endpoint): string {
  if (!body) return "";
  const schema = requestSchema(body);
  const rows = Object.entries((schema.properties ?? {}) as Record<string, Schema>).map(([name, field]) => [
    `\`${name}\``,
    [form(field), schema.required?.includes(name) ? "required" : ""].filter(Boolean).join("; "),
    field.description ?? "",
  ]);
  return table(["Field", "Form", ""], rows);
}

const formats: Record<string, string> = { email: "e-mail address", uri: "web address", "date-time": "instant" };

/** A field's form in a few words: `text, up to 100 characters, or null`. */
function form(field: Schema): string {
  const types = [field.type].flat();
  return [plainForm(field, types[0] ?? ""), types.includes("null") ? "or `null`" : ""].filter(Boolean).join(", ");
}

function plainForm(field: Schema, type: string): string {
  if (field.anyOf) return (field.anyOf as Schema[]).map(form).join(" or ");
  if (field.enum) return `one of ${codes(field.enum.map(String))}`;
  const id = /^\^([a-z]{3}_)/.exec(field.pattern ?? "")?.[1];
  if (id) return `id (\`${id}…\`)`;
  if (type === "string")
    return `${formats[field.format ?? ""] ?? "text"}${range(field.minLength, field.maxLength, "characters")}`;
  if (type === "array")
    return `list${range(field.minItems, field.maxItems, "items")} of ${form(field.items as Schema)}`;
  if (type === "integer") return `whole number${range(field.minimum, field.maximum, "")}`;
  return type === "boolean" ? "true or false" : type;
}

function range(from: number | undefined, to: number | undefined, unit: string): string {
  if (to === undefined) return "";
  const words = [
    (from ?? 0) > 1 || unit === "" ? `${from} to ` : "up to ",
    to.toLocaleString("en"),
    unit && ` ${unit}`,
  ];
  return `, ${words.join("")}`;
}

/** What every endpoint that asks for a credential may refuse with: it is said once, under Errors. */
export function commonRefusals(): ErrorCode[] {
  const guarded = registry.filter((endpoint) => endpoint.auth !== "none").map(refusalsOf);
  return (guarded[0] ?? []).filter((code) => guarded.every((codes) => codes.includes(code)));
}

function refusalWords(endpoint: Endpoint): string {
  const usual = commonRefusals();
  const own = refusalsOf(endpoint).filter((code) => !usual.includes(code));
  return own.length > 0 ? `May also refuse with ${codes(own)}.` : "";
}
