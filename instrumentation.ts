import type { Instrumentation } from "next";

/** Runs once when the server starts: reads the settings, and stops the start with a clear sentence if one is bad or missing. */
export async function register(): Promise<void> {
  if (process.env.NEXT_RUNTIME !== "nodejs") return;
  const { start } = await import("#lib/http/start");
  start();
  const { frontPlace } = await import("#lib/http/front-place");
  const handOver = frontPlace();
  if (!handOver) return;
  const { attachFront } = await import("#lib/http/front");
  const { routes } = await import("./app/api/routes");
  handOver((server, next) => attachFront(server, routes, next));
}

/** Logs a page that failed, under the request id that the page shows. */
export const onRequestError: Instrumentation.onRequestError = async (error, request, context) => {
  if (process.env.NEXT_RUNTIME !== "nodejs") return;
  const { logPageFault } = await import("#lib/http/page-requests");
  logPageFault(error, { method: request.method, path: context.routePath });
};
