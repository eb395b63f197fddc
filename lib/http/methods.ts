import { AppError } from "#lib/errors";
import { handle } from "#lib/http/pipeline";

export const methods = ["GET", "HEAD", "OPTIONS", "POST", "PUT", "PATCH", "DELETE"] as const;
export type Method = (typeof methods)[number];

/** The handlers of a route file, one for each method. */
export function byMethod<Handler>(handlerOf: (method: Method) => Handler): Record<Method, Handler> {
  return Object.fromEntries(methods.map((method) => [method, handlerOf(method)])) as Record<Method, Handler>;
}

/** Rejects a request without reading it. */
export function reject(request: Request, template: string, error: AppError): Promise<Response> {
  return handle(request, template, async () => {
    throw error;
  });
}

/** 405 for a method that the path doesn't support. */
export function rejectMethod(request: Request, template: string, allow: string): Promise<Response> {
  const detail = `${request.method} is not allowed here. Allowed: ${allow}.`;
  return reject(request, template, new AppError("method_not_allowed", detail, { headers: { Allow: allow } }));
}
