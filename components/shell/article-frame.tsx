import Link from "next/link";
import type { ReactNode } from "react";
import { Wordmark } from "#components/shell/mark";
import { SkipLink } from "#components/shell/skip-link";
import { PageHeader } from "#components/ui/page-header";

interface ArticleFrameProps {
  title: string;
  text?: ReactNode;
  back?: { href: string; label: string };
  /** Links at the right of the bar: “Open RepDesk”, “Sign in”. */
  nav?: ReactNode;
  children: ReactNode;
}

/** A help article: 720 wide, prose of 65 characters, 16/24. Read signed in or not. */
export function ArticleFrame({ title, text, back, nav, children }: ArticleFrameProps) {
  return (
    <>
      <SkipLink />
      <header className="border-b border-border">
        <div className="mx-auto flex min-h-14 max-w-[calc(45rem+4rem)] flex-wrap items-center justify-between gap-x-4 px-4 sm:px-6 lg:px-8">
          <Link href="/" className="inline-flex rounded-control">
            <Wordmark />
          </Link>
          {nav && <nav aria-label="Main">{nav}</nav>}
        </div>
      </header>
      <main id="main" tabIndex={-1} className="mx-auto max-w-[calc(45rem+4rem)] px-4 py-8 outline-none sm:px-6 lg:px-8">
        <article>
          <PageHeader title={title} text={text} back={back} />
          <div className="prose">{children}</div>
        </article>
      </main>
    </>
  );
}
