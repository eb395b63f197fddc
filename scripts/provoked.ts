import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { type ErrorCode, errorCodes } from "#lib/contract/errors";

/** The logs of a full run: of the app that most tests use, and of those that the fault tests start. */
const logs = ["app.log", "faults.log"];

/** The error codes that no test provoked; null if the run was partial. */
export function unprovoked(results: string): ErrorCode[] | null {
  const files = logs.map((name) => join(results, name));
  if (!files.every((file) => existsSync(file))) return null;
  const text = files.map((file) => readFileSync(file, "utf8")).join("\n");
  return errorCodes.filter((code) => !text.includes(`"code":"${code}"`));
}
