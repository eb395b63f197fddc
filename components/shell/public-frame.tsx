import Link from "next/link";
import type { ReactNode } from "react";
import { Wordmark } from "#components/shell/mark";
import { SkipLink } from "#components/shell/skip-link";

const links = [
  { href: "/help", label: "Help" },
  { href: "/docs/api", label: "API" },
  { href: "/", label: "Open RepDesk" },
];

/** The frame of public pages, for people who aren't signed in. Its content is as wide as in a company's shell. */
export function PublicFrame({ children }: { children: ReactNode }) {
  const width = "mx-auto max-w-[calc(70rem+4rem)] px-4 sm:px-6 lg:px-8";
  return (
    <>
      <SkipLink />
      <header className="border-b border-border">
        <div className={`${width} flex min-h-14 flex-wrap items-center justify-between gap-x-4`}>
          <Link href="/" prefetch={false} className="inline-flex rounded-control">
            <Wordmark />
          </Link>
          <nav aria-label="Main" className="flex flex-wrap gap-x-4">
            {links.map(({ href, label }) => (
              <Link key={href} href={href} prefetch={false} className="link inline-flex min-h-(--control) items-center">
                {label}
              </Link>
            ))}
          </nav>
        </div>
      </header>
      <main id="main" tabIndex={-1} className={`${width} py-8 outline-none`}>
        {children}
      </main>
    </>
  );
}
