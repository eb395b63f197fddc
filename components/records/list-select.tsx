"use client";

import { usePathname, useRouter, useSearchParams } from "next/navigation";
import { useOptimistic, useTransition } from "react";
import { BarSelect } from "#components/ui/bar-select";
import type { SelectOption } from "#components/ui/select";

interface UrlChoice {
  /** The chosen value, while its rows may still be loading. */
  shown: string;
  busy: boolean;
  choose: (value: string) => void;
}

/** A choice in the URL; `whole` is the value for none. Choosing goes to the first page, and Back undoes it. */
export function useUrlChoice(param: string, value: string, whole = ""): UrlChoice {
  const router = useRouter();
  const path = usePathname();
  const params = useSearchParams();
  const [busy, start] = useTransition();
  const [shown, show] = useOptimistic(value);
  function choose(chosen: string) {
    const next = new URLSearchParams(params);
    next.delete("cursor");
    next.delete("from");
    chosen === whole ? next.delete(param) : next.set(param, chosen);
    start(() => {
      show(chosen);
      router.push(next.size > 0 ? `${path}?${next}` : path, { scroll: false });
    });
  }
  return { shown, busy, choose };
}

interface ListSelectProps {
  /** The parameter's name in the URL. */
  param: string;
  label: string;
  value: string;
  /** The first one is the default, without the parameter in the URL. */
  options: readonly SelectOption<string>[];
  className?: string;
}

/** A filter or the order of a list. */
export function ListSelect({ param, label, value, options, className }: ListSelectProps) {
  const { shown, busy, choose } = useUrlChoice(param, value, options[0]?.value);
  return (
    <div aria-busy={busy || undefined} className={className}>
      <BarSelect label={label} options={options} value={shown} onChange={choose} />
    </div>
  );
}
