import { type ErrorCode, errors, type Fault, type Problem as ProblemBody } from "#lib/contract/errors";
import { env } from "#lib/env";

type Extra = Pick<ProblemBody, "errors" | "existing_id" | "required" | "companies"> & {
  headers?: Record<string, string>;
  /** The text for the log, where it differs from the caller's. */
  log?: string;
};

/** A refusal by the door itself. `detail` is the sentence the caller reads. */
export class Refusal extends Error {
  readonly code: ErrorCode;
  readonly detail: string;
  readonly extra: Extra;

  constructor(code: ErrorCode, detail: string, extra: Extra = {}) {
    super(extra.log ?? `${code}: ${detail}`);
    this.name = "Refusal";
    this.code = code;
    this.detail = detail;
    this.extra = extra;
  }
}

/** So many faults are listed. Whoever builds them stops one later: that one tells that there are more. */
export const maxFaults = 100;

function listed(faults: Fault[], noun: string, detail: string): { detail: string; errors: Fault[] } {
  if (faults.length <= maxFaults) return { detail, errors: faults };
  const more = `More than ${maxFaults} ${noun} need attention. The first ${maxFaults} are listed.`;
  return { detail: more, errors: faults.slice(0, maxFaults) };
}

/** Faults of a body. */
export function badFields(faults: Fault[]): Refusal {
  const count = faults.length === 1 ? "1 field needs" : `${faults.length} fields need`;
  const { detail, errors } = listed(faults, "fields", `${count} attention.`);
  return new Refusal("validation_failed", detail, { errors });
}

/** Faults outside the body: in the query or in a header. */
export function badParameters(faults: Fault[]): Refusal {
  const code = faults.every((fault) => fault.code === "unknown_field") ? "unknown_parameter" : "invalid_parameter";
  const { detail, errors } = listed(faults, "parameters", faults.map((fault) => fault.detail).join(" "));
  return new Refusal(code, detail, { errors });
}

/** `WWW-Authenticate` (RFC 6750) for refusals that a credential could change. */
function challenge(code: ErrorCode, detail: string, required: string | undefined): string | null {
  const realm = 'Bearer realm="repdesk"';
  if (code === "insufficient_scope") return `${realm}, error="insufficient_scope", scope="${required}"`;
  if (errors[code].status !== 401) return null;
  if (code === "unauthenticated") return realm;
  return `${realm}, error="invalid_token", error_description="${detail.replace(/[^\x20-\x21\x23-\x5b\x5d-\x7e]/g, "'")}"`;
}

/** Where a code is explained. */
function problemType(code: ErrorCode): string {
  return `${env().APP_URL}/help/api-errors#${code}`;
}

/** The answer to a refused request (RFC 9457). */
export function problem(request: { id: string; instance: string }, refusal: Refusal): Response {
  const { headers, log: _log, ...members } = refusal.extra;
  const body: ProblemBody = {
    type: problemType(refusal.code),
    title: errors[refusal.code].title,
    status: errors[refusal.code].status,
    code: refusal.code,
    detail: refusal.detail,
    instance: request.instance,
    request_id: request.id,
    ...members,
  };
  const response = Response.json(body, {
    status: body.status,
    headers: { "Content-Type": "application/problem+json" },
  });
  for (const [name, value] of Object.entries(headers ?? {})) response.headers.set(name, value);
  const demand = challenge(refusal.code, refusal.detail, members.required);
  if (demand) response.headers.set("WWW-Authenticate", demand);
  return response;
}
