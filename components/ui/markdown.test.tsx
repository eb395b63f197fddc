import { renderToStaticMarkup } from "react-dom/server";
import { expect, test } from "vitest";
import { Markdown, readMarkdown } from "#components/ui/markdown";

const html = (text: string) => renderToStaticMarkup(<Markdown tokens={readMarkdown(text)} />);

test("text, lists, tables, links, and code become elements", () => {
  expect(html("**a** _b_ `c`\n\n3. d\n   - e\n\n|f|\n|-|\n|g|\n\n[h](https://example.com)\n\n```js\ni < j\n```")).toBe(
    '<p><strong>a</strong> <em>b</em> <code>c</code></p><ol start="3"><li>d<ul><li>e</li></ul></li></ol>' +
      '<table><thead><tr><th scope="col">f</th></tr></thead><tbody><tr><td>g</td></tr></tbody></table>' +
      '<p><a href="https://example.com">h</a></p><pre><code>i &lt; j</code></pre>',
  );
});

test.each([
  "<script>alert(1)</script>",
  '<img src="x" onerror="alert(1)">',
  "[a](javascript:alert(1))",
  "[a](<java\nscript:alert(1)>)",
  "[a](data:text/html,x)",
  "[a](vbscript:x)",
  "![a](https://example.com/a.png)",
  "<javascript:alert(1)>",
])("nothing that could run or load comes of %s", (text) => {
  expect(html(text)).not.toMatch(/<(?!\/?p\b)|javascript:[^)&]*"/);
});

/** Text that makes parsers slow, or recurse until the stack is full. */
const hostile = [
  "[",
  "*a_ ",
  "_a*",
  ">",
  "> ",
  "- ",
  "[a](",
  "![a](",
  "<a ",
  "~~a~",
  "[a][b",
  "*a **a ",
  "|a",
  "&a",
  "\\",
  "- a\n",
  "a\n\n",
];

const filled = (text: string, length: number) => text.repeat(Math.ceil(length / text.length));

test.each(hostile)("50,000 characters of %j are read, and 10,000 shown, in the time of a test", (text) => {
  expect(readMarkdown(filled(text, 50_000)).length).toBeGreaterThan(0);
  expect(html(filled(text, 10_000))).not.toBe("");
});
