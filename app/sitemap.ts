import type { MetadataRoute } from "next";
import { absoluteUrl } from "#lib/page";

/** `APP_URL` is known when the server runs, not when it is built. */
export const dynamic = "force-dynamic";

/** Pages for people who found RepDesk with a search engine. `/` isn't one: it redirects to sign-in. */
const pages = [
  "/sign-up",
  "/sign-in",
  "/help",
  "/help/api-token-public-api",
  "/help/api-errors",
  "/help/token-doctor",
  "/docs/api",
  "/docs/api/explorer",
];

export default function sitemap(): MetadataRoute.Sitemap {
  return pages.map((path) => ({ url: absoluteUrl(path) }));
}
