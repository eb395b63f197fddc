import { say } from "../../project.ts";
import { median, type Sample, type Samples } from "./rounds.ts";
import { type RowName, rows } from "./rows.ts";
import { type Target, targets } from "./targets.ts";

/** A row's figures: medians, and the lowest and highest CPU time of a round. */
export type Figures = { cpu: number; low: number; high: number; database: number; perSecond: number };

export function figuresOf(samples: readonly Sample[]): Figures {
  const cpu = samples.map((sample) => sample.cpu);
  return {
    cpu: median(cpu),
    low: Math.min(...cpu),
    high: Math.max(...cpu),
    database: median(samples.map((sample) => sample.database)),
    perSecond: median(samples.map((sample) => sample.perSecond)),
  };
}

/** The median of the rounds' ratios: how many requests of `row` cost as much CPU as one of `of`. Null if one wasn't measured. */
export function ratioOf(samples: Samples, row: RowName, of: RowName): number | null {
  const [own, other] = [samples.get(row), samples.get(of)];
  if (!own || !other) return null;
  return median(own.map(({ cpu }, round) => (other[round]?.cpu ?? Number.NaN) / cpu));
}

export const micros = (ms: number) => String(Math.round(ms * 1_000));
export const percent = (ratio: number) => `${Math.round(ratio * 100)} %`;

export function printRows(samples: Samples): void {
  say(`\n${line("CPU in µs for each request", "node", "from", "to", "PostgreSQL", "per s")}`);
  for (const [name, all] of samples) {
    const { cpu, low, high, database, perSecond } = figuresOf(all);
    say(line(rows[name].title, micros(cpu), micros(low), micros(high), micros(database), perSecond.toFixed(0)));
  }
}

export function printComparisons(samples: Samples): void {
  say(`\n${line("Against the bare handler", "measured", "needed")}`);
  for (const { row, of, atLeast } of targets) {
    const ratio = ratioOf(samples, row, of);
    if (ratio !== null) say(line(rows[row].title, percent(ratio), percent(atLeast), verdictOf(ratio, { atLeast })));
  }
}

function verdictOf(ratio: number, { atLeast }: Pick<Target, "atLeast">): string {
  return ratio >= atLeast ? "reached" : "short";
}

function line(title: string, ...cells: string[]): string {
  return title.padEnd(52) + cells.map((cell) => cell.padStart(11)).join("");
}
