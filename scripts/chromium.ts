import { spawnSync } from "node:child_process";
import { accessSync, constants, existsSync } from "node:fs";
import { delimiter, join } from "node:path";
import { chromium } from "playwright";
import { childEnvironment, say, tools } from "./project.ts";

/**
 * The path of a Chromium for the browser tests: one that is there, else Playwright's own, else the system's package.
 * Throws with what to install where none of that works.
 */
export function findChromium(): string {
  const found = process.env.CHROMIUM_PATH || installed();
  if (found) return found;
  say("No Chromium here: fetching one …");
  for (const fetchOne of [fromPlaywright, fromDebian]) {
    const path = fetchOne();
    if (path) return path;
  }
  throw new Error("The browser tests need Chromium. Install it, or give its path as CHROMIUM_PATH.");
}

const names = ["chromium", "chromium-browser", "google-chrome-stable", "google-chrome"];

function installed(): string | undefined {
  const folders = (process.env.PATH ?? "").split(delimiter);
  const own = existsSync(chromium.executablePath()) ? chromium.executablePath() : undefined;
  return names.flatMap((name) => folders.map((folder) => join(folder, name))).find(isProgram) ?? own;
}

function isProgram(path: string): boolean {
  try {
    accessSync(path, constants.X_OK);
    return true;
  } catch {
    return false;
  }
}

function fromPlaywright(): string | undefined {
  // Where its servers cannot be reached this ends in seconds; where they can, a slow line is given time.
  const env = childEnvironment({ PLAYWRIGHT_DOWNLOAD_CONNECTION_TIMEOUT: "3000" }) as NodeJS.ProcessEnv;
  const args = [tools.playwright, "install", "chromium"];
  const { status } = spawnSync(process.execPath, args, { env, stdio: "ignore", timeout: 300_000 });
  return status === 0 ? chromium.executablePath() : undefined;
}

function fromDebian(): string | undefined {
  if (process.getuid?.() !== 0 || !existsSync("/usr/bin/apt-get")) return undefined;
  const env = { ...process.env, DEBIAN_FRONTEND: "noninteractive" };
  const apt = (...args: string[]) =>
    spawnSync("apt-get", ["-qq", ...args], { env, stdio: ["ignore", "ignore", "inherit"] });
  apt("update");
  apt("install", "-y", "--no-install-recommends", "chromium", "fonts-liberation");
  return installed();
}
