import { say } from "../../project.ts";
import { figuresOf, type Results } from "./figures.ts";
import { type RowName, rows } from "./rows.ts";
import { againstBare, againstPeer, inside, outcomesOf, pages } from "./targets.ts";

export const micros = (ms: number) => Math.round(ms * 1_000).toLocaleString("en-US");

export function print(results: Results): void {
  say(`\n${line("CPU in µs for each request", "node", "from", "to", "PostgreSQL", "per s", "bytes")}`);
  for (const name of results.samples.keys()) say(figuresLine(results, name));
  say(`\n${line("", "measured", "needed")}`);
  for (const { title, measured, needed, isReached } of outcomesOf(
    [...againstBare, ...againstPeer, ...pages, ...inside],
    results,
  ))
    say(line(title, measured, needed, isReached ? "reached" : "short"));
  for (const [part, share] of Object.entries(results.shares ?? {})) say(line(part, `${(share * 100).toFixed(1)}%`));
}

function figuresLine(results: Results, name: RowName): string {
  const figures = figuresOf(results, name);
  if (!figures) throw new Error(`“${name}” was not measured.`);
  const { cpu, low, high, database, perSecond, bytes } = figures;
  return line(rows[name].title, ...[cpu, low, high, database].map(micros), perSecond.toFixed(0), bytes.toFixed(0));
}

function line(title: string, ...cells: string[]): string {
  return title.padEnd(76) + cells.map((cell) => cell.padStart(11)).join("");
}
