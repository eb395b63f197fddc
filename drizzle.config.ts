import { defineConfig } from "drizzle-kit";

/** For `drizzle-kit generate`. Applying migrations is `npm run db:migrate`, which takes a lock and knows the roles. */
export default defineConfig({
  dialect: "postgresql",
  schema: "./lib/db/tables/*.ts",
  out: "./drizzle",
  schemaFilter: ["repdesk"],
});
