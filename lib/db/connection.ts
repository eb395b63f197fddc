import net from "node:net";
import { drizzle, type PostgresJsDatabase } from "drizzle-orm/postgres-js";
import postgres, { type Sql } from "postgres";
import { env } from "#lib/env";
import { Unavailable } from "#lib/errors";

export type Database = PostgresJsDatabase & { $client: Sql };

/**
 * One connection to PostgreSQL. It connects once and never again.
 * The pool of postgres.js lets a query wait permanently on a half-open connection, connects anew hundreds of times a second to a
 * server that closes during start-up, and loses queries sent at the moment of a reset. So each connection is a client of
 * `max: 1`, and who connects, waits and gives up is decided in `pool.ts`.
 */
export type Connection = {
  /** For the statements that make and end a transaction. */
  sql: Sql;
  /** For the work in between; throws once `stop` is aborted. */
  db: Database;
  /** Set while a request has the connection. */
  stop: AbortSignal | null;
  openedAt: number;
  isDead(): boolean;
  /** Settles as the promise does, or rejects when the connection is gone before. */
  guard<T>(promise: Promise<T>): Promise<T>;
  /** Cuts the connection at once. Whoever waits on it hears the reason. */
  destroy(reason: Error): void;
  /** Says goodbye to the server and closes. */
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
    // Whatever the reason, a certificate or a password included: the log has its code.
    const code = (error as { code?: string }).code ?? "no code";
    throw new Unavailable(`No connection to the database could be made (${code}).`, { cause: error });
  }
}

/** Settles as the promise does, or rejects with Unavailable after `ms`. */
export async function withTimeout<T>(ms: number, promise: Promise<T>, message: string): Promise<T> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(new Unavailable(message)), Math.max(0, ms));
  });
  promise.catch(() => {});
  return Promise.race([promise, late]).finally(() => clearTimeout(timer));
}

function makeConnection(): Connection {
  // Whoever waits is taken off again when the wait is over: a race against one long-lived promise would keep every result.
  const waiting = new Set<(reason: Error) => void>();
  let socket: net.Socket | undefined;
  let dead = false;
  const die = (reason: Error) => {
    if (dead) return;
    dead = true;
    for (const tell of waiting) tell(reason);
    // What is sent from now on is rejected instead of waiting for a connection that nobody makes.
    void sql.end({ timeout: 0 }).catch(() => {});
  };

  const connect = (options: { host: string[]; port: number[]; path?: string | boolean }): net.Socket => {
    const isFirst = socket === undefined;
    const made = isFirst ? dial(options) : new net.Socket();
    made.on("error", (error) => die(lost(error)));
    made.on("close", () => die(lost()));
    // Later, since postgres.js listens for errors only from the next tick on.
    if (!isFirst || dead) setImmediate(() => made.destroy(new Unavailable("The connection to the database is gone.")));
    socket ??= made;
    return made;
  };

  const sql = postgres(env().DATABASE_URL, {
    ...{ max: 1, idle_timeout: undefined, connect_timeout: 30, fetch_types: false, onnotice() {} },
    // Its own timer would end a connection in the middle of a transaction.
    max_lifetime: null,
    connection: { application_name: "repdesk" },
    socket: connect,
    onclose: () => die(lost()),
  } as postgres.Options<Record<string, never>>) as Sql;

  const connection: Connection = {
    sql,
    db: drizzle(guarded(sql, () => connection)) as Database,
    stop: null,
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
  return connection;
}

/** A connection keeps what it has prepared for as long as it lives, and lists have more forms than memory. */
const maxPrepared = 300;

/**
 * What Drizzle uses of a client. Statements are prepared (one round trip once they are known), as many as `maxPrepared`,
 * unless `DATABASE_URL` says no.
 */
function guarded(sql: Sql, connection: () => Connection): Sql {
  const prepared = new Set<string>();
  const unsafe: Sql["unsafe"] = (text, values, options) => {
    connection().stop?.throwIfAborted();
    if (connection().isDead()) throw new Unavailable("The connection to the database is gone.");
    if (prepared.size < maxPrepared) prepared.add(text);
    return sql.unsafe(text, values, { ...options, prepare: prepared.has(text) });
  };
  return { options: sql.options, unsafe } as unknown as Sql;
}

function dial({ host, port, path }: { host: string[]; port: number[]; path?: string | boolean }): net.Socket {
  const address = { host: host[0] as string, port: port[0] as number };
  const socket = typeof path === "string" ? net.connect({ path }) : net.connect({ ...address, noDelay: true });
  // postgres.js reads the name to verify a certificate against from here.
  return Object.assign(socket, address);
}

function lost(cause?: Error & { code?: string }): Unavailable {
  return new Unavailable(`The connection to the database was lost (${cause?.code ?? "closed"}).`, { cause });
}
