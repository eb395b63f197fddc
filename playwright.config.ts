import { defineConfig } from "playwright/test";

/** Tests that measure no times, or the CPU time of a server of their own, to which another one beside it adds little. */
const apart = /\/(front|hostile|journal|keys|maintenance|settings|stopping)\.spec\.ts$/;

/** Run by `npm test`, which gives the environment that e2e/environment.ts describes. */
export default defineConfig({
  // Tests wait more than they compute: on two cores, three take a quarter less time than two, and four a bit less.
  workers: 4,
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
    // One worker, because these tests measure times and take the database away.
    { name: "faults", testDir: "e2e/faults", testIgnore: apart, timeout: 120_000, workers: 1 },
    { name: "servers", testDir: "e2e/faults", testMatch: apart, timeout: 120_000, fullyParallel: true, workers: 2 },
    {
      name: "ui",
      testDir: "e2e/ui",
      // Otherwise the file with the most tests would be the last to end, alone.
      fullyParallel: true,
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
