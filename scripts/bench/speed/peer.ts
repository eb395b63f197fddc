import { execFile } from "node:child_process";
import { randomUUID } from "node:crypto";
import { join } from "node:path";
import { promisify } from "node:util";
import postgres from "postgres";
import { modified } from "../../build.ts";
import type { Parts } from "../../local/parts.ts";
import type { Ends } from "../../local/stopping.ts";
import { childEnvironment, type Environment, inProject, say } from "../../project.ts";
import { runTool } from "../../run.ts";
import { buildApp } from "./builds.ts";

/** better-auth with its API key plugin on Next. Its packages aren't RepDesk's. */
const folder = inProject("bench/peer");

export type Peer = { settings: Environment; key: string };

/** Installs and builds the app if needed, and fills a database of its own. */
export async function preparePeer(ends: Ends, parts: Parts, contacts: number): Promise<Peer> {
  if (modified(join(folder, "node_modules/.package-lock.json")) < modified(join(folder, "package-lock.json"))) {
    say("Installing better-auth …");
    const args = ["--prefix", folder, "--no-audit", "--no-fund", "--ignore-scripts", "ci"];
    if ((await runTool(args, { ends, command: "npm", cwd: folder })) !== 0)
      throw new Error("better-auth could not be installed. It comes from the npm registry: is it reachable?");
  }
  const database = new URL(parts.superuserUrl);
  database.pathname = "/peer";
  const settings = {
    DATABASE_URL: database.href,
    APP_URL: "http://localhost:3000",
    AUTH_SECRET: randomUUID() + randomUUID(),
  };
  const sql = postgres(parts.superuserUrl, { max: 1, onnotice() {} });
  await sql`create database peer`;
  await sql.end();
  const options = { cwd: folder, env: childEnvironment(settings) as NodeJS.ProcessEnv };
  const { stdout } = await promisify(execFile)(process.execPath, ["seed.js", String(contacts)], options);
  // Last, since better-auth checks its tables during the build.
  await buildApp(ends, folder, join(folder, "node_modules/next/dist/bin/next"), settings);
  return { settings, key: stdout };
}
