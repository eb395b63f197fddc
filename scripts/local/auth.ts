import { once } from "node:events";
import { createServer, type IncomingMessage, type RequestListener, type Server } from "node:http";
import { buffer } from "node:stream/consumers";
import type { Log } from "../project.ts";
import type { LocalFolder } from "./folder.ts";
import { captureMail, confirmingDomain, mailTemplates } from "./mail.ts";
import { App, createPostgresConnection } from "./supabase-lite.ts";

export type AuthServer = {
  url: string;
  /** Makes links in mail lead to this app, and turns on confirmation as the options say. */
  pointAt(appUrl: string): void;
  stop(): Promise<void>;
};

export type AuthOptions = {
  /** Connects as `supabase_auth_admin`, which owns the schema `auth`. */
  databaseUrl: string;
  folder: LocalFolder;
  /** The first port to try. */
  port: number;
  /** Whether everyone has to confirm their address. Otherwise, only people at `confirmingDomain`. */
  confirmEmail: boolean;
  log: Log;
};

/** Serves only Supabase Auth, on loopback. */
export async function startAuth({ databaseUrl, folder, port, confirmEmail, log }: AuthOptions): Promise<AuthServer> {
  const connection = createPostgresConnection({ url: databaseUrl, postgresOptions: { max: 5, onnotice() {} } });
  const { jwt_secret, publishable_key, secret_key } = folder.secrets;
  const email = {
    send: async (mail: { to: string; subject: string; html?: string }) => captureMail(folder.mail, mail, log),
  };
  const appFor = (site_url: string, enable_confirmations: boolean) =>
    new App({
      connection,
      auth: {
        ...{ enabled: true, jwt_secret, publishable_key, secret_key, site_url, minimum_password_length: 8 },
        email: { enable_confirmations, template: mailTemplates },
      },
      options: { drivers: { email } },
    });
  const appsFor = (site: string, all: boolean) => ({ usual: appFor(site, all), confirming: appFor(site, true) });

  // Without an app whose page could confirm an address, nobody has to.
  let apps = appsFor("http://localhost", false);
  await apps.usual.ensureSystemSchema();
  const server = createServer(
    answering((request, body) => (mustConfirm(body) ? apps.confirming : apps.usual).fetch(request)),
  );
  const taken = await listen(server, port);
  return {
    url: `http://127.0.0.1:${taken}`,
    pointAt(appUrl) {
      apps = appsFor(appUrl, confirmEmail);
    },
    async stop() {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
      await connection.close();
    },
  };
}

function mustConfirm(body: Buffer): boolean {
  return body.includes(`@${confirmingDomain}"`);
}

type Answer = (request: Request, body: Buffer<ArrayBuffer>) => Response | Promise<Response>;

function answering(answer: Answer): RequestListener {
  return async (incoming, outgoing) => {
    try {
      // The package also serves other things, such as a studio, which we don't need.
      if (!incoming.url?.startsWith("/auth/v1/")) {
        outgoing.writeHead(404, { "content-type": "application/json" }).end('{"message":"Only /auth/v1/ is served."}');
        return;
      }
      const body = (await buffer(incoming)) as Buffer<ArrayBuffer>;
      const response = await answer(requestOf(incoming, body), body);
      outgoing.writeHead(response.status, Object.fromEntries(response.headers));
      outgoing.end(Buffer.from(await response.arrayBuffer()));
    } catch (error) {
      outgoing.writeHead(500, { "content-type": "application/json" }).end('{"message":"Unexpected failure"}');
      process.stderr.write(`Supabase Auth: ${error instanceof Error ? error.message : error}\n`);
    }
  };
}

function requestOf(incoming: IncomingMessage, body: Buffer<ArrayBuffer>): Request {
  const headers = new Headers();
  for (const [name, values] of Object.entries(incoming.headersDistinct))
    for (const value of values ?? []) headers.append(name, value);
  const hasBody = body.length > 0 && incoming.method !== "GET" && incoming.method !== "HEAD";
  const url = `http://${incoming.headers.host ?? "127.0.0.1"}${incoming.url}`;
  return new Request(url, { method: incoming.method, headers, body: hasBody ? body : null });
}

/** Listens on the first free port from `first` on and returns it. */
async function listen(server: Server, first: number): Promise<number> {
  for (let port = first; port < first + 100; port += 1) {
    try {
      // `once` removes its listeners in both cases. A callback of `listen` would stay for each port that is taken.
      await once(server.listen(port, "127.0.0.1"), "listening");
      return port;
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== "EADDRINUSE") throw error;
    }
  }
  throw new Error(`Supabase Auth found no free port from ${first} on.`);
}
