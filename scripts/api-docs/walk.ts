/**
 * Reads the requests and the recipes of docs/PUBLIC_API.md and docs/API_REFERENCE.md, so that a test can run them as they are written.
 *
 * - A block that begins with ```sh request=<operation> is one request: one curl command, continued with \\ at the end of a line, with
 *   the options -g, -i, -X, -H, and -d, single quotes around text, and double quotes around text with variables. A test gives each
 *   block a new token and new records at version 1, since a block may use them up.
 * - The next block may show the answer: ```json answer=<status> its body, or ```http answer=<status> its headers and body too. A block
 *   marked `extract` shows only some of the keys. Without such a block, the answer is the operation's success.
 * - Blocks that begin with ```js recipe or ```py recipe form one program for each language, in their order.
 */

export type GuideRequest = {
  operation: string;
  /** The line of the file where the block begins. */
  line: number;
  method: string;
  url: string;
  headers: Record<string, string>;
  body: string | undefined;
  /** The answer that is shown; null means the operation's success. */
  answer: { status: number; headers: string[]; body: unknown; extract: boolean } | null;
};

/** The variables that blocks may use: `REPDESK_URL` and so on. */
export type Variables = Record<string, string>;

type Block = { info: string; line: number; text: string };

/** The requests of a document, in its order. Throws for a block that uses more of the shell than the convention allows. */
export function requestsIn(guide: string, variables: Variables): GuideRequest[] {
  const blocks = [...blocksIn(guide)];
  return blocks.flatMap((block, index) => {
    const operation = /^sh request=(\w+)$/.exec(block.info)?.[1];
    if (!operation) return [];
    return [{ operation, line: block.line, ...command(block, variables), answer: answerIn(blocks[index + 1]) }];
  });
}

/** The program that a document's recipes in one language form. */
export function recipeIn(guide: string, language: "js" | "py"): string {
  const blocks = [...blocksIn(guide)].filter(({ info }) => info === `${language} recipe`);
  return blocks.map(({ text }) => text).join("\n");
}

function* blocksIn(guide: string): Generator<Block> {
  let open: Block | null = null;
  for (const [index, line] of guide.split("\n").entries()) {
    if (!line.startsWith("```")) {
      if (open) open.text += `${line}\n`;
    } else if (open) {
      yield open;
      open = null;
    } else open = { info: line.slice(3), line: index + 1, text: "" };
  }
}

function answerIn(block: Block | undefined): GuideRequest["answer"] {
  const [, form, status, extract] = /^(json|http) answer=(\d{3})( extract)?$/.exec(block?.info ?? "") ?? [];
  if (!status || !block) return null;
  const [head = "", text = ""] = form === "json" ? ["", block.text] : block.text.split("\n\n");
  const headers = [...head.matchAll(/^([\w-]+): /gm)].map(([, name]) => name as string);
  return { status: Number(status), headers, body: text ? JSON.parse(text) : null, extract: Boolean(extract) };
}

/** A curl command, read. */
function command(
  { text, line }: Block,
  variables: Variables,
): Pick<GuideRequest, "method" | "url" | "headers" | "body"> {
  const [name, ...words] = wordsIn(text, variables, line);
  if (name !== "curl") throw new Error(`line ${line}: the block is not a curl command`);
  const sent = { method: "GET", url: "", headers: {} as Record<string, string>, body: undefined as string | undefined };
  for (let index = 0; index < words.length; index += 1) {
    const word = words[index] as string;
    const next = () => words[++index] ?? "";
    if (word === "-X") sent.method = next();
    else if (word === "-d") sent.body = next();
    else if (word === "-H") {
      const [header = "", ...value] = next().split(": ");
      sent.headers[header] = value.join(": ");
    } else if (word !== "-g" && word !== "-i") {
      if (word.startsWith("-") || sent.url) throw new Error(`line ${line}: the convention does not allow ${word}`);
      sent.url = word;
    }
  }
  return sent;
}

const word = /\s*(?:\\\n\s*)?((?:'[^']*'|"[^"]*"|\\'|[^\s'"\\$&|;<>()`*?#~{}!])+)/y;

function wordsIn(text: string, variables: Variables, line: number): string[] {
  const words: string[] = [];
  const command = text.trimEnd();
  word.lastIndex = 0;
  for (let end = 0; end < command.length; end = word.lastIndex) {
    const found = word.exec(command);
    if (!found)
      throw new Error(`line ${line}: the convention does not allow ${JSON.stringify(command.slice(end, end + 20))}`);
    words.push(plain(found[1] as string, variables, line));
  }
  return words;
}

/** A word without its quotes, its variables replaced. */
function plain(quoted: string, variables: Variables, line: number): string {
  return quoted.replaceAll(/'([^']*)'|"([^"]*)"|\\(')/g, (_whole, single, double, escaped) => {
    if (single !== undefined || escaped !== undefined) return single ?? escaped;
    return (double as string).replaceAll(/\$(\w+)/g, (_name, name: string) => {
      const value = variables[name];
      if (value === undefined) throw new Error(`line ${line}: the convention has no variable $${name}`);
      return value;
    });
  });
}
