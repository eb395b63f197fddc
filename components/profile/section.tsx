import { type ReactNode, useId } from "react";

type SectionProps = { id?: string; title: string; text: string; children: ReactNode };

export function Section({ id: anchor, title, text, children }: SectionProps) {
  const id = useId();
  return (
    <section
      id={anchor}
      aria-labelledby={id}
      className="scroll-mt-20 border-b border-border pb-8 last:border-0 lg:scroll-mt-8"
    >
      <h2 id={id} className="text-title font-semibold">
        {title}
      </h2>
      <p className="mt-1 text-muted">{text}</p>
      <div className="mt-4">{children}</div>
    </section>
  );
}
