import { flushUses } from "#lib/db/token-use";
import { env } from "#lib/env";
import { noteAddresses } from "#lib/http/address";
import { log } from "#lib/http/log";
import { noteStopping } from "#lib/http/service";

/** What a server process does when it starts and when it is told to stop. Ends the process if a setting is bad or missing. */
export function start(): void {
  try {
    env();
  } catch (error) {
    console.error((error as Error).message);
    process.exit(1);
  }
  noteAddresses();
  process.on("SIGTERM", () => {
    noteStopping();
    flushUses().catch((error: Error) => log().error({ error: error.name }, "last uses were not written"));
  });
}
