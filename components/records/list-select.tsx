"use client";

import { usePathname, useRouter, useSearchParams } from "next/navigation";
import { useTransition } from "react";
import type { SelectOption } from "#components/ui/select";
import { Select } from "#components/ui/select";

/** Writes a choice into the URL and leaves the place in the list; `whole` means no choice. A press of Back undoes it. */
export function useUrlChoice(param: string, whole: string): [choose: (value: string) => void, busy: boolean] {
  const router = useRouter();
  const path = usePathname();
  const params = useSearchParams();
  const [busy, start] = useTransition();
  function choose(value: string) {
    const next = new URLSearchParams(params);
    next.delete("cursor");
    value === whole ? next.delete(param) : next.set(param, value);
    start(() => router.push(next.size > 0 ? `${path}?${next}` : path, { scroll: false }));
  }
  return [choose, busy];
}

export interface ListSelectProps {
  /** Its name in the URL. */
  param: string;
  label: string;
  value: string;
  /** The first is what an URL without it means. */
  options: readonly SelectOption<string>[];
  className?: string;
}

/** A filter or the order of a list. */
export function ListSelect({ param, label, value, options, className }: ListSelectProps) {
  const [choose] = useUrlChoice(param, options[0]?.value ?? "");
  return <Select hideLabel size="bar" {...{ label, value, options, className }} onChange={choose} />;
}
