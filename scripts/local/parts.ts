import type { Environment, Log } from "../project.ts";
import { type AuthServer, startAuth } from "./auth.ts";
import { type LocalFolder, openFolder } from "./folder.ts";
import { lockAuthTables, makeHostedRoles } from "./hosted-roles.ts";
import { type Postgres, startPostgres } from "./postgres.ts";
import type { RootWay } from "./postgres-account.ts";

/** PostgreSQL and Supabase Auth on this machine. */
export type Parts = {
  folder: LocalFolder;
  postgres: Postgres;
  auth: AuthServer;
  /** The app's settings for them, except `APP_URL`. */
  settings: Environment;
  /** Runs migrations. Not a superuser, as in a hosted project. */
  ownerUrl: string;
  superuserUrl: string;
  stop(): Promise<void>;
};

export type PartsOptions = {
  /** The folder of the data. */
  path: string;
  log: Log;
  /** Prints captured mail; `log` by default. */
  mailLog?: Log;
  /** Whether everyone who signs up has to confirm their address. */
  confirmEmail?: boolean;
  durable?: boolean;
  rootWay?: RootWay;
  /** The first ports to try; those of the Supabase CLI by default. */
  ports?: { database: number; auth: number };
  /** Called with a function that stops each service as soon as it runs, so that an interrupted start leaves nothing behind. */
  onStarted?: (end: () => Promise<void>) => void;
};

/** Starts the local services, on the Supabase CLI's ports or the next free ones. */
export async function startParts(options: PartsOptions): Promise<Parts> {
  const { path, log, mailLog = log, confirmEmail = false, durable = true, rootWay } = options;
  const ports = options.ports ?? { database: 54322, auth: 54321 };
  const ends: (() => Promise<void>)[] = [];
  const started = (end: () => Promise<void>) => {
    ends.push(end);
    options.onStarted?.(end);
  };
  const stop = async () => {
    for (const end of ends.reverse()) await end();
    ends.length = 0;
  };
  try {
    const folder = await openFolder(path);
    started(async () => folder.release());
    const postgres = await startPostgres({ folder, port: ports.database, log, durable, rootWay });
    started(postgres.stop);
    const superuserUrl = postgres.url("supabase_admin");
    await makeHostedRoles(superuserUrl, folder.secrets);
    log(`PostgreSQL 17 runs on 127.0.0.1:${postgres.port}.`);

    const databaseUrl = postgres.url("supabase_auth_admin");
    const auth = await startAuth({ databaseUrl, folder, port: ports.auth, confirmEmail, log: mailLog });
    started(auth.stop);
    await lockAuthTables(superuserUrl);
    log(`Supabase Auth runs on ${auth.url}.`);

    const settings = {
      SUPABASE_URL: auth.url,
      SUPABASE_PUBLISHABLE_KEY: folder.secrets.publishable_key,
      SUPABASE_JWT_SECRET: folder.secrets.jwt_secret,
      APP_SECRET: folder.secrets.app_secret,
      DATABASE_URL: postgres.url("repdesk_app"),
      // There is no load balancer here, and Ctrl-C shouldn't take long.
      DRAIN_SECONDS: "0",
    };
    return { folder, postgres, auth, settings, ownerUrl: postgres.url("postgres"), superuserUrl, stop };
  } catch (error) {
    await stop();
    throw error;
  }
}
