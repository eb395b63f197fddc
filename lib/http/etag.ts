import { AppError } from "#lib/errors";

/** A record's entity tag (RFC 9110, 8.8.3), made from its version. */
export function etag(version: number): string {
  return `"v${version}"`;
}

function badHeader(header: string, detail: string): AppError {
  return new AppError("invalid_header", detail, { errors: [{ header, code: "invalid_format", detail }] });
}

/** The tags of a conditional header, weak ones without their mark. */
function tagsOf(value: string): string[] {
  return value.split(",").map((tag) => tag.trim().replace(/^W\//, ""));
}

/**
 * The version that `If-Match` asks for; none where any will do. A weak tag counts as its strong one: a proxy that compresses answers
 * marks ours so, and a version is the same in any encoding. Throws `invalid_header` for an ETag that is not ours.
 */
export function ifMatch(headers: Headers): number | undefined {
  const value = headers.get("if-match");
  if (value === null || value.trim() === "*") return undefined;
  const version = /^(?:W\/)?"v([1-9]\d{0,8})"$/.exec(value.trim())?.[1];
  if (!version) throw badHeader("If-Match", 'If-Match takes one ETag of the record, such as "v7", or *.');
  return Number(version);
}

/** Whether the caller's own copy is still good (RFC 9110, 13.1.2). */
export function notModified(headers: Headers, tag: string): boolean {
  const value = headers.get("if-none-match");
  return value !== null && (value.trim() === "*" || tagsOf(value).includes(tag));
}
