import { installedProgram, installFromDebian } from "./programs.ts";
import { say } from "./project.ts";

const names = ["valkey-server", "redis-server"];

/** The path of a Valkey or Redis server for the tests of shared limits. Throws with what to install where there is none. */
export function findRedis(): string {
  const found = process.env.REDIS_SERVER_PATH || installedProgram(...names);
  if (found) return found;
  say("No Valkey or Redis here: fetching one …");
  installFromDebian("redis-server");
  const fetched = installedProgram(...names);
  if (fetched) return fetched;
  throw new Error(
    "The tests of shared limits need Valkey or Redis. Install one, or give its path as REDIS_SERVER_PATH.",
  );
}
