/** Reads the requests of docs/PUBLIC_API.md back out of it, so that a test can send them as they are written. */

export type GuideRequest = {
  operation: string;
  /** The line of the file where the block begins. */
  line: number;
  method: string;
  url: string;
  headers: Record<string, string>;
  body: string | undefined;
  /** What the guide shows as the answer; null where it shows none, and the operation's success is meant. */
  answer: { status: number; body: unknown; extract: boolean } | null;
};

/** The names that the guide's blocks may use: `$REPDESK_URL` and so on. */
export type Variables = Record<string, string>;

type Block = { info: string; line: number; text: string };

/** The guide's requests, in its order. Throws for a block that keeps to more of the shell than the convention allows. */
export function requestsIn(guide: string, variables: Variables): GuideRequest[] {
  const blocks = [...blocksIn(guide)];
  return blocks.flatMap((block, index) => {
    const operation = /^sh request=(\w+)$/.exec(block.info)?.[1];
    if (!operation) return [];
    return [{ operation, line: block.line, ...command(block, variables), answer: answerIn(blocks[index + 1]) }];
  });
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
  return { status: Number(status), body: form === "json" ? JSON.parse(block.text) : null, extract: Boolean(extract) };
}

/** One curl command, in words. */
function command(
  { text, line }: Block,
  variables: Variables,
): Pick<GuideRequest, "method" | "url" | "headers" | "body"> {
  const [name, ...words] = wordsIn(text, variables, line);
  if (name !== "curl") throw new Error(`line ${line}: the block is no curl command`);
  const sent = { method: "GET", url: "", headers: {} as Record<string, string>, body: undefined as string | undefined };
  for (let index = 0; index < words.length; index += 1) {
    const word = words[index] as string;
    const next = () => words[++index] ?? "";
    if (word === "-X") sent.method = next();
    else if (word === "-d") sent.body = next();
    else if (word === "-H") {
      const [header = "", ...value] = next().split(": ");
      sent.headers[header] = value.join(": ");
    } else if (word !== "-g") {
      if (word.startsWith("-") || sent.url) throw new Error(`line ${line}: ${word} is no part of the convention`);
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
      if (value === undefined) throw new Error(`line ${line}: $${name} is no variable of the convention`);
      return value;
    });
  });
}
