import MarkdownIt from "markdown-it";

/**
 * HTML is shown as text. Links lead to the web or to mail only: markdown-it leaves other addresses as text. An image becomes a link,
 * since it would be loaded from anywhere.
 */
const reader = new MarkdownIt({ html: false, linkify: true, breaks: true }).disable("image");

reader.renderer.rules.link_open = (tokens, index, options, _env, self) => {
  tokens[index]?.attrSet("rel", "noopener noreferrer nofollow");
  return self.renderToken(tokens, index, options);
};

/** The page's own headings are h1 to h3. */
for (const rule of ["heading_open", "heading_close"] as const) {
  reader.renderer.rules[rule] = (tokens, index, options, _env, self) => {
    const token = tokens[index];
    if (token) token.tag = `h${Math.min(6, Number(token.tag.slice(1)) + 3)}`;
    return self.renderToken(tokens, index, options);
  };
}

/** What someone wrote in Markdown. */
export function Markdown({ text }: { text: string }) {
  // biome-ignore lint/security/noDangerouslySetInnerHtml: markdown-it escapes all that is not its own
  return <div className="prose compact wrap-anywhere" dangerouslySetInnerHTML={{ __html: reader.render(text) }} />;
}
