import Link from "next/link";
import type { ReactNode } from "react";
import { Wordmark } from "#components/shell/mark";
import { SkipLink } from "#components/shell/skip-link";
import { PageHeader } from "#components/ui/page-header";

/** The frame of the reference: as wide as a page of the app, read signed in or not. */
export function ReferenceFrame({ children }: { children: ReactNode }) {
  return (
    <>
      <SkipLink />
      <header className="border-b border-border">
        <div className="mx-auto flex min-h-14 max-w-[calc(70rem+4rem)] flex-wrap items-center justify-between gap-x-4 px-4 sm:px-6 lg:px-8">
          <Link href="/" prefetch={false} className="rounded-control">
            <Wordmark />
          </Link>
          <nav aria-label="Main" className="flex flex-wrap gap-x-4">
            <Link href="/help/api-token-public-api" className="link inline-flex min-h-(--control) items-center">
              Create a token
            </Link>
            <Link href="/help/api-errors" className="link inline-flex min-h-(--control) items-center">
              Error codes
            </Link>
            <a href="/api/v1/openapi.json" className="link inline-flex min-h-(--control) items-center">
              openapi.json
            </a>
          </nav>
        </div>
      </header>
      <main id="main" tabIndex={-1} className="mx-auto max-w-[calc(70rem+4rem)] px-4 py-8 outline-none sm:px-6 lg:px-8">
        <PageHeader
          title="API reference"
          text="Every endpoint of the public API, to read and to try. The guide with the rules behind it is docs/PUBLIC_API.md in the repository."
        />
        {children}
      </main>
    </>
  );
}
