import type { Shares } from "./profile.ts";
import { median, type Sample, type Samples } from "./rounds.ts";
import type { RowName } from "./rows.ts";
import type { Trips } from "./trips.ts";

/** Everything that a run has measured. `shares` and `trips` are left out when only some rows are measured. */
export type Results = { samples: Samples; shares?: Shares; trips?: Trips };

/** A row's figures: medians, and the lowest and highest CPU time of a round. Times are in milliseconds. */
export type Figures = Sample & { low: number; high: number };

export function figuresOf({ samples }: Results, row: RowName): Figures | null {
  const all = samples.get(row);
  if (!all) return null;
  const of = (key: keyof Sample) => all.map((sample) => sample[key]);
  return {
    cpu: median(of("cpu")),
    database: median(of("database")),
    perSecond: median(of("perSecond")),
    bytes: median(of("bytes")),
    low: Math.min(...of("cpu")),
    high: Math.max(...of("cpu")),
  };
}

/** The median of the rounds' ratios: how many requests of `row` need as much CPU as one of `of`. */
export function ratioOf({ samples }: Results, row: RowName, of: RowName): number | null {
  const [own, other] = [samples.get(row), samples.get(of)];
  if (!own || !other) return null;
  return median(own.map(({ cpu }, round) => (other[round]?.cpu ?? Number.NaN) / cpu));
}
