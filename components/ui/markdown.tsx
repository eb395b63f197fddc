import MarkdownIt, { type Token } from "markdown-it";
import { createElement, Fragment, type ReactNode } from "react";

/**
 * Markdown as React elements. No HTML is ever parsed or inserted: tags in the text are shown as text, and `markdown-it` drops links
 * with schemes that can run code. Its cost grows with the text's length, also for text that was written to be slow.
 */
const reader = new MarkdownIt({ html: false });

/** A block of code: its info string, such as `js`, and its text. */
export type Code = { info: string; text: string };

/** What a page shows in its own way. */
export type Parts = {
  code?: (code: Code) => ReactNode;
  heading?: (level: number, text: string, content: ReactNode) => ReactNode;
  paragraph?: (text: string, content: ReactNode) => ReactNode;
  href?: (href: string) => string;
};

export type { Token };

export function readMarkdown(text: string): Token[] {
  return reader.parse(text, {});
}

export function Markdown({ tokens, parts = {} }: { tokens: readonly Token[]; parts?: Parts }) {
  return render(tokens, parts);
}

type Props = { href?: string; scope?: string; start?: number };

/** The plain text of an element's content. */
export function textOf(tokens: readonly Token[]): string {
  return tokens.map((token) => (token.children ? textOf(token.children) : token.content)).join("");
}

function element(type: string | typeof Fragment, key: number, props: Props, children?: ReactNode): ReactNode {
  return createElement(type, { ...props, key }, children);
}

function render(tokens: readonly Token[], parts: Parts): ReactNode {
  const nodes: ReactNode[] = [];
  for (let at = 0; at < tokens.length; at += 1) {
    const token = tokens[at] as Token;
    const end = token.nesting === 1 ? closingOf(tokens, at) : at;
    const within = token.nesting === 1 ? tokens.slice(at + 1, end) : (token.children ?? []);
    nodes.push(token.nesting === 1 ? container(token, within, at, parts) : leaf(token, within, at, parts));
    at = end;
  }
  return element(Fragment, 0, {}, nodes);
}

function closingOf(tokens: readonly Token[], at: number): number {
  const { level } = tokens[at] as Token;
  let end = at + 1;
  while (end < tokens.length && !(tokens[end]?.level === level && tokens[end]?.nesting === -1)) end += 1;
  return end;
}

function container(token: Token, within: readonly Token[], key: number, parts: Parts): ReactNode {
  const content = render(within, parts);
  if (token.hidden) return element(Fragment, key, {}, content);
  const own = ownPart(token, within, content, parts);
  if (own !== undefined) return element(Fragment, key, {}, own);
  return element(token.tag, key, propsOf(token, parts), content);
}

function ownPart(token: Token, within: readonly Token[], content: ReactNode, parts: Parts): ReactNode | undefined {
  if (token.type === "heading_open") return parts.heading?.(Number(token.tag.slice(1)), textOf(within), content);
  return token.type === "paragraph_open" ? parts.paragraph?.(textOf(within), content) : undefined;
}

function propsOf(token: Token, parts: Parts): Props {
  if (token.type === "link_open") {
    const href = String(token.attrGet("href") ?? "");
    return { href: parts.href?.(href) ?? href };
  }
  if (token.type === "th_open") return { scope: "col" };
  return token.type === "ordered_list_open" ? { start: Number(token.attrGet("start") ?? 1) } : {};
}

function leaf(token: Token, within: readonly Token[], key: number, parts: Parts): ReactNode {
  switch (token.type) {
    case "inline":
      return element(Fragment, key, {}, render(within, parts));
    case "code_inline":
      return element("code", key, {}, token.content);
    case "fence":
    case "code_block":
      return element(Fragment, key, {}, codeBlock({ info: token.info.trim(), text: token.content.trimEnd() }, parts));
    case "hardbreak":
    case "hr":
      return element(token.tag, key, {});
    case "softbreak":
      return "\n";
    default:
      // Text, and the description of an image: pages load no pictures from elsewhere.
      return token.content;
  }
}

function codeBlock(code: Code, parts: Parts): ReactNode {
  return parts.code ? parts.code(code) : element("pre", 0, {}, element("code", 0, {}, code.text));
}
