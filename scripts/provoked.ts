import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { type ErrorCode, errorCodes } from "#lib/contract/errors";

/** The logs of a whole run: of the app that most tests use, and of those that are started to be broken. */
const logs = ["app.log", "faults.log"];

/** The error codes that no test provoked; null where the run was no whole one, and so says nothing. */
export function unprovoked(results: string): ErrorCode[] | null {
  const files = logs.map((name) => join(results, name));
  if (!files.every((file) => existsSync(file))) return null;
  const text = files.map((file) => readFileSync(file, "utf8")).join("\n");
  return errorCodes.filter((code) => !text.includes(`"code":"${code}"`));
}
