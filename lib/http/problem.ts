import { type ErrorCode, errors, type Fault, type Problem } from "#lib/contract/errors";
import { env } from "#lib/env";
import { AppError } from "#lib/errors";
import { withoutTokens } from "#lib/format/token";
import { jsonResponse } from "#lib/http/text-response";

/** The most faults in a response. Validation stops at one more, which shows that there are more. */
export const maxFaults = 100;

function listed(faults: Fault[], noun: string, detail: string): { detail: string; errors: Fault[] } {
  if (faults.length <= maxFaults) return { detail, errors: faults };
  const more = `More than ${maxFaults} ${noun} need attention. The first ${maxFaults} are listed.`;
  return { detail: more, errors: faults.slice(0, maxFaults) };
}

/** Faults of a body. */
export function badFields(faults: Fault[]): AppError {
  const count = faults.length === 1 ? "1 field needs" : `${faults.length} fields need`;
  const { detail, errors } = listed(faults, "fields", `${count} attention.`);
  return new AppError("validation_failed", detail, { errors });
}

/** Faults outside the body: in the query or in a header. */
export function badParameters(faults: Fault[]): AppError {
  const code = faults.every((fault) => fault.code === "unknown_field") ? "unknown_parameter" : "invalid_parameter";
  const { detail, errors } = listed(faults, "parameters", faults.map((fault) => fault.detail).join(" "));
  return new AppError(code, detail, { errors });
}

/** A JSON Pointer as a URI fragment (RFC 6901, section 6). A key may contain anything, including a lone surrogate. */
export function pointer(path: readonly PropertyKey[]): string {
  const parts = path.map((part) => String(part).toWellFormed().replaceAll("~", "~0").replaceAll("/", "~1"));
  return `#${parts.map((part) => `/${encodeURIComponent(part)}`).join("")}`;
}

/** `WWW-Authenticate` (RFC 6750) for errors that another credential could avoid. */
function challenge(code: ErrorCode, detail: string, required: string | undefined): string | null {
  const realm = 'Bearer realm="repdesk"';
  if (code === "insufficient_scope") return `${realm}, error="insufficient_scope", scope="${required}"`;
  if (errors[code].status !== 401) return null;
  if (code === "unauthenticated") return realm;
  return `${realm}, error="invalid_token", error_description="${detail.replace(/[^\x20-\x21\x23-\x5b\x5d-\x7e]/g, "'")}"`;
}

/** The page that explains a code. */
function problemType(code: ErrorCode): string {
  return `${env().APP_URL}/help/api-errors#${code}`;
}

/** The response to a rejected request (RFC 9457). */
export function problem(request: { id: string; instance: string }, { code, detail, extra }: AppError): Response {
  const { headers, log: _log, exposed: _exposed, ...members } = extra;
  const { status, title } = errors[code];
  const { id: request_id, instance } = request;
  const body: Problem = { type: problemType(code), title, status, code, detail, instance, request_id, ...members };
  const all = new Headers(headers);
  all.set("Content-Type", "application/problem+json");
  const authenticate = challenge(code, detail, members.required);
  if (authenticate) all.set("WWW-Authenticate", authenticate);
  // The path may contain a token, too.
  return jsonResponse(withoutTokens(JSON.stringify(body)), { status, headers: all });
}
