import { crc32 } from "#lib/format/token";

/**
 * Where the next page begins: the last row's sort key and id, and a digest of the list that the cursor belongs to. If the key is too
 * long for a cursor, `key` is its beginning and `hash` the hash of the whole key.
 */
export type Cursor = { key: string; id: string; digest: string; hash?: string };

/** In characters. A name's sort key can have thousands: one character can become 18 in it. */
export const longestCursor = 512;

/** A short digest of what distinguishes one list from another. It catches mistakes; access control is row-level security. */
export function listDigest(parts: unknown): string {
  return crc32(JSON.stringify(parts)).toString(36);
}

function toBase64url(text: string): string {
  const bytes = new TextEncoder().encode(text);
  return btoa(String.fromCharCode(...bytes))
    .replaceAll("+", "-")
    .replaceAll("/", "_")
    .replaceAll("=", "");
}

function fromBase64url(text: string): string {
  const binary = atob(text.replaceAll("-", "+").replaceAll("_", "/"));
  return new TextDecoder("utf-8", { fatal: true }).decode(Uint8Array.from(binary, (char) => char.charCodeAt(0)));
}

export function encodeCursor(cursor: Cursor): string {
  const { digest, key, id, hash } = cursor;
  return toBase64url(JSON.stringify(hash === undefined ? [digest, key, id] : [digest, key, id, hash]));
}

/** Returns null for anything that `encodeCursor` didn't write. */
export function decodeCursor(text: string): Cursor | null {
  try {
    const parts: unknown = JSON.parse(fromBase64url(text));
    if (!Array.isArray(parts) || parts.length < 3 || parts.some((part) => typeof part !== "string")) return null;
    const [digest, key, id, hash] = parts as [string, string, string, string?];
    const cursor = hash === undefined ? { digest, key, id } : { digest, key, id, hash };
    return encodeCursor(cursor) === text ? cursor : null;
  } catch {
    return null;
  }
}
