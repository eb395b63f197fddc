/** `npm start`: serves the production build, the API before Next and everything else through it. */
import { createServer } from "node:http";
import { parseArgs } from "node:util";
import { awaitFront } from "#lib/http/front-place";

const { values } = parseArgs({
  options: {
    port: { type: "string", short: "p", default: process.env.PORT ?? "3000" },
    hostname: { type: "string", short: "H" },
    keepAliveTimeout: { type: "string", default: "5000" },
  },
});
const port = Number(values.port);
const { hostname } = values;

Object.assign(process.env, {
  NODE_ENV: process.env.NODE_ENV ?? "production",
  // As `next start --experimental-next-config-strip-types` does: Node reads next.config.ts, since a production install has no compiler.
  __NEXT_NODE_NATIVE_TS_LOADER_ENABLED: "true",
});
const { default: next } = await import("next");
const front = awaitFront();
const app = next({ dev: false, port, hostname });
await app.prepare();
const attachFront = await front;

const server = createServer({
  keepAliveTimeout: Number(values.keepAliveTimeout),
  // Nothing here speaks another protocol: a request to change it is answered as the request that it is otherwise.
  shouldUpgradeCallback: () => false,
  // The front says what is missing.
  requireHostHeader: false,
});
attachFront(server, app.getRequestHandler());
server.once("error", (error) => {
  console.error(`RepDesk could not start: ${error.message}`);
  process.exit(1);
});
server.listen(port, hostname, () => console.log(`RepDesk listens on port ${port}.`));
