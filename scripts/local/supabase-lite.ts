/**
 * `@supabase/lite`, without what importing it does to the process: it replaces `process.emitWarning` by a function that throws
 * for a warning that is an object, so that Node's harmless warnings (of too many listeners, for one) would end the start.
 */
const { emitWarning } = process;
export const { App, generateApiKey } = await import("@supabase/lite");
export const { createPostgresConnection } = await import("@supabase/lite/postgres");
process.emitWarning = emitWarning;
