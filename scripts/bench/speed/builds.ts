import { readdirSync, statSync } from "node:fs";
import { join } from "node:path";
import type { Ends } from "../../local/stopping.ts";
import { inProject, say, tools } from "../../project.ts";
import { runTool } from "../../run.ts";

/**
 * Builds the bare app, unless its last build is newer than its files. Not with Turbopack: that looks for `instrumentation` and `proxy` in
 * the folders above too, and would take RepDesk's.
 */
export function buildBare(ends: Ends): Promise<void> {
  return buildApp(ends, inProject("bench/bare"), [tools.next, "build", "--webpack"]);
}

export async function buildApp(ends: Ends, folder: string, command: string[]): Promise<void> {
  const built = modified(join(folder, ".next/BUILD_ID"));
  const sources = readdirSync(folder, { recursive: true, encoding: "utf8" })
    .filter((name) => !/^(\.next|node_modules)/.test(name))
    .map((name) => join(folder, name));
  if ([...sources, inProject("package-lock.json")].every((path) => modified(path) < built)) return;
  say(`Building ${folder} …`);
  if ((await runTool(command, { ends, cwd: folder })) !== 0) throw new Error(`${folder} could not be built.`);
}

export function modified(path: string): number {
  return statSync(path, { throwIfNoEntry: false })?.mtimeMs ?? 0;
}
