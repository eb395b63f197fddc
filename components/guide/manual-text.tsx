import Link from "next/link";
import type { ReactNode } from "react";
import "./guide.css";
import { anchor, type Manual } from "#components/guide/outline";
import { Snippet } from "#components/help/snippet";
import { type Code, Markdown, type Parts } from "#components/ui/markdown";

/** Links between the two documents lead to headings of the page that shows both. */
function href(target: string): string {
  const [file, heading] = target.split("#");
  if (file === "API_REFERENCE.md" || file === "PUBLIC_API.md")
    return `#${heading ?? (file === "PUBLIC_API.md" ? "main" : "reference")}`;
  return target;
}

const labels: Record<string, string> = { js: "JavaScript", py: "Python", sh: "Shell", text: "Text" };

/** What a block of code is: a request, an answer with its status, or a language. */
function labelOf(info: string): string {
  const [language = ""] = info.split(" ");
  const status = /answer=(\d+)/.exec(info)?.[1];
  if (status) return `Response · ${status}`;
  return info.includes("request=") ? "Request" : (labels[language] ?? language);
}

/** The hosts that the documents use. The page shows its own. */
const hosts = /https:\/\/repdesk\.(?:io|example\.com)/g;

function code({ info, text }: Code): ReactNode {
  return <Snippet label={labelOf(info)} text={text.replaceAll(hosts, "{origin}")} />;
}

/** The line below the heading of an endpoint: its method and path, and a link to try it. */
function EndpointLine({ method, path, operation, tag }: Record<"method" | "path" | "operation" | "tag", string>) {
  return (
    <p className="endpoint">
      <span className="method" data-method={method}>
        {method}
      </span>
      <code>{path}</code>
      <Link href={`/docs/api/explorer#/${tag.replaceAll(" ", "_")}/${operation}`} prefetch={false}>
        Try it
      </Link>
    </p>
  );
}

/** The text of a document. `below`: how many levels its headings are moved down. */
export function ManualText({ manual, below }: { manual: Manual; below: number }) {
  let tag = "";
  const parts: Parts = {
    code,
    href,
    heading(level, text, content) {
      if (level === 2) tag = text;
      const Heading = `h${Math.min(level + below, 6)}` as "h2";
      return (
        <Heading id={anchor(text)}>
          <a href={`#${anchor(text)}`} className="anchor">
            {content}
          </a>
        </Heading>
      );
    },
    paragraph(text) {
      const [, method, path, operation] = /^(GET|POST|PATCH|DELETE) (\/\S+) · operation (\w+)$/.exec(text) ?? [];
      if (!method || !path || !operation) return undefined;
      return <EndpointLine method={method} path={path} operation={operation} tag={tag} />;
    },
  };
  return <Markdown tokens={manual.tokens} parts={parts} />;
}
