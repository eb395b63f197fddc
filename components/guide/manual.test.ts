import { expect, test } from "vitest";
import { readManual } from "#components/guide/manual";

const text = `# Title

Contents: [A](#a)

## API tokens <b>

See [the reference](API_REFERENCE.md#read-a-token), [all of it](API_REFERENCE.md), and [the web](https://example.com).

### Read a token

\`GET /api/v1/auth/tokens/{id}\` · operation \`readToken\`

\`\`\`json answer=200
{ "a": "<script>" }
\`\`\`

| Field | Type |
| --- | --- |
| \`a\` | string |

<!-- Generated. -->
`;

test("a document loses its title, contents, and comments, and its headings get anchors and move down", () => {
  const { html, entries } = readManual(text, 1);
  expect(entries).toEqual([
    { id: "api-tokens-b", text: "API tokens <b>", level: 2 },
    { id: "read-a-token", text: "Read a token", level: 3 },
  ]);
  expect(html).toContain('<h3 id="api-tokens-b"><a class="anchor" href="#api-tokens-b">API tokens &lt;b&gt;</a></h3>');
  expect(html).toContain('<h4 id="read-a-token">');
  expect(html).not.toMatch(/Title|Contents|Generated|<script>/);
});

test("links lead to headings of the page, endpoints to the explorer, and code has a label", () => {
  const { html } = readManual(text);
  expect(html).toContain('<a href="#read-a-token">the reference</a>');
  expect(html).toContain('<a href="#reference">all of it</a>');
  expect(html).toContain('<a href="https://example.com">the web</a>');
  expect(html).toContain('<a href="/docs/api/explorer#/API_tokens_&lt;b&gt;/readToken">Try it</a>');
  expect(html).toContain('<td data-column="Type" role="cell">string</td>');
  expect(html).toContain("<figcaption>Response · 200</figcaption>");
  expect(html).toContain("<pre>{ &quot;a&quot;: &quot;&lt;script&gt;&quot; }</pre>");
});
