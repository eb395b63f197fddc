// biome-ignore lint/suspicious/noControlCharactersInRegex: these are the characters that are rejected
const forbidden = /[\u0000-\u0020\u007f\\]/;
/** The longest path to redirect to. In a header, each of its characters can take three. */
const longestPath = 2000;
const anyOrigin = "https://repdesk.invalid";

/**
 * Returns a path of this app to redirect to, from untrusted text such as `?next=` of a link; null for anything else.
 * Browsers read `//host` and `/\host` as another site and drop tabs and line breaks, so none of these pass.
 */
export function ownPath(text: string | null | undefined): string | null {
  if (!text?.startsWith("/") || text.startsWith("//") || text.length > longestPath || forbidden.test(text)) return null;
  if (!URL.canParse(text, anyOrigin)) return null;
  const url = new URL(text, anyOrigin);
  if (url.origin !== anyOrigin || url.pathname.startsWith("//")) return null;
  return url.pathname + url.search + url.hash;
}

/** The sign-in page, which leads back to `path`. With `ended`, the page says that the session has ended. */
export function signInPath(path: string, ended = false): string {
  const leadsBack = path !== "/" && path.length <= longestPath;
  const query = new URLSearchParams({ ...(leadsBack && { next: path }), ...(ended && { ended: "1" }) });
  return query.size > 0 ? `/sign-in?${query}` : "/sign-in";
}
