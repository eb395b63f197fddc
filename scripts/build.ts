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

/** The inputs of the build. A folder's modification time reveals removed files. */
const sources = ["app", "components", "docs", "lib", "public"];
const rootFiles =
  /^(proxy|instrumentation.*|next\.config|postcss\.config|package|package-lock|tsconfig)\.(?!tsbuildinfo)[a-z]+$/;
/** Written by `npm run bench`, which measures the build. */
const reports = /\/performance\.(md|svg)$/i;

/** Whether the last build is newer than all of its inputs. */
export function isBuildCurrent(): boolean {
  const built = modified(inProject(".next/BUILD_ID"));
  const files = readdirSync(projectFolder).filter((name) => rootFiles.test(name));
  return [...files.map((name) => inProject(name)), ...sources.flatMap((name) => within(inProject(name)))]
    .filter((path) => !reports.test(path))
    .every((path) => modified(path) < built);
}

function within(folder: string): string[] {
  return [folder, ...readdirSync(folder, { recursive: true, encoding: "utf8" }).map((name) => join(folder, name))];
}

/** When a file last changed; 0 if there is none. */
export function modified(path: string): number {
  return statSync(path, { throwIfNoEntry: false })?.mtimeMs ?? 0;
}
