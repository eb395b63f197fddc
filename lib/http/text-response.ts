import type { ServerResponse } from "node:http";

const texts = new WeakMap<Response, string>();

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
  texts.set(response, text);
  return response;
}

/** The text of such a response; undefined for others. */
export function textOf(response: Response): string | undefined {
  return texts.get(response);
}

/** The same response with its text as its body. */
export function streamed(response: Response): Response {
  const text = textOf(response);
  return text === undefined ? response : new Response(text, { status: response.status, headers: response.headers });
}

/** Sends head and text in one piece: writing to a socket is what costs the most. */
export function sendText({ status, headers }: Response, text: string, outgoing: ServerResponse): void {
  const fields = [...headers, ["Content-Length", String(Buffer.byteLength(text))]];
  outgoing.writeHead(status, fields.flat());
  outgoing.end(text);
}
