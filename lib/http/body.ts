import { AppError } from "#lib/errors";
import { processWide } from "#lib/format/process-wide";
import { bodyOf } from "#lib/http/arrival";
import type { HttpContext } from "#lib/http/context";

/** The largest body, in bytes. */
const maxBody = 1_000_000;
/** How much more is read and discarded, since a client that is still sending would miss the response. */
const maxDiscarded = 10_000_000;
/** The most chunks, since each of them costs time. For the largest body, 10,000 chunks have 100 bytes each. */
const maxChunks = 10_000;
/** The time limit for a body, which leaves the rest of the request's time for the work. */
const bodyMs = 8_000;
/** The most memory for the bodies of all running requests, and for those of one network. */
const maxHeld = { all: 64_000_000, network: 16_000_000 };

type Body = Pick<HttpContext, "request" | "network" | "held">;

type Held = { all: number; networks: Map<string, number> };

/** The bytes held now. A network is listed while it holds any. */
const held = processWide<Held>("http.held", () => ({ all: 0, networks: new Map() }));

/** The error for a body that is still being sent. The connection can't be reused. */
function rejection(
  code: "malformed_request" | "payload_too_large" | "request_timeout" | "rate_limited" | "unavailable",
  detail: string,
): AppError {
  const isTemporary = code === "rate_limited" || code === "unavailable";
  return new AppError(code, detail, { headers: { Connection: "close", ...(isTemporary && { "Retry-After": "5" }) } });
}

function tooLarge(): AppError {
  return rejection("payload_too_large", "The body has more than 1,000,000 bytes. Send less at a time.");
}

/**
 * Reads a body of at most `maxBody` bytes, and counts them as held by the request until `releaseBody`.
 * Throws `payload_too_large`, `request_timeout`, or, if too much is held already, `rate_limited` or `unavailable`.
 */
export async function readBody(body: Body): Promise<Uint8Array> {
  const { request } = body;
  if (Number(request.headers.get("content-length") ?? 0) > maxBody + maxDiscarded) throw tooLarge();
  const chunks: Uint8Array[] = [];
  let size = 0;
  let count = 0;
  for await (const chunk of inTime(bodyOf(request))) {
    count += 1;
    if (count > maxChunks) {
      throw rejection("payload_too_large", "The body came in more than 10,000 chunks. Send larger ones.");
    }
    size += chunk.byteLength;
    if (size > maxBody + maxDiscarded) break;
    if (size > maxBody) {
      chunks.length = 0;
      releaseBody(body);
      continue;
    }
    hold(body, chunk.byteLength);
    chunks.push(chunk);
  }
  if (size > maxBody) throw tooLarge();
  return Buffer.concat(chunks);
}

/** The chunks of a body, for at most `bodyMs`. An abandoned body ends with its connection. */
async function* inTime(body: AsyncIterable<Uint8Array> | null): AsyncGenerator<Uint8Array> {
  if (body === null) return;
  const { promise: late, reject } = Promise.withResolvers<never>();
  const timer = setTimeout(
    () => reject(rejection("request_timeout", `The body was not complete after ${bodyMs / 1_000} seconds.`)),
    bodyMs,
  );
  const chunks = body[Symbol.asyncIterator]();
  try {
    while (true) {
      const reading = chunks.next().catch(() => {
        throw rejection(
          "malformed_request",
          "The body ended before it was complete. Check Content-Length, and send all of it.",
        );
      });
      // It may reject when nobody waits for it anymore.
      reading.catch(() => {});
      const { done, value } = await Promise.race([reading, late]);
      if (done) return;
      yield value;
    }
  } finally {
    clearTimeout(timer);
  }
}

function hold(body: Body, bytes: number): void {
  const ofNetwork = held.networks.get(body.network) ?? 0;
  if (ofNetwork + bytes > maxHeld.network) {
    throw rejection("rate_limited", "Too many large bodies at once from this address. Send one after the other.");
  }
  if (held.all + bytes > maxHeld.all)
    throw rejection("unavailable", "Too many bodies are being read. Repeat the request in a few seconds.");
  held.all += bytes;
  held.networks.set(body.network, ofNetwork + bytes);
  body.held += bytes;
}

/** Releases the memory of a body when the request is over or the body was discarded. */
export function releaseBody(body: Body): void {
  if (body.held === 0) return;
  const ofNetwork = (held.networks.get(body.network) ?? 0) - body.held;
  held.all -= body.held;
  if (ofNetwork > 0) held.networks.set(body.network, ofNetwork);
  else held.networks.delete(body.network);
  body.held = 0;
}

/** The media types of a PATCH: JSON Merge Patch (RFC 7396) and plain JSON. The value of `Accept-Patch` (RFC 5789). */
export const acceptPatch = "application/merge-patch+json, application/json";

/** Requires JSON, labeled as such and not compressed. Throws `unsupported_media_type`. */
export function requireJson(headers: Headers, method = "POST"): void {
  const isPatch = method === "PATCH";
  const wrongType = (detail: string) =>
    new AppError("unsupported_media_type", detail, isPatch ? { headers: { "Accept-Patch": acceptPatch } } : {});
  const type = headers.get("content-type");
  if (!type) throw wrongType("The body has no Content-Type. Send Content-Type: application/json.");
  const [media, ...parameters] = type
    .toLowerCase()
    .split(";")
    .map((part) => part.trim());
  const charset = parameters
    .find((part) => part.startsWith("charset="))
    ?.slice("charset=".length)
    .replaceAll('"', "");
  const isJson = media === "application/json" || (isPatch && media === "application/merge-patch+json");
  if (!isJson || (charset !== undefined && charset !== "utf-8" && charset !== "utf8")) {
    const also = isPatch ? " or application/merge-patch+json" : "";
    throw wrongType(`The body must be labeled Content-Type: application/json${also}, in UTF-8.`);
  }
  const encoding = headers.get("content-encoding");
  if (encoding && encoding.toLowerCase() !== "identity") {
    throw new AppError("unsupported_media_type", "The body is compressed. Send it without Content-Encoding.", {
      headers: { "Accept-Encoding": "identity" },
    });
  }
}
