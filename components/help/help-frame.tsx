import Link from "next/link";
import type { ReactNode } from "react";
import { ArticleFrame } from "#components/shell/article-frame";

export interface HelpFrameProps {
  title: string;
  /** One muted sentence. */
  text: string;
  /** The list of articles itself has nowhere to go back to. */
  top?: boolean;
  children: ReactNode;
}

/** A page of the help: read signed in or not. */
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
