import { Unavailable } from "#lib/errors";

/** What a fault of the database means to a request. Errors are told by their codes alone: a message may hold values. */

/** Of Node's sockets and of postgres.js. */
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

/** SQLSTATEs (PostgreSQL, appendix A), as whole codes or as classes. */
const unavailableStates = [
  "08", // connection exception
  "25006", // read-only transaction: a standby, or a server that protects its last disk space
  "25P03", // idle in transaction for too long
  "25P04", // transaction too long
  "28", // our own login was rejected
  "3D000", // our database is not there
  "53", // out of connections, memory, disk
  "55P03", // lock not available in time
  "57014", // statement took too long
  "57P", // shutting down, starting up, crashed
  "58", // system error
];

type Coded = { name?: unknown; code?: unknown; cause?: unknown };

/** An error and its causes, outermost first. Drizzle wraps what PostgreSQL says. */
function* chain(error: unknown): Generator<Coded> {
  for (let link = error, depth = 0; typeof link === "object" && link !== null && depth < 5; depth += 1) {
    yield link as Coded;
    link = (link as Coded).cause;
  }
}

/** The SQLSTATE of a fault that PostgreSQL reported, or null. */
export function sqlState(error: unknown): string | null {
  for (const { code } of chain(error))
    if (typeof code === "string" && /^[0-9A-Z]{5}$/.test(code) && !connectionCodes.has(code)) return code;
  return null;
}

/** Whether the fault lies with the connection, so that nothing more can be said through it. */
export function isDisconnected(error: unknown): boolean {
  for (const { code } of chain(error)) if (typeof code === "string" && connectionCodes.has(code)) return true;
  return false;
}

/** Whether the same request may well succeed later: 503. A write that failed so may have happened; it is never repeated here. */
export function isUnavailable(error: unknown): boolean {
  for (const link of chain(error)) if (link instanceof Unavailable || link.name === "TimeoutError") return true;
  const state = sqlState(error);
  return isDisconnected(error) || (state !== null && unavailableStates.some((known) => state.startsWith(known)));
}

/** Whether PostgreSQL broke off a statement because it took longer than it may. */
export function isTooSlow(error: unknown): boolean {
  return sqlState(error) === "57014";
}

/** Whether two transactions stood in each other's way and this one was broken off: 409. */
export function isConflict(error: unknown): boolean {
  return ["40001", "40P01"].includes(sqlState(error) ?? "");
}

/**
 * An error for the log, with its causes. What PostgreSQL or Drizzle says may hold values of a request, so of such a link only
 * its name and code are told.
 */
export function describeFault(error: unknown): string {
  const links = [...chain(error)].map((link) => {
    const isForeign = link.name === "DrizzleQueryError" || "query" in link || sqlState({ code: link.code }) !== null;
    if (link instanceof Error && !isForeign) return link.stack ?? link.message;
    return [link.name, link.code].filter((part) => typeof part === "string").join(" ");
  });
  return links.length > 0 ? links.join(", caused by ") : String(error);
}
