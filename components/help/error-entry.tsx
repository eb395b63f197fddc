interface ErrorEntryProps {
  code: string;
  status: number;
  title: string;
  meaning: string;
  remedy: string;
}

/** One code, at the anchor that a problem's `type` links to. The linked one is highlighted. */
export function ErrorEntry({ code, status, title, meaning, remedy }: ErrorEntryProps) {
  return (
    <article
      id={code}
      aria-labelledby={`${code}-title`}
      className="mt-3 scroll-mt-[calc(var(--top-bar,0px)+2rem)] rounded-card border border-border bg-surface px-4 py-3 target:border-accent target:bg-accent-soft"
    >
      <h3 id={`${code}-title`} className="mt-0!">
        <a href={`#${code}`} className="text-text hover:underline">
          {title}
        </a>
      </h3>
      <p className="mt-1! text-help text-muted">
        {status} <span className="font-mono">{code}</span>
      </p>
      <p className="mt-2!">{meaning}</p>
      <p className="mt-1!">{remedy}</p>
    </article>
  );
}
