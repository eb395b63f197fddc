import { ButtonLink } from "#components/ui/button";

/** No page numbers: the browser's Back is the previous page. Renders nothing where there is one page only. */
export function Pagination({ label, first, next }: { label: string; first?: string | null; next?: string | null }) {
  if (!first && !next) return null;
  return (
    <nav aria-label={label} className="mt-4 flex flex-wrap justify-end gap-2 max-sm:*:grow">
      {first && <ButtonLink href={first}>First page</ButtonLink>}
      {next && <ButtonLink href={next}>Next page</ButtonLink>}
    </nav>
  );
}
