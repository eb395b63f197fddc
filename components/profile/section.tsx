import { type ReactNode, useId } from "react";

type SectionProps = { title: string; text: string; children: ReactNode };

export function Section({ title, text, children }: SectionProps) {
  const id = useId();
  return (
    <section aria-labelledby={id} className="border-b border-border pb-8 last:border-0">
      <h2 id={id} className="text-title font-semibold">
        {title}
      </h2>
      <p className="mt-1 text-muted">{text}</p>
      <div className="mt-4">{children}</div>
    </section>
  );
}
