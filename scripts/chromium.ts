import { spawnSync } from "node:child_process";
import { existsSync } from "node:fs";
import { chromium } from "playwright";
import { installedProgram, installFromDebian } from "./programs.ts";
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

function installed(): string | undefined {
  const own = existsSync(chromium.executablePath()) ? chromium.executablePath() : undefined;
  // The shell draws pages and has no windows: it takes half the time of a whole browser.
  return (
    installedProgram(
      "chromium-headless-shell",
      "chromium",
      "chromium-browser",
      "google-chrome-stable",
      "google-chrome",
    ) ?? own
  );
}

function fromPlaywright(): string | undefined {
  // Where its servers cannot be reached this ends in seconds; where they can, a slow line is given time.
  const env = childEnvironment({ PLAYWRIGHT_DOWNLOAD_CONNECTION_TIMEOUT: "3000" }) as NodeJS.ProcessEnv;
  const args = [tools.playwright, "install", "chromium"];
  const { status } = spawnSync(process.execPath, args, { env, stdio: "ignore", timeout: 300_000 });
  return status === 0 ? chromium.executablePath() : undefined;
}

/** Older releases have no package of the shell alone. */
function fromDebian(): string | undefined {
  for (const name of ["chromium-headless-shell", "chromium"]) {
    installFromDebian(name, "fonts-liberation");
    const path = installed();
    if (path) return path;
  }
  return undefined;
}
