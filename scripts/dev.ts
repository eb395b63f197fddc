/** `npm run dev`: runs the app and recompiles on changes. `npm run dev:reset` (`--reset`) starts with fresh data. */
import { runSession } from "./local/session.ts";

await runSession({ mode: "dev", reset: process.argv.includes("--reset") });
