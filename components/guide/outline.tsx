import { readMarkdown, type Token, textOf } from "#components/ui/markdown";

/** A heading of the guide or the reference. */
export type Entry = { id: string; text: string; level: number };

/** A document, read: its tokens, without the title, and the headings in it. */
export type Manual = { tokens: Token[]; entries: Entry[] };

/** The anchor of a heading, the same that viewers of Markdown give it. */
export function anchor(heading: string): string {
  return heading
    .toLowerCase()
    .replaceAll(/[^\w -]/g, "")
    .replaceAll(" ", "-");
}

/** Reads a document. Comments, its title and its list of contents are left out, since the page has its own. */
export function readManual(text: string): Manual {
  const body = text.replaceAll(/<!--[\s\S]*?-->/g, "").replace(/^Contents: .*$/m, "");
  const tokens = readMarkdown(body);
  const start = tokens.findIndex(({ type }) => type === "heading_close") + 1;
  const entries = tokens.flatMap((token, index) => {
    if (token.type !== "heading_open" || token.tag === "h1") return [];
    const heading = textOf(tokens.slice(index + 1, index + 2));
    return [{ id: anchor(heading), text: heading, level: Number(token.tag.slice(1)) }];
  });
  return { tokens: tokens.slice(start), entries };
}
