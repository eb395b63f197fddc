import type { ErrorCode, Fault } from "#lib/contract/errors";
import { hasBrand } from "#lib/format/brand";

/** RepDesk's two errors. Anything else that is thrown is a bug, and the caller gets `internal_error`. */

type Extra = {
  /** Fields of the problem. */
  errors?: Fault[];
  existing_id?: string;
  required?: string;
  companies?: { id: string; slug: string; name: string }[];
  /** Headers of the response, cookies included. */
  headers?: HeadersInit;
  /** The text for the log, if it differs from `detail`. */
  log?: string;
  /** Tokens that the request contains outside of its Authorization header. Never sent. */
  exposed?: string[];
};

const brands = { app: Symbol.for("repdesk.app-error"), unavailable: Symbol.for("repdesk.unavailable") } as const;

/** Rejects a request with a code of the error table. `detail` is the text for the caller. */
export class AppError extends Error {
  readonly [brands.app] = true;

  static override [Symbol.hasInstance](value: unknown): boolean {
    return hasBrand(value, brands.app);
  }

  readonly code: ErrorCode;
  readonly detail: string;
  readonly extra: Extra;

  constructor(code: ErrorCode, detail: string, extra: Extra = {}) {
    super(extra.log ?? `${code}: ${detail}`);
    this.name = "AppError";
    this.code = code;
    this.detail = detail;
    this.extra = extra;
  }
}

/** The database or the sign-in service didn't respond in time. `detail`: a sentence for the caller that says which. */
export class Unavailable extends Error {
  readonly [brands.unavailable] = true;

  static override [Symbol.hasInstance](value: unknown): boolean {
    return hasBrand(value, brands.unavailable);
  }

  readonly detail: string | undefined;

  constructor(message: string, { detail, ...options }: ErrorOptions & { detail?: string } = {}) {
    super(message, options);
    this.name = "Unavailable";
    this.detail = detail;
  }
}

/** Whether an error rejects the request with one of these codes. */
export function isAppError(error: unknown, ...codes: ErrorCode[]): error is AppError {
  return error instanceof AppError && codes.includes(error.code);
}
