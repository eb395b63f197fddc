/** `npm run db:migrate`: migrates the configured database. */
import { migrate } from "./migrations.ts";
import { givenSettings, say } from "./project.ts";

const { DATABASE_URL, MIGRATION_DATABASE_URL } = givenSettings("production");

if (!DATABASE_URL || !MIGRATION_DATABASE_URL) {
  process.stderr.write(
    "db:migrate needs MIGRATION_DATABASE_URL (the schema's owner) and DATABASE_URL (the app's role).\n",
  );
  process.exitCode = 1;
} else {
  try {
    await migrate({ ownerUrl: MIGRATION_DATABASE_URL, appUrl: DATABASE_URL, log: say });
  } catch (error) {
    // Drizzle's error contains the whole statement. Its cause says what went wrong.
    const cause = error instanceof Error && error.cause instanceof Error ? error.cause : error;
    process.stderr.write(`The database was not migrated: ${cause instanceof Error ? cause.message : cause}\n`);
    process.exitCode = 1;
  }
}
