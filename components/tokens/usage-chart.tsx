import { cx } from "#components/ui/cx";
import type { AnswerOf } from "#lib/contract/endpoint";
import type { readTokenUsage } from "#lib/contract/token-usage";
import { tokenUsageLimits } from "#lib/vocabulary";

export type Usage = AnswerOf<typeof readTokenUsage>;
type Day = Usage["days"][number];

const outcomes = [
  { key: "succeeded", label: "Succeeded", fill: "fill-chart-ok", dot: "bg-chart-ok" },
  { key: "failed", label: "Rejected (4xx)", fill: "fill-chart-refused", dot: "bg-chart-refused" },
  { key: "limited", label: "Over a limit (429)", fill: "fill-muted", dot: "bg-muted" },
  { key: "errors", label: "Failed (5xx)", fill: "fill-chart-failed", dot: "bg-chart-failed" },
] as const;

const dayMs = 86_400_000;
const [height, step, gap] = [96, 8, 2];
const date = new Intl.DateTimeFormat("en-US", { month: "short", day: "numeric", timeZone: "UTC" });
const count = new Intl.NumberFormat("en-US");

/** Calls per day and outcome of the last 90 days (UTC), as stacked bars, and as a table. */
export function UsageChart({ days, now }: { days: readonly Day[]; now: number }) {
  const known = new Map(days.map((day) => [day.day, day]));
  const all = Array.from({ length: tokenUsageLimits.days }, (_, index) => {
    const day = new Date(now - (tokenUsageLimits.days - 1 - index) * dayMs).toISOString().slice(0, 10);
    return known.get(day) ?? { day, succeeded: 0, failed: 0, limited: 0, errors: 0 };
  });
  const most = Math.max(1, ...all.map(totalOf));
  const calls = all.reduce((sum, day) => sum + totalOf(day), 0);
  const shown = outcomes.filter(({ key }) => key === "succeeded" || all.some((day) => day[key] > 0));
  const width = all.length * step;
  return (
    <figure>
      <figcaption className="mb-3 flex flex-wrap items-center justify-between gap-x-6 gap-y-1">
        <span>
          {count.format(calls)} {calls === 1 ? "call" : "calls"} in {tokenUsageLimits.days} days
        </span>
        <span className="flex flex-wrap gap-x-4 text-help text-muted">
          {shown.map(({ key, label, dot }) => (
            <span key={key} className="inline-flex items-center gap-1.5">
              <span className={cx("size-2 rounded-full", dot)} />
              {label}
            </span>
          ))}
        </span>
      </figcaption>
      <svg viewBox={`0 0 ${width} ${height}`} preserveAspectRatio="none" aria-hidden className="h-24 w-full">
        {all.map((day, index) => (
          <Bar key={day.day} day={day} x={index * step} most={most} />
        ))}
        <rect x={0} y={height - 1} width={width} height={1} className="fill-border" />
      </svg>
      <p className="mt-1 flex justify-between text-help text-muted">
        <span>{date.format(Date.parse(all[0]?.day ?? ""))}</span>
        <span>most on a day: {count.format(calls === 0 ? 0 : most)}</span>
        <span>today</span>
      </p>
      {days.length > 0 && <DayTable days={days} />}
    </figure>
  );
}

function totalOf({ succeeded, failed, limited, errors }: Day): number {
  return succeeded + failed + limited + errors;
}

function Bar({ day, x, most }: { day: Day; x: number; most: number }) {
  let top = height;
  return outcomes.map(({ key, fill }) => {
    if (day[key] === 0) return null;
    // A single call among many can be seen.
    const part = Math.max(2, (day[key] / most) * (height - 8));
    top -= part;
    return <rect key={key} x={x} y={top} width={step - gap} height={part} className={fill} />;
  });
}

function DayTable({ days }: { days: readonly Day[] }) {
  return (
    <details className="mt-2">
      <summary className="w-fit cursor-pointer rounded-control text-help text-muted hover:text-text">
        Show as a table
      </summary>
      <div className="mt-2">
        <table aria-label="Calls per day" className="w-full text-help tabular-nums">
          <thead>
            <tr className="border-b border-border text-left text-muted">
              <th scope="col" className="py-1 pr-4 font-medium">
                Day (UTC)
              </th>
              {outcomes.map(({ key, label }) => (
                <th key={key} scope="col" className="py-1 pr-4 text-right font-medium">
                  {label}
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {days.toReversed().map((day) => (
              <tr key={day.day} className="border-b border-border">
                <th scope="row" className="py-1 pr-4 text-left font-normal">
                  {date.format(Date.parse(day.day))}
                </th>
                {outcomes.map(({ key }) => (
                  <td key={key} className="py-1 pr-4 text-right">
                    {count.format(day[key])}
                  </td>
                ))}
              </tr>
            ))}
          </tbody>
        </table>
      </div>
    </details>
  );
}
