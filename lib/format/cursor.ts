import { crc32 } from "#lib/format/token";

/**
 * Where the next page begins: the last row's sort key and id, and a digest of the list that the cursor is good for. With a `hash`
 * the key is only the beginning of one that is too long for a cursor, and the hash is that of the whole key.
 */
export type Cursor = { key: string; id: string; digest: string; hash?: string };

/** Characters. A name's sort key alone may have thousands: one character can become 18 in it. */
export const longestCursor = 512;

/** A short digest of whatever makes two lists different lists. It catches mistakes; row-level security keeps secrets. */
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

/** Null for anything that `encodeCursor` did not write. */
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
