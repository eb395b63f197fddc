import { ButtonLink } from "#components/ui/button";

/** Links to the first and the next page. The browser's Back goes to the previous one. Renders nothing for a single page. */
export function Pagination({ label, first, next }: { label: string; first?: string | null; next?: string | null }) {
  if (!first && !next) return null;
  return (
    <nav aria-label={label} className="mt-4 flex flex-wrap justify-end gap-2 max-sm:*:grow">
      {first && <ButtonLink href={first}>First page</ButtonLink>}
      {next && <ButtonLink href={next}>Next page</ButtonLink>}
    </nav>
  );
}
