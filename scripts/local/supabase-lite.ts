/**
 * Imports `@supabase/lite` and undoes a side effect: it replaces `process.emitWarning` with a function that throws for warnings that are
 * objects, so a harmless warning of Node, such as of too many listeners, would end the start.
 */
const { emitWarning } = process;
export const { App, generateApiKey } = await import("@supabase/lite");
export const { createPostgresConnection } = await import("@supabase/lite/postgres");
process.emitWarning = emitWarning;
