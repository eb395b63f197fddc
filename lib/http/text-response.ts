import type { ServerResponse } from "node:http";

type Fields = Record<string, string>;

/** What the front sends of a response: its text, and header fields besides those of the response, which take precedence. */
type Beside = { text: string; fields: Fields };

const texts = new WeakMap<Response, Beside>();

/**
 * A response with a JSON text. The text is kept beside it: the front sends it as it is, and only behind Next a stream is made of it
 * (`streamed`).
 */
export function jsonResponse(
  text: string,
  { status = 200, headers = new Headers() }: Partial<Response> = {},
): Response {
  if (!headers.has("Content-Type")) headers.set("Content-Type", "application/json");
  const response = new Response(null, { status, headers });
  texts.set(response, { text, fields: {} });
  return response;
}

/** The text of such a response; undefined for others. */
export function textOf(response: Response): string | undefined {
  return texts.get(response)?.text;
}

/** Adds header fields beside the response, since `Headers` costs many times what an object does. Returns false if it has no text. */
export function addBeside(response: Response, fields: Fields): boolean {
  const beside = texts.get(response);
  if (beside) Object.assign(beside.fields, fields);
  return beside !== undefined;
}

/** Adds a value to `Vary`. */
export function addVary(response: Response, value: string): void {
  const fields = texts.get(response)?.fields;
  if (fields?.Vary) fields.Vary += `, ${value}`;
  else response.headers.append("Vary", value);
}

/** All headers of a response. */
export function headersOf(response: Response): Headers {
  const headers = new Headers(response.headers);
  for (const [name, value] of Object.entries(texts.get(response)?.fields ?? {}))
    if (!headers.has(name)) headers.set(name, value);
  return headers;
}

/** The same response with its text as its body. */
export function streamed(response: Response): Response {
  const text = textOf(response);
  return text === undefined ? response : new Response(text, { status: response.status, headers: response.headers });
}

/** Sends head and text in one piece: writing to a socket is what costs the most. Returns false if the response has no text. */
export function sendText(response: Response, outgoing: ServerResponse): boolean {
  const text = textOf(response);
  if (text === undefined) return false;
  const own = Object.fromEntries(response.headers);
  const beside = Object.entries(texts.get(response)?.fields ?? {}).filter(([name]) => !(name.toLowerCase() in own));
  const fields = { ...own, ...Object.fromEntries(beside), "Content-Length": Buffer.byteLength(text) };
  outgoing.writeHead(response.status, fields);
  outgoing.end(text);
  return true;
}
