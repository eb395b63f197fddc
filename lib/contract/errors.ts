import type { Entry } from "#lib/contract/access-errors";
import { errorTable } from "#lib/contract/error-table";
import type { FaultCode } from "#lib/vocabulary";

export type ErrorCode = keyof typeof errorTable;
export const errors: Readonly<Record<ErrorCode, Entry>> = errorTable;
export const errorCodes = Object.keys(errorTable) as ErrorCode[];

/** One fault. Exactly one of `pointer` (RFC 6901, into the body), `parameter`, and `header` says where it is. */
export type Fault = {
  pointer?: string;
  parameter?: string;
  header?: string;
  code: FaultCode;
  detail: string;
  /** With `not_unique`: the record that has the value, if the caller may see it. */
  existing_id?: string;
};

/** A problem as it is sent (RFC 9457, `application/problem+json`). */
export type Problem = {
  type: string;
  title: string;
  status: number;
  code: ErrorCode;
  detail: string;
  instance: string;
  request_id: string;
  errors?: Fault[];
  existing_id?: string;
  required?: string;
  companies?: { id: string; slug: string; name: string }[];
};
