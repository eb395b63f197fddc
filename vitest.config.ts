import { defineConfig } from "vitest/config";

const shared = { resolve: { tsconfigPaths: true } };

/** Tests of the database that mostly wait, and that no other test notices. They run beside the others. */
const waiting = ["e2e/database/{idempotency,migrations,pool}.test.ts"];
/** One file at a time, because some tests lock tables or measure times. */
const database = { testTimeout: 20_000, hookTimeout: 20_000, fileParallelism: false };

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
        test: { ...database, name: "database", include: ["e2e/database/**/*.test.ts"], exclude: waiting },
      },
      { ...shared, test: { ...database, name: "waiting", include: waiting } },
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
