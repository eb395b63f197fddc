import { GeistMono } from "geist/font/mono";
import { GeistSans } from "geist/font/sans";
import type { Metadata, Viewport } from "next";
import { cookies, headers } from "next/headers";
import type { ReactNode } from "react";
import { Providers } from "#components/shell/providers";
import "./globals.css";

export const metadata: Metadata = {
  title: { default: "RepDesk", template: "%s · RepDesk" },
  description: "A CRM for sales teams with one public API.",
  icons: {
    icon: [
      { url: "/favicon.ico", sizes: "32x32" },
      { url: "/icon.svg", type: "image/svg+xml" },
    ],
    apple: "/apple-icon.png",
  },
  formatDetection: { telephone: false, date: false, address: false, email: false },
};

const grounds = { light: "#f8fbfb", dark: "#0c1012" } as const;

/** The theme from the cookie. Default: the system's. */
async function chosenTheme(): Promise<"light" | "dark" | undefined> {
  const value = (await cookies()).get("repdesk-theme")?.value;
  return value === "light" || value === "dark" ? value : undefined;
}

export async function generateViewport(): Promise<Viewport> {
  const theme = await chosenTheme();
  return {
    width: "device-width",
    initialScale: 1,
    viewportFit: "cover",
    themeColor: theme
      ? grounds[theme]
      : [
          { media: "(prefers-color-scheme: light)", color: grounds.light },
          { media: "(prefers-color-scheme: dark)", color: grounds.dark },
        ],
  };
}

/** Reading the headers makes every page dynamic, which the nonce in the content security policy requires. */
export default async function RootLayout({ children }: { children: ReactNode }) {
  const nonce = (await headers()).get("x-nonce") ?? undefined;
  const theme = await chosenTheme();
  return (
    <html lang="en" data-theme={theme} className={`${GeistSans.variable} ${GeistMono.variable}`}>
      <body>
        <Providers nonce={nonce}>
          {/* A stacking context of its own, so that popups in the portal are above the page. */}
          <div className="isolate">{children}</div>
        </Providers>
      </body>
    </html>
  );
}
