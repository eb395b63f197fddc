import type { MetadataRoute } from "next";
import { absoluteUrl } from "#lib/page";

/** `APP_URL` is known when the server runs, not when it is built. */
export const dynamic = "force-dynamic";

/**
 * Crawlers may read public pages, and load what those need. `$` ends a path: without it, `/help` would also match a company
 * called `help-desk`.
 */
export default function robots(): MetadataRoute.Robots {
  return {
    rules: {
      userAgent: "*",
      allow: [
        ...["/$", "/help$", "/help/", "/docs/", "/sign-in$", "/sign-up$", "/sitemap.xml$"],
        ...["/_next/static/", "/favicon.ico$", "/icon.svg$", "/apple-icon.png$", "/api/v1/openapi.json$"],
      ],
      disallow: "/",
    },
    sitemap: absoluteUrl("/sitemap.xml"),
  };
}
