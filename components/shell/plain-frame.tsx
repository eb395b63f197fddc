import Link from "next/link";
import type { ReactNode } from "react";
import { Wordmark } from "#components/shell/mark";
import { SkipLink } from "#components/shell/skip-link";

interface PlainFrameProps {
  title: string;
  /** One muted sentence. */
  text?: ReactNode;
  children: ReactNode;
  /** Below the card: “New here? Create an account”. */
  foot?: ReactNode;
}

/** The frame of pages outside a company: a card of 440 px under the logo. */
export function PlainFrame({ title, text, children, foot }: PlainFrameProps) {
  return (
    <div className="flex min-h-dvh flex-col items-center px-4 py-8 sm:py-[12vh]">
      <SkipLink />
      <header>
        <Link href="/" className="inline-flex rounded-control">
          <Wordmark />
        </Link>
      </header>
      <main id="main" tabIndex={-1} className="mt-6 w-full max-w-confirm outline-none">
        <div className="rounded-card border border-border bg-surface p-4 sm:p-8">
          <h1 className="text-page font-semibold text-balance">{title}</h1>
          {text && <p className="mt-1 text-muted">{text}</p>}
          <div className="mt-6">{children}</div>
        </div>
        {foot && <p className="mt-4 text-center text-muted">{foot}</p>}
      </main>
    </div>
  );
}
