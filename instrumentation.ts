/** Runs once when the server starts: reads the settings, and stops the start with a clear sentence if one is bad or missing. */
export async function register(): Promise<void> {
  if (process.env.NEXT_RUNTIME !== "nodejs") return;
  const { start } = await import("#lib/http/start");
  start();
}
