import type { NextConfig } from "next";

/** For what Next answers itself: files, mostly. Pages have a policy of their own, and what is set here would keep the API's from being set. */
const headers = [
  { key: "X-Content-Type-Options", value: "nosniff" },
  { key: "Content-Security-Policy", value: "frame-ancestors 'none'" },
];

const config: NextConfig = {
  poweredByHeader: false,
  reactStrictMode: true,
  // No page has an image to resize, and anyone could make the server do it.
  images: { unoptimized: true },
  // The page of the API shows docs/*.md.
  turbopack: { rules: { "*.md": { type: "text" } } },
  headers: async () => [{ source: "/((?!api(?:/|$)|auth(?:/|$)).*)", headers }],
  experimental: {
    // With what an earlier start compiled, pages reload again and again: Next finds another hash than the browser.
    turbopackFileSystemCacheForDev: false,
    // No page takes a body, and Next would keep 10 MB of it for the page.
    proxyClientMaxBodySize: "64kb",
  },
};

export default config;
