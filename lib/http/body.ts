import { Refusal } from "#lib/http/problem";

/** The most a body may have, in bytes. */
const maxBody = 1_000_000;
/** So much more is read and thrown away, since a client that is still sending would miss the answer. */
const maxDiscarded = 10_000_000;
/** A body may come in any number of chunks, and each of them costs time: 10,000 are 100 bytes each of the largest body. */
const maxChunks = 10_000;

function tooLarge(): Refusal {
  return new Refusal("payload_too_large", "The body has more than 1,000,000 bytes. Send less at a time.", {
    headers: { Connection: "close" },
  });
}

function tooManyChunks(): Refusal {
  return new Refusal("payload_too_large", "The body came in more than 10,000 chunks. Send larger ones.", {
    headers: { Connection: "close" },
  });
}

/** Reads a body, at most `maxBody` bytes of it. Throws `payload_too_large`. */
export async function readBody(request: Request): Promise<Uint8Array> {
  if (Number(request.headers.get("content-length") ?? 0) > maxBody + maxDiscarded) throw tooLarge();
  const chunks: Uint8Array[] = [];
  let size = 0;
  let count = 0;
  for await (const chunk of request.body ?? []) {
    count += 1;
    if (count > maxChunks) throw tooManyChunks();
    size += chunk.byteLength;
    if (size > maxBody + maxDiscarded) break;
    if (size <= maxBody) chunks.push(chunk);
    else chunks.length = 0;
  }
  if (size > maxBody) throw tooLarge();
  return Buffer.concat(chunks);
}

/** Only JSON, labelled as such, not compressed. Throws `unsupported_media_type`. */
export function requireJson(headers: Headers): void {
  const type = headers.get("content-type");
  if (!type)
    throw new Refusal("unsupported_media_type", "The body has no Content-Type. Send Content-Type: application/json.");
  const [media, ...parameters] = type
    .toLowerCase()
    .split(";")
    .map((part) => part.trim());
  const charset = parameters
    .find((part) => part.startsWith("charset="))
    ?.slice("charset=".length)
    .replaceAll('"', "");
  if (media !== "application/json" || (charset !== undefined && charset !== "utf-8" && charset !== "utf8")) {
    throw new Refusal("unsupported_media_type", "The body must be labelled Content-Type: application/json, in UTF-8.");
  }
  const encoding = headers.get("content-encoding");
  if (encoding && encoding.toLowerCase() !== "identity") {
    throw new Refusal("unsupported_media_type", "The body is compressed. Send it without Content-Encoding.");
  }
}
