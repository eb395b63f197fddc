import { createHash } from "node:crypto";
import type { Endpoint } from "#lib/contract/endpoint";
import type { Tx } from "#lib/db/company";
import { reservationOf, reserveKey, storeResponse } from "#lib/db/idempotency";
import { AppError } from "#lib/errors";
import type { HttpContext } from "#lib/http/context";
import type { Call } from "#lib/http/pipeline";
import { jsonResponse, textOf } from "#lib/http/text-response";

const storedHeaders = ["content-type", "etag", "location"];

/** The idempotency key of a POST; undefined without one, and for other methods. */
function keyOf({ request: { headers } }: HttpContext, { method }: Endpoint): string | undefined {
  return method === "POST" ? (headers.get("idempotency-key") ?? undefined) : undefined;
}

function isKey(key: string): boolean {
  return /^[\x20-\x7e]{1,255}$/.test(key);
}

/** Reserves the request's key, if it has a valid one. */
export function reserving(context: HttpContext, contract: Endpoint) {
  const key = keyOf(context, contract);
  if (key === undefined || !isKey(key)) return undefined;
  return (tx: Tx, body: Uint8Array | null) => reserveKey(tx, requestOf(context, contract, key, body));
}

function requestOf(context: HttpContext, { operation }: Endpoint, key: string, body: Uint8Array | null) {
  return { operation, key, fingerprint: fingerprint(context, body) };
}

/** The error while another request has the key. The transaction can only be rolled back. */
export function inProgress(): AppError {
  const detail = "The first request with this idempotency key is still running. Try again in a second.";
  return new AppError("idempotency_in_progress", detail, { headers: { "Retry-After": "1" } });
}

/**
 * Runs a POST at most once per `Idempotency-Key`. The key and the effect commit together, and a repetition gets the first response.
 * Without a key, or for another method, it runs as usual.
 */
export async function onlyOnce(
  context: HttpContext,
  contract: Endpoint,
  { tx, caller, reserved }: Call,
  body: Uint8Array | null,
  rest: () => Promise<Response>,
): Promise<Response> {
  const key = keyOf(context, contract);
  if (key === undefined) return rest();
  if (!isKey(key)) {
    const detail = "An Idempotency-Key has 1 to 255 printable ASCII characters.";
    throw new AppError("idempotency_key_invalid", detail, {
      errors: [{ header: "Idempotency-Key", code: "invalid_format", detail }],
    });
  }
  const request = requestOf(context, contract, key, body);
  const outcome = await reserved;
  const found = await reservationOf(
    tx,
    caller,
    request,
    outcome === undefined ? await reserveKey(tx, request) : outcome,
  );
  if (found.state === "in_progress") throw inProgress();
  if (found.state === "reused") {
    throw new AppError(
      "idempotency_key_reused",
      "This idempotency key was already used with a different body. Use a new key.",
    );
  }
  if (found.state === "deleted") {
    throw new AppError(
      "conflict",
      "The record that this idempotency key created was deleted since. Use a new key to create another one.",
    );
  }
  if (found.state === "replay") {
    const headers = { ...found.stored.headers, "Idempotent-Replayed": "true" };
    const { status, body } = found.stored;
    return body === null
      ? new Response(null, { status, headers })
      : jsonResponse(body, { status, headers: new Headers(headers) });
  }
  const response = await rest();
  const text = textOf(response) ?? null;
  storeResponse(tx, caller, request, {
    status: response.status,
    headers: Object.fromEntries(
      storedHeaders.flatMap((name) =>
        response.headers.has(name) ? [[name, response.headers.get(name) as string]] : [],
      ),
    ),
    body: text === null ? null : withoutSecrets(contract, text),
    subject_id: text === null ? null : subjectOf(text),
  });
  return response;
}

/** What makes two requests equal: the exact bytes. */
function fingerprint(context: HttpContext, body: Uint8Array | null): string {
  return createHash("sha256")
    .update(`${context.url.pathname}${context.url.search}\n`)
    .update(body ?? "")
    .digest("hex");
}

/** The response in the form that a repetition gets. What is shown only once isn't stored. */
function withoutSecrets(contract: Endpoint, text: string): string {
  return contract.once ? JSON.stringify({ ...JSON.parse(text), ...contract.once }) : text;
}

/** The record that a response shows. Deleting the record deletes the response. */
function subjectOf(text: string): string | null {
  const { id } = JSON.parse(text) as { id?: unknown };
  return typeof id === "string" ? id : null;
}
