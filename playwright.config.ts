import { defineConfig } from "playwright/test";

/** Run by `npm test`, which gives the environment that e2e/environment.ts describes. */
export default defineConfig({
  // Tests wait more than they compute: on two cores, three take a quarter less time than two.
  workers: 3,
  retries: 0,
  forbidOnly: true,
  timeout: 30_000,
  outputDir: ".local/test-results/playwright",
  reporter: [
    ["list"],
    ...(process.env.TEST_REPORT ? [["json", { outputFile: process.env.TEST_REPORT }] as const] : []),
  ],
  use: {
    baseURL: process.env.APP_URL,
    // A trace holds every request, with its secrets.
    trace: "off",
  },
  projects: [
    { name: "api", testDir: "e2e/api" },
    { name: "clients", testDir: "e2e", testMatch: "clients.spec.ts" },
    { name: "faults", testDir: "e2e/faults", timeout: 120_000 },
    {
      name: "ui",
      testDir: "e2e/ui",
      use: {
        browserName: "chromium",
        launchOptions: {
          executablePath: process.env.CHROMIUM_PATH,
          args: [
            ...(process.getuid?.() === 0 ? ["--no-sandbox"] : []),
            ...["--disable-gpu", "--disable-background-networking", "--disable-component-update", "--disable-sync"],
            "--no-first-run",
          ],
        },
      },
    },
  ],
});
