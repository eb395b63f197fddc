import { createHash } from "node:crypto";
import type { Endpoint } from "#lib/contract/endpoint";
import type { Caller, Tx } from "#lib/db/company";
import { claim, keep } from "#lib/db/idempotency";
import type { Exchange } from "#lib/http/exchange";
import { Refusal } from "#lib/http/problem";

const kept = ["content-type", "etag", "location"];

/**
 * Runs a POST at most once for its `Idempotency-Key`: the key and the effect commit together, and a repetition gets the first answer.
 * Without a key, or for another method, it just runs.
 */
export async function onlyOnce(
  exchange: Exchange,
  contract: Endpoint,
  tx: Tx,
  caller: Caller,
  body: Uint8Array | null,
  work: () => Promise<Response>,
): Promise<Response> {
  const key = exchange.request.headers.get("idempotency-key");
  if (key === null || contract.method !== "POST") return work();
  if (!/^[\x20-\x7e]{1,255}$/.test(key)) {
    const detail = "An Idempotency-Key has 1 to 255 printable ASCII characters.";
    throw new Refusal("idempotency_key_invalid", detail, {
      errors: [{ header: "Idempotency-Key", code: "invalid_format", detail }],
    });
  }
  const request = { operation: contract.operation, key };
  const found = await claim(tx, caller, { ...request, fingerprint: fingerprint(exchange, body) });
  if (found.state === "in_progress") {
    throw new Refusal(
      "idempotency_in_progress",
      "The first request with this idempotency key is still running. Repeat it in a second.",
      {
        headers: { "Retry-After": "1" },
      },
    );
  }
  if (found.state === "reused") {
    throw new Refusal("idempotency_key_reused", "This idempotency key came before with another body. Use a new key.");
  }
  if (found.state === "deleted") {
    throw new Refusal(
      "conflict",
      "The record that this idempotency key created was deleted since. Use a new key to create another one.",
    );
  }
  if (found.state === "replay") {
    const headers = { ...found.kept.headers, "Idempotent-Replayed": "true" };
    return new Response(found.kept.body, { status: found.kept.status, headers });
  }
  const response = await work();
  const text = response.body === null ? null : await response.clone().text();
  await keep(tx, caller, request, {
    status: response.status,
    headers: Object.fromEntries(
      kept.flatMap((name) => (response.headers.has(name) ? [[name, response.headers.get(name) as string]] : [])),
    ),
    body: text === null ? null : withoutSecrets(contract, text),
    subject_id: text === null ? null : subjectOf(text),
  });
  return response;
}

/** What makes two requests the same: the very bytes that came. */
function fingerprint(exchange: Exchange, body: Uint8Array | null): string {
  return createHash("sha256")
    .update(`${exchange.url.pathname}${exchange.url.search}\n`)
    .update(body ?? "")
    .digest("hex");
}

/** The answer as a repetition may show it: what is shown once is not kept. */
function withoutSecrets(contract: Endpoint, text: string): string {
  return contract.once ? JSON.stringify({ ...JSON.parse(text), ...contract.once }) : text;
}

/** The record that an answer shows: deleting the record deletes the answer. */
function subjectOf(text: string): string | null {
  const { id } = JSON.parse(text) as { id?: unknown };
  return typeof id === "string" ? id : null;
}
