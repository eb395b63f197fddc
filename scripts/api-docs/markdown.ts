import type { Endpoint } from "#lib/contract/endpoint";
import { type ErrorCode, errors } from "#lib/contract/errors";
import { nounOf } from "#scripts/api-docs/parameters";
import { exampleProblem } from "#scripts/api-docs/problems";

/** The pieces of Markdown that both documents are made of. walk.ts explains the code blocks. */

function block(info: string, text: string): string {
  return `\`\`\`${info}\n${text}\n\`\`\``;
}

/** JSON as people write it, with short objects and lists on one line. */
function json(value: unknown): string {
  const short = /([[{])\n\s+([^[\]{}]*?)\n\s*([\]}])/g;
  return JSON.stringify(value, null, 2).replaceAll(short, (whole, open, inner: string) => {
    const line = inner.replaceAll(/\n\s+/g, " ");
    return line.length > 80 ? whole : open === "[" ? `[${line}]` : `{ ${line} }`;
  });
}

function queryOf({ example }: Endpoint): string {
  // curl -g sends brackets and commas as they are, and they read better.
  const encode = (text: string) => encodeURIComponent(text).replaceAll(/%(5B|5D|2C|40|3A)/g, decodeURIComponent);
  const pairs = Object.entries(example.query ?? {}).map(([name, value]) => `${encode(name)}=${encode(value)}`);
  return pairs.length > 0 ? `?${pairs.join("&")}` : "";
}

function credentialOf({ auth, company }: Endpoint): string[] {
  if (auth === "none") return [];
  if (auth !== "session") return ["Authorization: Bearer $REPDESK_TOKEN"];
  const named = company === "required" ? ["RepDesk-Company: $REPDESK_COMPANY"] : [];
  return ["Authorization: Bearer $SESSION_JWT", ...named];
}

/** The request of an endpoint's example, as a curl command that runs. */
export function requestBlock(endpoint: Endpoint): string {
  const { operation, method, path, example } = endpoint;
  const query = queryOf(endpoint);
  const url = path.replaceAll(/\{\w+\}/g, `$${nounOf(path).toUpperCase()}_ID`) + query;
  const headers = credentialOf(endpoint);
  if (example.body !== undefined) headers.push("Content-Type: application/json");
  const lines = [
    `curl ${query.includes("[") ? "-g " : ""}${method === "GET" ? "" : `-X ${method} `}"$REPDESK_URL/api/v1${url}"`,
    ...headers.map((header) => `-H "${header}"`),
    ...(example.body === undefined ? [] : [`-d '${json(example.body).replaceAll("'", "'\\''")}'`]),
  ];
  return block(`sh request=${operation}`, lines.join(" \\\n  "));
}

/** The answer of an endpoint's example. */
export function answerBlock({ operation, status, example }: Endpoint): string {
  return block(`json answer=${status}${operation === "readOpenApi" ? " extract" : ""}`, json(example.answer));
}

export function problemBlock(code: ErrorCode): string {
  return block(`json answer=${errors[code].status}`, json(exampleProblem(code)));
}

/** A table. A bar inside a cell would end the cell. */
export function table(head: string[], rows: string[][]): string {
  const line = (cells: string[]) => `| ${cells.map((cell) => cell.replaceAll("|", "\\|")).join(" | ")} |`;
  return [line(head), line(head.map(() => "---")), ...rows.map(line)].join("\n");
}

/** The anchor that viewers of Markdown give a heading. */
export function anchor(heading: string): string {
  return heading
    .toLowerCase()
    .replaceAll(/[^\w -]/g, "")
    .replaceAll(" ", "-");
}
