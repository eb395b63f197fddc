import Link from "next/link";
import type { ReactNode } from "react";
import { ArticleFrame } from "#components/shell/article-frame";

export interface HelpFrameProps {
  title: string;
  /** One muted sentence. */
  text: string;
  /** For the list of articles, which has no page above it. */
  top?: boolean;
  children: ReactNode;
}

/** A help page, for people who are signed in and for those who aren't. */
export function HelpFrame({ title, text, top, children }: HelpFrameProps) {
  const nav = (
    <Link href="/" prefetch={false} className="link inline-flex min-h-(--control) items-center">
      Open RepDesk
    </Link>
  );
  return (
    <ArticleFrame title={title} text={text} back={top ? undefined : { href: "/help", label: "Help" }} nav={nav}>
      {children}
    </ArticleFrame>
  );
}
