import { readFileSync, writeFileSync } from "node:fs";
import { arch, cpus, release, totalmem, type } from "node:os";
import { inProject, say } from "../../project.ts";
import { chartOf } from "./chart.ts";
import { figuresOf, type Results } from "./figures.ts";
import { micros } from "./print.ts";
import { type RowName, rows } from "./rows.ts";
import { againstBare, againstPeer, inside, type Outcome, outcomesOf, pages, type Target } from "./targets.ts";

export type Run = { rounds: number; seconds: number; contacts: number; postgres: string };

/** Writes docs/PERFORMANCE.md and its chart. */
export function writeDocument(results: Results, run: Run): void {
  writeFileSync(inProject("docs/performance.svg"), chartOf(results));
  writeFileSync(inProject("docs/PERFORMANCE.md"), documentOf(results, run));
  say("\nWrote docs/PERFORMANCE.md and docs/performance.svg.");
}

function documentOf(results: Results, run: Run): string {
  const short = [againstBare, againstPeer, pages, inside]
    .flatMap((targets) => outcomesOf(targets, results))
    .filter(({ isReached }) => !isReached);
  return `# Performance

<!-- Written by npm run bench. Change scripts/bench/speed instead. -->

How much CPU time a request costs, compared with the least that a Next app can do: a route handler that returns a constant.
CPU time says how many requests a server can answer; it depends less on what else the machine does than requests per second.

![CPU time of node for each request](performance.svg)

## RepDesk and a bare Next route handler

**Measured** is the number of requests that RepDesk answers in the CPU time in which the bare handler answers 100. At 200%, a request
of RepDesk takes half as long. The bare handler returns a text as long as RepDesk's response: the list's for lists, one contact's for all
else.

${targetTable(againstBare, results)}

## RepDesk and better-auth

The same list, from a table of the same size, behind better-auth's API key plugin (\`@better-auth/api-key\` ${peerVersion()}) on Next.
Its rate limit is turned off, since it allows a key 10 requests a day by default. Everything else is as it is by default: each
verification reads the key and updates its row. The list is a prepared statement with an index that fits it. **Measured** is how many
requests RepDesk answers in the CPU time of one of better-auth's.

${targetTable(againstPeer, results)}

## Pages

CPU time of the server for one page view, rendered as HTML for a person who is signed in.

${targetTable(pages, results)}

## Inside a request

${targetTable(inside, results)}

${shareTable(results)}
## What falls short

${short.length === 0 ? "Nothing." : short.map(({ title, measured, needed, reason }) => `- **${title}**: ${measured}, needed ${needed}. ${reason}`).join("\n")}

## All figures

CPU times are in microseconds for each request: the median of ${run.rounds} rounds, and the lowest and highest round. **PostgreSQL** is the
CPU time of all its processes. **Bytes** is the length of the response's body as sent.

${figureTable(results)}

## How it was measured

- ${machine()}.
- Node ${process.versions.node}, Next ${versionOf("next")}, PostgreSQL ${run.postgres}. All servers run with \`NODE_ENV=production\`.
- One company with ${run.contacts.toLocaleString("en-US")} contacts and 25 API tokens. A list has 25 contacts with all fields.
- RepDesk runs as \`npm start\` does. Its log goes to another process, which drops it. One row goes through \`next start\`.
- The bare handler and better-auth are apps of their own (\`bench/bare\`, \`bench/peer\`), served by \`next start\` on the same versions of
  Node and Next. The bare handler isn't in RepDesk's own build, since that must not have routes for benchmarks. Its app is built by the
  same Next in the same way, and has nothing else.
- A separate process sends the requests over 10 connections that stay open. All run on the same machine.
- There are ${run.rounds} rounds after a warm-up. In each, the rows take turns of ${run.seconds} s, so that a busy moment of the machine hits all of
  them. Ratios are computed in each round, and the tables have their medians.
- CPU time is what Linux counts for a process (\`/proc/<pid>/stat\`), before and after.
- RepDesk's rate limits are on and count every request, but the benchmark refills them, since a token may send 600 requests at once.
- Unknown tokens are all different and come from 500 addresses.
- PostgreSQL runs with \`fsync\` off, so that the disk isn't measured.
- The shares of the log, the limits, and the last use are from a profile of the list, taken in a separate round. Unlike the other
  figures, they are right only on a machine that does nothing else.

## Repeat it

\`\`\`sh
npm ci && npm run bench
\`\`\`

It takes about 10 minutes and needs Linux. It installs better-auth into \`bench/peer\` and writes this page.

| Command | |
| --- | --- |
| \`npm run bench -- quick\` | everything but better-auth, in 5 rounds of a second each; prints only |
| \`npm run bench -- speed list me\` | these rows and the bare handler; prints only |
| \`npm run bench -- --rounds 21 --contacts 500000\` | more rounds, more contacts |
`;
}

function targetTable(targets: readonly Target[], results: Results): string {
  const line = ({ title, measured, needed, isReached }: Outcome) => [
    title,
    measured,
    needed,
    isReached ? "reached" : "**falls short**",
  ];
  return table(["", "Measured", "Needed", ""], outcomesOf(targets, results).map(line));
}

function shareTable({ shares }: Results): string {
  const lines = Object.entries(shares ?? {}).map(([part, share]) => [part, `${(share * 100).toFixed(1)}%`]);
  return `${table(["Part of a list", "Share of the CPU time"], lines)}\n`;
}

function figureTable(results: Results): string {
  const lines = [...results.samples.keys()].map((name: RowName) => {
    const figures = figuresOf(results, name);
    if (!figures) throw new Error(`“${name}” was not measured.`);
    const { cpu, low, high, database, perSecond, bytes } = figures;
    const range = `${micros(low)} – ${micros(high)}`;
    return [rows[name].title, micros(cpu), range, micros(database), whole(perSecond), whole(bytes)];
  });
  return table(["", "Node", "From – to", "PostgreSQL", "Requests per second", "Bytes"], lines);
}

/** A Markdown table. Its columns are numbers, except the first. */
function table(head: string[], lines: string[][]): string {
  const rule = head.map((_, index) => (index === 0 ? "---" : "---:"));
  return [head, rule, ...lines].map((cells) => `| ${cells.join(" | ")} |`).join("\n");
}

const whole = (value: number) => Math.round(value).toLocaleString("en-US");

function machine(): string {
  const [first] = cpus();
  const memory = Math.round(totalmem() / 2 ** 30);
  return `${cpus().length} cores (${first?.model.trim()}), ${memory} GB of memory, ${type()} ${release()}, ${arch()}`;
}

function versionOf(name: string): string {
  return JSON.parse(readFileSync(inProject("node_modules", name, "package.json"), "utf8")).version;
}

function peerVersion(): string {
  return JSON.parse(readFileSync(inProject("bench/peer/package.json"), "utf8")).dependencies["@better-auth/api-key"];
}
