import type { Endpoint } from "#lib/contract/endpoint";
import { type ErrorCode, errors } from "#lib/contract/errors";
import { exampleProblem } from "#scripts/api-docs/problems";
import { recordOf } from "#scripts/api-docs/prose";

/** The code blocks of the guide. Their convention stands at the head of guide.md. */

function block(info: string, text: string): string {
  return `\`\`\`${info}\n${text}\n\`\`\``;
}

/** JSON as people write it: what is short stands in one line. */
function json(value: unknown): string {
  return JSON.stringify(value, null, 2).replaceAll(
    /([[{])\n\s+([^[\]{}]*?)\n\s+([\]}])/g,
    (whole, open, inner: string) => {
      const line = inner.replaceAll(/\n\s+/g, " ");
      return line.length > 80 ? whole : open === "[" ? `[${line}]` : `{ ${line} }`;
    },
  );
}

/** The record of a path's id, as the variable that holds such an id: `$CONTACT_ID`. */
function pathOf({ path }: Endpoint): string {
  return path.replaceAll(/\{\w+\}/g, `$${recordOf(path).toUpperCase()}_ID`);
}

function queryOf({ example }: Endpoint): string {
  const pairs = Object.entries(example.query ?? {});
  // Brackets and commas may stand as they are (curl -g), and read better so.
  const encode = (text: string) => encodeURIComponent(text).replaceAll(/%(5B|5D|2C|40|3A)/g, decodeURIComponent);
  return pairs.length > 0 ? `?${pairs.map(([name, value]) => `${encode(name)}=${encode(value)}`).join("&")}` : "";
}

function credentialOf({ auth, company }: Endpoint): string[] {
  if (auth === "none") return [];
  if (auth !== "session") return ["Authorization: Bearer $REPDESK_TOKEN"];
  const named = company === "required" ? ["RepDesk-Company: $REPDESK_COMPANY"] : [];
  return ["Authorization: Bearer $SESSION_JWT", ...named];
}

/** The request of an endpoint's example, as a curl command that runs. */
export function requestBlock(endpoint: Endpoint): string {
  const { operation, method, example } = endpoint;
  const query = queryOf(endpoint);
  const verb = method === "GET" ? "" : `-X ${method} `;
  const headers = credentialOf(endpoint);
  if (example.body !== undefined) headers.push("Content-Type: application/json");
  const lines = [
    `curl ${query.includes("[") ? "-g " : ""}${verb}"$REPDESK_URL/api/v1${pathOf(endpoint)}${query}"`,
    ...headers.map((header) => `-H "${header}"`),
    ...(example.body === undefined ? [] : [`-d '${json(example.body).replaceAll("'", "'\\''")}'`]),
  ];
  return block(`sh request=${operation}`, lines.join(" \\\n  "));
}

/** The answer of an endpoint's example. */
export function answerBlock({ operation, status, example }: Endpoint): string {
  if (status === 204) return block("http answer=204", "HTTP/1.1 204 No Content");
  const extract = operation === "readOpenApi" ? " extract" : "";
  return block(`json answer=${status}${extract}`, json(example.answer));
}

export function problemBlock(code: ErrorCode, instance?: string): string {
  return block(`json answer=${errors[code].status}`, json(exampleProblem(code, instance)));
}

/** A table of Markdown. A bar inside a cell would end it. */
export function table(head: string[], rows: string[][]): string {
  const line = (cells: string[]) => `| ${cells.map((cell) => cell.replaceAll("|", "\\|")).join(" | ")} |`;
  return [line(head), line(head.map(() => "---")), ...rows.map(line)].join("\n");
}
