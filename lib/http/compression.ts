import { promisify } from "node:util";
import { gzip } from "node:zlib";
import { addVary, headersOf, textOf } from "#lib/http/text-response";

/** In bytes. Smaller bodies fit into one packet anyway. */
const least = 1024;

/** Compresses the response with gzip if the request accepts it (RFC 9110, 12.5.3) and the body is large enough. */
export async function compressed(request: Request, response: Response): Promise<Response> {
  const text = textOf(response);
  if (text === undefined && response.body === null) return response;
  addVary(response, "Accept-Encoding");
  if (!takesGzip(request.headers.get("accept-encoding") ?? "")) return response;
  const bytes = text ?? Buffer.from(await response.arrayBuffer());
  const { status } = response;
  const headers = headersOf(response);
  if (Buffer.byteLength(bytes) < least) return text === undefined ? new Response(bytes, { status, headers }) : response;
  headers.set("Content-Encoding", "gzip");
  return new Response(await promisify(gzip)(bytes), { status, headers });
}

function takesGzip(accepted: string): boolean {
  const codings = accepted.split(",").map((part) => part.split(";").map((piece) => piece.trim().toLowerCase()));
  const weight = (name: string) => {
    const coding = codings.find(([coding]) => coding === name);
    return coding && Number(coding.find((piece) => piece.startsWith("q="))?.slice(2) ?? 1);
  };
  return (weight("gzip") ?? weight("*") ?? 0) > 0;
}
