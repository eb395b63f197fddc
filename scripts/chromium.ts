import { spawnSync } from "node:child_process";
import { existsSync } from "node:fs";
import { chromium } from "playwright";
import { installedProgram, installFromDebian } from "./programs.ts";
import { childEnvironment, say, tools } from "./project.ts";

/**
 * Returns the path of a Chromium for the browser tests: an installed one, or else Playwright's, or else the system's package.
 * If nothing works, throws an error that says what to install.
 */
export function findChromium(): string {
  const found = process.env.CHROMIUM_PATH || installed();
  if (found) return found;
  say("No Chromium found. Installing one …");
  for (const fetchOne of [fromPlaywright, fromDebian]) {
    const path = fetchOne();
    if (path) return path;
  }
  throw new Error("The browser tests need Chromium. Install it, or set CHROMIUM_PATH.");
}

function installed(): string | undefined {
  const own = existsSync(chromium.executablePath()) ? chromium.executablePath() : undefined;
  // The headless shell takes half the time of a full browser.
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
  // Fails in seconds if the servers are unreachable, but allows a slow download.
  const env = childEnvironment({ PLAYWRIGHT_DOWNLOAD_CONNECTION_TIMEOUT: "3000" }) as NodeJS.ProcessEnv;
  const args = [tools.playwright, "install", "chromium"];
  const { status } = spawnSync(process.execPath, args, { env, stdio: "ignore", timeout: 300_000 });
  return status === 0 ? chromium.executablePath() : undefined;
}

/** Older releases don't have a package of the headless shell. */
function fromDebian(): string | undefined {
  for (const name of ["chromium-headless-shell", "chromium"]) {
    installFromDebian(name, "fonts-liberation");
    const path = installed();
    if (path) return path;
  }
  return undefined;
}
