import pino from "pino";
import { env } from "#lib/env";
import { withoutTokens } from "#lib/format/token";

const everyJwt = /\beyJ[\w-]+\.[\w-]+\.[\w-]+/g;

/** Removes every secret from a text. */
function redact(text: string): string {
  return withoutTokens(text).replace(everyJwt, "eyJ…");
}

let logger: pino.Logger | undefined;

/** The log: one JSON line per entry, on standard output. JSON escapes CR and LF. */
export function log(): pino.Logger {
  logger ??= pino(
    {
      level: env().LOG_LEVEL,
      base: null,
      timestamp: pino.stdTimeFunctions.isoTime,
      formatters: { level: (label) => ({ level: label }) },
      hooks: { streamWrite: redact },
    },
    // Lines are written together: a write for each would be a tenth of what a request costs. If nobody reads them, more are dropped.
    pino.destination({ dest: 1, sync: false, minLength: 4_096, periodicFlush: 50, maxLength: 16_000_000 }),
  );
  return logger;
}
