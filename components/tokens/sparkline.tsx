const [height, step, gap] = [20, 3, 1];
const count = new Intl.NumberFormat("en-US");

/** Calls on each of the last days, as small bars. */
export function Sparkline({ calls = [] }: { calls: readonly number[] | undefined }) {
  const total = calls.reduce((sum, day) => sum + day, 0);
  const words = total === 1 ? "1 call in 30 days" : `${count.format(total)} calls in 30 days`;
  if (total === 0) return <span className="text-muted">none</span>;
  const most = Math.max(...calls);
  return (
    <span title={words} className="inline-flex">
      <span className="sr-only">{words}</span>
      <svg width={calls.length * step} height={height} aria-hidden>
        {calls.map((day, index) => {
          const part = day === 0 ? 1 : Math.max(2, (day / most) * height);
          return (
            <rect
              // biome-ignore lint/suspicious/noArrayIndexKey: a day has no other name
              key={index}
              x={index * step}
              y={height - part}
              width={step - gap}
              height={part}
              className={day === 0 ? "fill-border" : "fill-chart-ok"}
            />
          );
        })}
      </svg>
    </span>
  );
}
