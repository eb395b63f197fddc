/** `npm run dev`: the app, compiled as it is changed. `npm run dev:reset` (`--reset`) begins with fresh data. */
import { runSession } from "./local/session.ts";

await runSession({ mode: "dev", reset: process.argv.includes("--reset") });
