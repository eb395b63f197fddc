import { AppError } from "#lib/errors";

const maxUrl = 8192;
const secrets = ["token", "access_token", "api_key", "apikey", "key", "password", "authorization"];

/** Rejects a request before reading its credential: for a long URL, a credential in the URL, or an Accept header without JSON. */
export function requirePlainRequest(request: Request, url: URL): void {
  if (url.pathname.length + url.search.length > maxUrl) {
    throw new AppError("uri_too_long", `Path and query have more than ${maxUrl.toLocaleString("en")} characters.`);
  }
  const secret = [...url.searchParams.keys()].find((name) => secrets.includes(name.toLowerCase()));
  if (secret !== undefined) {
    const detail = `The URL has a parameter ${secret}. URLs end up in logs: send the token as Authorization: Bearer, and revoke it if it was real.`;
    throw new AppError("credential_in_query", detail, {
      errors: [{ parameter: secret, code: "unknown_field", detail }],
    });
  }
  if (!acceptsJson(request.headers.get("accept"))) {
    throw new AppError("not_acceptable", "The Accept header excludes application/json, the only available format.");
  }
}

/** Whether `Accept` (RFC 9110, 12.5.1) allows JSON: the most specific matching range must not have q=0. */
function acceptsJson(accept: string | null): boolean {
  if (accept === null || accept.trim() === "") return true;
  const ranges = accept.split(",").map((range) => {
    const [type = "", ...parameters] = range
      .toLowerCase()
      .split(";")
      .map((part) => part.trim());
    const quality = parameters.find((parameter) => parameter.startsWith("q="))?.slice(2) ?? "1";
    return { type, isExcluded: Number(quality) === 0 };
  });
  const best = ["application/json", "application/*", "*/*"]
    .map((type) => ranges.find((range) => range.type === type))
    .find(Boolean);
  const problem = ranges.some((range) => range.type === "application/problem+json" && !range.isExcluded);
  return best ? !best.isExcluded : problem;
}
