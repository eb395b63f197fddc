import type { InputOf, ResultOf } from "#lib/contract/endpoint";
import type { readHealth } from "#lib/contract/root";
import { ping } from "#lib/db/pool";
import { unavailable } from "#lib/http/errors";
import { isStopping } from "#lib/http/stopping";

/** Throws `unavailable` if the database doesn't answer within 800 ms or, for `ready`, if the process is stopping. */
export async function health(input: InputOf<typeof readHealth>): Promise<ResultOf<typeof readHealth>> {
  if (input.ready !== undefined && isStopping())
    throw unavailable("This process is stopping. Send requests to another one.");
  try {
    await ping(800);
  } catch {
    throw unavailable("The database does not answer.");
  }
  return { status: "ok", database: "ok" };
}
