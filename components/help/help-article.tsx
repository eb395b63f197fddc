import type { ReactNode } from "react";
import { WithContents } from "#components/guide/contents";
import type { Entry } from "#components/guide/manual";
import { PageHeader } from "#components/ui/page-header";

interface HelpArticleProps {
  title: string;
  /** One muted sentence. */
  text: string;
  contents: readonly Entry[];
  children: ReactNode;
}

const group = "On this page";

/** A help article: 720 wide, prose of 65 characters, 16/24. */
export function HelpArticle({ title, text, contents, children }: HelpArticleProps) {
  return (
    <WithContents groups={[{ title: group, entries: contents }]}>
      <article className="max-w-article">
        <PageHeader title={title} text={text} back={{ href: "/help", label: "Help" }} />
        <div className="prose">{children}</div>
      </article>
    </WithContents>
  );
}
