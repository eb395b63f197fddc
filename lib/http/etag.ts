import { AppError } from "#lib/errors";

/** The entity tag of a record (RFC 9110, 8.8.3), which contains its version. */
export function etag(version: number): string {
  return `"v${version}"`;
}

function badHeader(header: string, detail: string): AppError {
  return new AppError("invalid_header", detail, { errors: [{ header, code: "invalid_format", detail }] });
}

/** The tags of a conditional header, without the prefix of weak ones. */
function tagsOf(value: string): string[] {
  return value.split(",").map((tag) => tag.trim().replace(/^W\//, ""));
}

/**
 * The version that `If-Match` requires; undefined if any will do. Weak tags count too: a proxy that compresses responses weakens our
 * tags, and the version is the same in any encoding. Throws `invalid_header` for an ETag that isn't ours.
 */
export function ifMatch(headers: Headers): number | undefined {
  const value = headers.get("if-match");
  if (value === null || value.trim() === "*") return undefined;
  const version = /^(?:W\/)?"v([1-9]\d{0,8})"$/.exec(value.trim())?.[1];
  if (!version) throw badHeader("If-Match", 'If-Match takes one ETag of the record, such as "v7", or *.');
  return Number(version);
}

/** Whether the caller's copy is still current (RFC 9110, 13.1.2). */
export function notModified(headers: Headers, tag: string): boolean {
  const value = headers.get("if-none-match");
  return value !== null && (value.trim() === "*" || tagsOf(value).includes(tag));
}
