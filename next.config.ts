import type { NextConfig } from "next";

const config: NextConfig = {
  poweredByHeader: false,
  reactStrictMode: true,
  // A second start finds what the first one compiled: 5 seconds in place of 15.
  experimental: { turbopackFileSystemCacheForDev: true },
};

export default config;
