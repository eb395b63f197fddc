import { installedProgram, installFromDebian } from "./programs.ts";
import { say } from "./project.ts";

const names = ["valkey-server", "redis-server"];

/** Returns the path of a Valkey or Redis server for the tests of shared limits. If there is none, throws an error that says what to install. */
export function findRedis(): string {
  const found = process.env.REDIS_SERVER_PATH || installedProgram(...names);
  if (found) return found;
  say("No Valkey or Redis found. Installing one …");
  installFromDebian("redis-server");
  const fetched = installedProgram(...names);
  if (fetched) return fetched;
  throw new Error("The tests of shared limits need Valkey or Redis. Install one, or set REDIS_SERVER_PATH.");
}
