/** Keeps a choice for this browser, for a year, in a cookie: the server draws the page right from the first byte on. */
export function keepPreference(name: "repdesk-company" | "repdesk-keys" | "repdesk-theme", value: string): void {
  const secure = location.protocol === "https:" ? "; Secure" : "";
  // biome-ignore lint/suspicious/noDocumentCookie: the Cookie Store API is missing in Firefox and Safari's older versions
  document.cookie = `${name}=${value}; Path=/; Max-Age=31536000; SameSite=Lax${secure}`;
}
