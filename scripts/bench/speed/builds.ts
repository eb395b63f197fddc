import { readdirSync } from "node:fs";
import { join } from "node:path";
import { modified } from "../../build.ts";
import type { Ends } from "../../local/stopping.ts";
import { type Environment, inProject, say, tools } from "../../project.ts";
import { runTool } from "../../run.ts";

/** Builds a Next app of `bench/`, unless its last build is newer than its files. */
export async function buildApp(ends: Ends, folder: string, next = tools.next, env: Environment = {}): Promise<void> {
  const built = modified(join(folder, ".next/BUILD_ID"));
  const sources = readdirSync(folder, { recursive: true, encoding: "utf8" })
    .filter((name) => !/^(\.next|node_modules)/.test(name))
    .map((name) => join(folder, name));
  if ([...sources, inProject("package-lock.json")].every((path) => modified(path) < built)) return;
  say(`Building ${folder} …`);
  if ((await runTool([next, "build"], { ends, env, cwd: folder })) !== 0)
    throw new Error(`${folder} could not be built.`);
}
