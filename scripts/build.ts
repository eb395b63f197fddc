import { readdirSync, statSync } from "node:fs";
import { join } from "node:path";
import { type Kept, keep } from "./local/kept.ts";
import { childEnvironment, inProject, type Log, projectFolder, tools } from "./project.ts";

/** Builds the app for production, into `.next`. It needs no settings. */
export function build(log: Log): Kept {
  const args = [tools.next, "build"];
  const env = childEnvironment({ NODE_ENV: "production" });
  return keep(
    { command: process.execPath, args, signal: "SIGTERM", graceMs: 5_000 },
    { env, cwd: projectFolder, onLine: log },
  );
}

/** What the build is made from. A folder's own time tells of files that were removed. */
const sources = ["app", "components", "docs", "lib", "public"];
const rootFiles = /^(proxy|instrumentation.*|next\.config|postcss\.config|package|package-lock|tsconfig)\.[a-z]+$/;

/** Whether the last build is younger than everything that it was made from. */
export function isBuildCurrent(): boolean {
  const built = modified(inProject(".next/BUILD_ID"));
  const files = readdirSync(projectFolder).filter((name) => rootFiles.test(name));
  return [...files.map((name) => inProject(name)), ...sources.flatMap((name) => within(inProject(name)))].every(
    (path) => modified(path) < built,
  );
}

function within(folder: string): string[] {
  return [folder, ...readdirSync(folder, { recursive: true, encoding: "utf8" }).map((name) => join(folder, name))];
}

function modified(path: string): number {
  return statSync(path, { throwIfNoEntry: false })?.mtimeMs ?? 0;
}
