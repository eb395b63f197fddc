import { Unavailable } from "#lib/errors";

/** What a database error means for a request. Errors are identified by their codes alone, since messages may contain values. */

/** Error codes of Node's sockets and of postgres.js. */
const connectionCodes = new Set([
  "CONNECTION_CLOSED",
  "CONNECTION_DESTROYED",
  "CONNECTION_ENDED",
  "CONNECT_TIMEOUT",
  "EAI_AGAIN",
  "ECONNABORTED",
  "ECONNREFUSED",
  "ECONNRESET",
  "EHOSTDOWN",
  "EHOSTUNREACH",
  "EMFILE",
  "ENETDOWN",
  "ENETUNREACH",
  "ENOTFOUND",
  "EPIPE",
  "ERR_SOCKET_CLOSED",
  "ERR_STREAM_DESTROYED",
  "ERR_STREAM_WRITE_AFTER_END",
  "ETIMEDOUT",
]);

/** SQLSTATEs (PostgreSQL, appendix A), as full codes or classes. */
const unavailableStates = [
  "08", // connection exception
  "25006", // read-only transaction: a standby, or a server low on disk space
  "25P03", // idle in transaction for too long
  "25P04", // transaction too long
  "28", // our own login was rejected
  "3D000", // our database doesn't exist
  "53", // out of connections, memory, disk
  "55P03", // lock not available in time
  "57014", // statement took too long
  "57P", // shutting down, starting up, crashed
  "58", // system error
];

type Coded = { name?: unknown; code?: unknown; cause?: unknown };

/** An error and its causes, outermost first. Drizzle wraps PostgreSQL's errors. */
function* chain(error: unknown): Generator<Coded> {
  for (let link = error, depth = 0; typeof link === "object" && link !== null && depth < 5; depth += 1) {
    yield link as Coded;
    link = (link as Coded).cause;
  }
}

/** The SQLSTATE of an error that PostgreSQL reported, or null. */
export function sqlState(error: unknown): string | null {
  for (const { code } of chain(error))
    if (typeof code === "string" && /^[0-9A-Z]{5}$/.test(code) && !connectionCodes.has(code)) return code;
  return null;
}

/** Whether the connection itself failed and can't be used anymore. */
export function isDisconnected(error: unknown): boolean {
  for (const { code } of chain(error)) if (typeof code === "string" && connectionCodes.has(code)) return true;
  return false;
}

/** Whether the same request may succeed later: 503. A write that failed this way may have happened, so it is never retried here. */
export function isUnavailable(error: unknown): boolean {
  for (const link of chain(error)) if (link instanceof Unavailable || link.name === "TimeoutError") return true;
  const state = sqlState(error);
  return isDisconnected(error) || (state !== null && unavailableStates.some((known) => state.startsWith(known)));
}

/** Whether PostgreSQL canceled a statement because it took too long. */
export function isTooSlow(error: unknown): boolean {
  return sqlState(error) === "57014";
}

/** Whether two transactions conflicted and PostgreSQL aborted this one: 409. */
export function isConflict(error: unknown): boolean {
  return ["40001", "40P01"].includes(sqlState(error) ?? "");
}

/**
 * An error with its causes, for the log. Messages of PostgreSQL and Drizzle may contain values of a request, so only their names and
 * codes are included.
 */
export function describeFault(error: unknown): string {
  const links = [...chain(error)].map((link) => {
    const isForeign = link.name === "DrizzleQueryError" || "query" in link || sqlState({ code: link.code }) !== null;
    if (link instanceof Error && !isForeign) return link.stack ?? link.message;
    return [link.name, link.code].filter((part) => typeof part === "string").join(" ");
  });
  return links.length > 0 ? links.join(", caused by ") : String(error);
}
