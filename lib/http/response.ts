import { createHash } from "node:crypto";
import { z } from "zod";
import { isCached } from "#lib/contract/answers";
import type { Endpoint } from "#lib/contract/endpoint";
import type { Rendered } from "#lib/contract/rendered";
import { env } from "#lib/env";
import type { HttpContext } from "#lib/http/context";
import { etag, notModified } from "#lib/http/etag";
import { jsonResponse } from "#lib/http/text-response";

type Row = Record<string, unknown>;
type Listed = { data: Row[]; pagination: { next_cursor: string | null } };

/** What a query selects: fields of each record, and related records. */
export type Wanted = { fields?: string[]; include?: string[] };

/**
 * Encodes a verb's result through the contract's output schema: drops unknown keys, and fails with 500 if the result breaks the
 * contract. Each record has only the selected fields.
 */
export function respond(context: HttpContext, contract: Endpoint, result: unknown, wanted: Wanted): Response {
  if (!contract.output) return new Response(null, { status: 204 });
  if (isRendered(result)) return respondRendered(context, contract, result, wanted);
  const answer = z.encode(contract.output, result);
  if (contract.shared) return sharedResponse(context, answer);
  const headers = new Headers();
  if (contract.versioned) {
    const tag = etag((answer as { version: number }).version);
    headers.set("ETag", tag);
    // Included records have their own versions.
    if (isCached(contract) && !wanted.include && notModified(context.request.headers, tag)) return unchanged(headers);
  }
  if (contract.location) headers.set("Location", `/api/v1${contract.location(answer as { id: string })}`);
  if (contract.list) {
    linkNextPage(context, headers, (answer as Listed).pagination);
    const { data, ...rest } = answer as Listed;
    const rows = data.map((row) => withFields(row, wanted.fields));
    return jsonResponse(JSON.stringify({ data: rows, ...rest }), { headers });
  }
  return jsonResponse(JSON.stringify(withFields(answer as Row, wanted.fields)), { status: contract.status, headers });
}

function isRendered(result: unknown): result is Rendered {
  return typeof result === "object" && result !== null && "rendered" in result;
}

/** The same response around JSON from PostgreSQL. `e2e/api/at-once.spec.ts` compares the two. */
function respondRendered(context: HttpContext, contract: Endpoint, result: Rendered, { fields }: Wanted): Response {
  const headers = new Headers();
  if (result.rendered === "page") {
    const { pagination } = result;
    const all = `[${result.records}]`;
    const records = fields ? JSON.stringify((JSON.parse(all) as Row[]).map((row) => withFields(row, fields))) : all;
    linkNextPage(context, headers, pagination);
    return jsonResponse(`{"data":${records},"pagination":${JSON.stringify(pagination)}}`, { headers });
  }
  const tag = etag(result.version);
  headers.set("ETag", tag);
  if (isCached(contract) && notModified(context.request.headers, tag)) return unchanged(headers);
  return jsonResponse(fields ? JSON.stringify(withFields(JSON.parse(result.record), fields)) : result.record, {
    headers,
  });
}

/** A response that anyone may cache and revalidate. */
function sharedResponse(context: HttpContext, answer: unknown): Response {
  const text = JSON.stringify(answer);
  const tag = `"${createHash("sha256").update(text).digest("base64url").slice(0, 22)}"`;
  const headers = { ETag: tag, "Cache-Control": "public, no-cache", "Access-Control-Allow-Origin": "*" };
  if (notModified(context.request.headers, tag)) return new Response(null, { status: 304, headers });
  return new Response(text, { headers: { ...headers, "Content-Type": "application/json" } });
}

function unchanged(headers: Headers): Response {
  return new Response(null, { status: 304, headers });
}

/** Adds `Link` with `rel="next"` (RFC 8288) if there is a next page. */
function linkNextPage({ url }: HttpContext, headers: Headers, { next_cursor }: Listed["pagination"]): void {
  if (!next_cursor) return;
  const next = new URL(url.pathname + url.search, env().APP_URL);
  next.searchParams.set("cursor", next_cursor);
  headers.set("Link", `<${next}>; rel="next"`);
}

/** Keeps the selected fields, the ID, and included records. */
function withFields(row: Row, fields: string[] | undefined): Row {
  if (fields === undefined) return row;
  const wanted = ["id", "included", ...fields];
  return Object.fromEntries(Object.entries(row).filter(([key]) => wanted.includes(key)));
}
