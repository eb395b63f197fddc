import type { ErrorCode, Fault } from "#lib/contract/errors";

/** What a refusal may carry beside its sentence. */
export type ErrorExtra = {
  errors?: Fault[];
  /** The record in the way, where the caller may see it. */
  existing_id?: string;
  /** The scope or permission that lacks. */
  required?: string;
};

/** A refusal by a company rule. The door turns it into a problem; `detail` is the sentence the caller reads. */
export class DomainError extends Error {
  readonly code: ErrorCode;
  readonly detail: string;
  readonly extra: ErrorExtra;

  constructor(code: ErrorCode, detail: string, extra: ErrorExtra = {}) {
    super(`${code}: ${detail}`);
    this.name = "DomainError";
    this.code = code;
    this.detail = detail;
    this.extra = extra;
  }
}

export function notFound(): DomainError {
  return new DomainError("not_found", "There is no such record in this company.");
}

/** Faults in body fields that only the database could tell, such as a reference to nothing. */
export function invalid(...errors: Fault[]): DomainError {
  const count = errors.length === 1 ? "1 field needs" : `${errors.length} fields need`;
  return new DomainError("validation_failed", `${count} attention.`, { errors });
}
