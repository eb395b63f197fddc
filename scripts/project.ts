import { existsSync, readFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { parseEnv } from "node:util";

/** The project's folder, independent of the working directory. */
export const projectFolder = dirname(dirname(fileURLToPath(import.meta.url)));

/** A path inside the project. */
export function inProject(...parts: string[]): string {
  return join(projectFolder, ...parts);
}

/** The tools that scripts start, as files for the pinned Node. A bare name could run on another Node. */
export const tools = {
  biome: inProject("node_modules/@biomejs/biome/bin/biome"),
  drizzleKit: inProject("node_modules/drizzle-kit/bin.cjs"),
  next: inProject("node_modules/next/dist/bin/next"),
  server: inProject("server.ts"),
  redocly: inProject("node_modules/@redocly/cli/bin/cli.js"),
  spectral: inProject("node_modules/@stoplight/spectral-cli/dist/index.js"),
  playwright: inProject("node_modules/playwright/cli.js"),
  tsc: inProject("node_modules/typescript/bin/tsc"),
  vitest: inProject("node_modules/vitest/vitest.mjs"),
} as const;

export type Environment = Record<string, string | undefined>;

/** The environment of child processes: ours, with the pinned Node first on the path. */
export function childEnvironment(more: Environment = {}): Environment {
  const path = `${dirname(process.execPath)}:${process.env.PATH ?? ""}`;
  const colour = process.stdout.isTTY && !process.env.NO_COLOR ? { FORCE_COLOR: "1" } : {};
  return { ...process.env, ...colour, PATH: path, NEXT_TELEMETRY_DISABLED: "1", ...more };
}

/**
 * The settings of a script: the environment first, then the `.env` files that Next reads, in Next's order. Empty values don't count.
 */
export function givenSettings(mode: "development" | "production"): Environment {
  const given: Environment = {};
  const files = [".env", `.env.${mode}`, ".env.local", `.env.${mode}.local`].map((name) => inProject(name));
  for (const file of files) if (existsSync(file)) Object.assign(given, parseEnv(readFileSync(file, "utf8")));
  Object.assign(given, process.env);
  return Object.fromEntries(Object.entries(given).filter(([, value]) => value !== ""));
}

/** Prints one line about what a script is doing. */
export type Log = (line: string) => void;

export const say: Log = (line) => process.stdout.write(`${line}\n`);
