import net from "node:net";
import { type Placeholder, sql } from "drizzle-orm";
import { drizzle, type PostgresJsDatabase } from "drizzle-orm/postgres-js";
import postgres, { type Sql } from "postgres";
import { env } from "#lib/env";
import { Unavailable } from "#lib/errors";
import { processWide } from "#lib/format/process-wide";

export type Database = PostgresJsDatabase & { $client: Sql };

/**
 * One connection to PostgreSQL. It connects once and never again.
 * The pool of postgres.js can wait forever on a half-open connection, reconnects hundreds of times a second to a server that is
 * starting up, and loses queries sent during a reset. So each connection is a client with `max: 1`, and `pool.ts` decides when to
 * connect, wait, and give up.
 */
export type Connection = {
  /** For the statements that begin and end a transaction. */
  sql: Sql;
  /** For the work in between. Throws once `stop` is aborted. */
  db: Database;
  /** Set while a request holds the connection. */
  stop: AbortSignal | null;
  /** Statements of this transaction that were sent and nobody waits for yet. */
  ahead: Promise<unknown>[];
  /** Statements that `built` made, by name. */
  statements: Map<string, unknown>;
  openedAt: number;
  isDead(): boolean;
  /** Settles like the promise, or rejects if the connection is lost first. */
  guard<T>(promise: Promise<T>): Promise<T>;
  /** Closes the connection immediately. Everything that waits on it rejects with the reason. */
  destroy(reason: Error): void;
  /** Closes the connection in good order. */
  close(): Promise<void>;
};

/** Connects and logs in, or rejects within `ms`. */
export async function openConnection(ms: number): Promise<Connection> {
  const connection = makeConnection();
  try {
    await withTimeout(
      ms,
      connection.guard(connection.sql.unsafe("select 1")),
      "The database did not take the connection in time.",
    );
    return connection;
  } catch (error) {
    connection.destroy(error as Error);
    if (error instanceof Unavailable) throw error;
    // For any reason, including a certificate or a password. The log has its code.
    const code = (error as { code?: string }).code ?? "no code";
    throw new Unavailable(`No connection to the database could be made (${code}).`, { cause: error });
  }
}

/** Settles like the promise, or rejects with Unavailable after `ms`. */
export async function withTimeout<T>(ms: number, promise: Promise<T>, message: string): Promise<T> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(new Unavailable(message)), Math.max(0, ms));
  });
  promise.catch(() => {});
  return Promise.race([promise, late]).finally(() => clearTimeout(timer));
}

function makeConnection(): Connection {
  // Waiters are removed when they settle. Racing against one long-lived promise would keep every result in memory.
  const waiting = new Set<(reason: Error) => void>();
  let socket: net.Socket | undefined;
  let dead = false;
  const die = (reason: Error) => {
    if (dead) return;
    dead = true;
    for (const tell of waiting) tell(reason);
    // From now on, statements are rejected instead of waiting for a connection that never comes.
    void sql.end({ timeout: 0 }).catch(() => {});
  };

  const connect = (options: { host: string[]; port: number[]; path?: string | boolean }): net.Socket => {
    const isFirst = socket === undefined;
    const made = isFirst ? dial(options) : new net.Socket();
    made.on("error", (error) => die(lost(error)));
    made.on("close", () => die(lost()));
    // Deferred, because postgres.js starts to listen for errors in the next tick.
    if (!isFirst || dead) setImmediate(() => made.destroy(new Unavailable("The connection to the database is gone.")));
    socket ??= made;
    return made;
  };

  const sql = postgres(env().DATABASE_URL, {
    ...{ max: 1, idle_timeout: undefined, connect_timeout: 30, fetch_types: false, onnotice() {} },
    // Its timer would close a connection in the middle of a transaction.
    max_lifetime: null,
    connection: { application_name: "repdesk" },
    socket: connect,
    onclose: () => die(lost()),
  } as postgres.Options<Record<string, never>>) as Sql;

  const connection: Connection = {
    sql,
    db: drizzle(guarded(sql, () => connection)) as Database,
    stop: null,
    ahead: [],
    statements: new Map(),
    openedAt: Date.now(),
    isDead: () => dead,
    guard: (promise) =>
      new Promise((resolve, reject) => {
        if (dead) reject(lost());
        waiting.add(reject);
        promise.then(resolve, reject).finally(() => waiting.delete(reject));
      }),
    destroy(reason) {
      die(reason);
      socket?.destroy();
    },
    async close() {
      await sql.end({ timeout: 1 }).catch(() => {});
      connection.destroy(new Unavailable("The connection to the database was closed."));
    },
  };
  connections.set(connection.db, connection);
  return connection;
}

const connections = processWide("db.connections", () => new WeakMap<object, Connection>());

function connectionOf(tx: object): Connection {
  const connection = connections.get(tx);
  if (!connection) throw new Error("This isn't the transaction of a connection.");
  return connection;
}

/**
 * Sends a write whose result nobody needs, without waiting for it: it arrives together with what is sent next. The commit waits for it,
 * and throws its error.
 */
export function sendAhead(tx: object, write: { execute(): Promise<unknown> }): void {
  const sent = write.execute();
  sent.catch(() => {});
  connectionOf(tx).ahead.push(sent);
}

/** The statement that `build` makes, with placeholders for its values. Made once for each connection and name, since that takes long. */
export function built<T>(tx: object, name: string, build: () => { prepare(name: string): T }): T {
  const { statements } = connectionOf(tx);
  const known = statements.get(name) ?? build().prepare(name);
  if (statements.size < maxPrepared) statements.set(name, known);
  return known as T;
}

/** A placeholder for each value, by its name. */
export function placeholders<T extends object>(values: T): { [K in keyof T]: Placeholder } {
  const names = Object.entries(values).filter(([, value]) => value !== undefined);
  return Object.fromEntries(names.map(([name]) => [name, sql.placeholder(name)])) as { [K in keyof T]: Placeholder };
}

/** A connection keeps prepared statements for as long as it lives, and lists can produce any number of them. */
const maxPrepared = 300;

/**
 * The part of a client that Drizzle uses. Prepares up to `maxPrepared` statements, which then take one round trip, unless
 * `DATABASE_URL` turns that off.
 */
function guarded(sql: Sql, connection: () => Connection): Sql {
  const prepared = new Set<string>();
  const unsafe: Sql["unsafe"] = <T extends unknown[]>(...[text, values, options]: Parameters<Sql["unsafe"]>) => {
    connection().stop?.throwIfAborted();
    if (connection().isDead()) throw new Unavailable("The connection to the database is gone.");
    if (prepared.size < maxPrepared) prepared.add(text);
    // Statements are sent in the order of their calls, whether or not somebody waits for them.
    const query = sql.unsafe<T>(text, values, { ...options, prepare: prepared.has(text) });
    query.execute();
    return query;
  };
  return { options: sql.options, unsafe } as unknown as Sql;
}

function dial({ host, port, path }: { host: string[]; port: number[]; path?: string | boolean }): net.Socket {
  const address = { host: host[0] as string, port: port[0] as number };
  const socket = typeof path === "string" ? net.connect({ path }) : net.connect({ ...address, noDelay: true });
  // postgres.js takes the name for verifying the certificate from here.
  return Object.assign(socket, address);
}

function lost(cause?: Error & { code?: string }): Unavailable {
  return new Unavailable(`The connection to the database was lost (${cause?.code ?? "closed"}).`, { cause });
}
