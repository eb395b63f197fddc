import type { Fault } from "#lib/contract/errors";
import { AppError } from "#lib/errors";

export function notFound(): AppError {
  return new AppError("not_found", "There is no such record in this company.");
}

/** The error for faults that only the database can find, such as a reference to a record that doesn't exist. */
export function invalid(...errors: Fault[]): AppError {
  const count = errors.length === 1 ? "1 field needs" : `${errors.length} fields need`;
  return new AppError("validation_failed", `${count} attention.`, { errors });
}
