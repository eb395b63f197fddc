import { defineConfig } from "vitest/config";

const shared = { resolve: { tsconfigPaths: true } };

export default defineConfig({
  test: {
    projects: [
      {
        ...shared,
        test: {
          name: "unit",
          include: ["{app,lib,scripts,components}/**/*.test.{ts,tsx}"],
          exclude: ["scripts/local/starting.test.ts"],
        },
      },
      {
        ...shared,
        test: {
          name: "database",
          include: ["e2e/database/**/*.{test,spec}.ts"],
          testTimeout: 20_000,
          hookTimeout: 20_000,
          // One of them ends every connection of the app.
          fileParallelism: false,
        },
      },
      {
        ...shared,
        test: {
          name: "start",
          include: ["scripts/local/starting.test.ts"],
          testTimeout: 240_000,
          hookTimeout: 60_000,
          fileParallelism: false,
        },
      },
    ],
  },
});
