import MarkdownIt, { type Token } from "markdown-it";

/** A document as HTML without its title, and its headings. */
export type Manual = { html: string; entries: Entry[] };
export type Entry = { id: string; text: string; level: number };

/** HTML in the text is shown as text. */
const reader = new MarkdownIt({ html: false });
const { escapeHtml } = reader.utils;

/** The first line of an endpoint's section. */
const endpoint = /^`(GET|POST|PATCH|DELETE) (\/\S+)` · operation `(\w+)`$/;

/** The anchor of a heading, the same as in Markdown viewers. */
function anchor(heading: string): string {
  return heading
    .toLowerCase()
    .replaceAll(/[^\w -]/g, "")
    .replaceAll(" ", "-");
}

/**
 * Renders a document without its comments, its title, and its table of contents, since the page has its own. `below` is the number of
 * levels to move its headings down. Runs once per process: rendering React elements on each request would take ten times as long.
 */
export function readManual(text: string, below = 0): Manual {
  const body = text.replaceAll(/<!--[\s\S]*?-->/g, "").replace(/^Contents: .*$/m, "");
  const all = reader.parse(body, {});
  const tokens = all.slice(all.findIndex(({ type }) => type === "heading_close") + 1);
  const entries = tokens.flatMap((token, index) => (token.type === "heading_open" ? [entryOf(tokens, index)] : []));
  prepare(tokens, below);
  return { html: reader.renderer.render(tokens, reader.options, {}), entries };
}

function entryOf(tokens: readonly Token[], index: number): Entry {
  const text = (tokens[index + 1]?.children ?? []).map(({ content }) => content).join("");
  return { id: anchor(text), text, level: Number(tokens[index]?.tag.slice(1)) };
}

/** Explicit, because the style sheet shows tables as cards in narrow columns, which removes the implicit roles. */
const roles: Record<string, string> = {
  table_open: "table",
  thead_open: "rowgroup",
  tbody_open: "rowgroup",
  tr_open: "row",
  th_open: "columnheader",
  td_open: "cell",
};

function prepare(tokens: Token[], below: number): void {
  let tag = "";
  let columns: string[] = [];
  let column = 0;
  for (const [index, token] of tokens.entries()) {
    if (token.type === "heading_open") {
      const { id, text, level } = entryOf(tokens, index);
      if (level === 2) tag = text;
      token.attrSet("id", id);
    }
    if (token.type.startsWith("heading_")) token.tag = `h${Number(token.tag.slice(1)) + below}`;
    if (token.type === "thead_open") columns = [];
    if (token.type === "tr_open") column = 0;
    if (token.type === "th_open") columns.push(tokens[index + 1]?.content ?? "");
    if (token.type === "td_open") token.attrSet("data-column", columns[column++] ?? "");
    const role = roles[token.type];
    if (role) token.attrSet("role", role);
    if (token.type === "inline" && endpoint.test(token.content)) {
      token.type = "endpoint";
      token.attrSet("tag", tag);
    }
    for (const child of token.children ?? [])
      if (child.type === "link_open") child.attrSet("href", hrefOf(String(child.attrGet("href"))));
  }
}

/** Links between the two documents lead to headings of the page that shows both. */
function hrefOf(target: string): string {
  const [file, heading] = target.split("#");
  if (file === "API_REFERENCE.md") return `#${heading ?? "reference"}`;
  return file === "PUBLIC_API.md" ? `#${heading ?? "main"}` : target;
}

const { rules } = reader.renderer;

rules.heading_open = (tokens, index, _options, _env, self) =>
  `${self.renderToken(tokens, index, reader.options)}<a class="anchor" href="#${tokens[index]?.attrGet("id")}">`;
rules.heading_close = (tokens, index) => `</a></${tokens[index]?.tag}>\n`;

const labels: Record<string, string> = { js: "JavaScript", py: "Python", sh: "Shell", text: "Text" };

/** The label of a code block: a request, a response with its status, or a language. */
function labelOf(info: string): string {
  const [language = ""] = info.split(" ");
  const status = /answer=(\d+)/.exec(info)?.[1];
  if (status) return `Response · ${status}`;
  return info.includes("request=") ? "Request" : (labels[language] ?? language);
}

/** Code, with a place for the button that copies it. */
rules.fence = (tokens, index) => {
  const { info = "", content = "" } = tokens[index] as Token;
  const head = `<figcaption>${escapeHtml(labelOf(info))}</figcaption><span></span>`;
  return `<figure class="sample wide"><div>${head}</div><pre>${escapeHtml(content.trimEnd())}</pre></figure>\n`;
};

/** The line below the heading of an endpoint: its method and path, and a link to the explorer. */
rules.endpoint = (tokens, index) => {
  const token = tokens[index] as Token;
  const [, method, path, operation] = endpoint.exec(token.content) ?? [];
  const href = escapeHtml(`/docs/api/explorer#/${String(token.attrGet("tag")).replaceAll(" ", "_")}/${operation}`);
  const call = `<span class="method" data-method="${method}">${method}</span> <code>${escapeHtml(path ?? "")}</code>`;
  return `<span class="endpoint">${call} <a href="${href}">Try it</a></span>`;
};
