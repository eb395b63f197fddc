/** The logo: a person at a desk. */
export function Mark({ size = 24 }: { size?: number }) {
  return (
    <svg aria-hidden width={size} height={size} viewBox="0 0 32 32" className="shrink-0">
      <rect width="32" height="32" rx="8" className="fill-accent" />
      <g className="fill-on-accent">
        <circle cx="16" cy="10" r="4" />
        <path d="M8.5 20a7.5 4.5 0 0 1 15 0z" />
        <rect x="5" y="21.5" width="22" height="3" rx="1.5" />
      </g>
    </svg>
  );
}

export function Wordmark() {
  return (
    <span className="inline-flex items-center gap-2 text-title font-semibold tracking-[-0.01em]">
      <Mark />
      RepDesk
    </span>
  );
}
