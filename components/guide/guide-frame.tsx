import "./guide.css";
import Link from "next/link";
import type { ReactNode } from "react";
import { Wordmark } from "#components/shell/mark";
import { SkipLink } from "#components/shell/skip-link";
import { PageHeader } from "#components/ui/page-header";

const links = [
  { href: "/docs/api", label: "Guide and reference" },
  { href: "/docs/api/explorer", label: "Explorer" },
  { href: "/help/api-token-public-api", label: "Create a token" },
];

interface GuideFrameProps {
  title: string;
  text: string;
  /** Beside the page on wide screens, above it on others. */
  contents?: ReactNode;
  children: ReactNode;
}

/** The frame of the pages about the API, read signed in or not. */
export function GuideFrame({ title, text, contents, children }: GuideFrameProps) {
  const width = "mx-auto max-w-[calc(80rem+4rem)] px-4 sm:px-6 lg:px-8";
  return (
    <>
      <SkipLink />
      <header className="border-b border-border">
        <div className={`${width} flex min-h-14 flex-wrap items-center justify-between gap-x-4`}>
          <Link href="/" prefetch={false} className="rounded-control">
            <Wordmark />
          </Link>
          <nav aria-label="Main" className="flex flex-wrap gap-x-4">
            {links.map(({ href, label }) => (
              <Link key={href} href={href} prefetch={false} className="link inline-flex min-h-(--control) items-center">
                {label}
              </Link>
            ))}
            <a href="/api/v1/openapi.json" className="link inline-flex min-h-(--control) items-center">
              openapi.json
            </a>
          </nav>
        </div>
      </header>
      <div className={`${width} py-8 ${contents ? "lg:grid lg:grid-cols-[15rem_minmax(0,1fr)] lg:gap-12" : ""}`}>
        {contents && <div>{contents}</div>}
        <main id="main" tabIndex={-1} className="min-w-0 outline-none">
          <PageHeader title={title} text={text} />
          {children}
        </main>
      </div>
    </>
  );
}
