"use client";

import { Search, X } from "lucide-react";
import { usePathname, useRouter, useSearchParams } from "next/navigation";
import { useEffect, useRef, useState, useTransition } from "react";
import { cx } from "#components/ui/cx";
import { controlLook } from "#components/ui/field";
import { IconButton } from "#components/ui/icon-button";

interface SearchFieldProps {
  /** “Search contacts”, for assistive technology. On screen, the icon says it. */
  label: string;
  /** What can be searched: “Name or email”. */
  hint?: string;
  /** The parameter's name in the URL. */
  param?: string;
  /** Parameters that a new search removes. Default: the position in the list. */
  drop?: readonly string[];
}

/** The position in the list. */
const place = ["cursor", "from"] as const;

/** Writes the search into the URL after a pause of 250 ms. `/` moves focus here. */
export function SearchField({ label, hint, param = "q", drop = place }: SearchFieldProps) {
  const router = useRouter();
  const path = usePathname();
  const params = useSearchParams();
  const inUrl = params.get(param) ?? "";
  const [text, setText] = useState(inUrl);
  const [busy, start] = useTransition();
  const written = useRef(inUrl);
  const field = useRef<HTMLInputElement>(null);

  // The URL was changed elsewhere: by Back, or “Clear filters”.
  useEffect(() => {
    if (inUrl !== written.current) {
      written.current = inUrl;
      setText(inUrl);
    }
  }, [inUrl]);

  useEffect(() => {
    const wanted = text.trim();
    if (wanted === written.current) return;
    const timer = setTimeout(() => {
      const next = new URLSearchParams(params);
      for (const name of drop) next.delete(name);
      wanted ? next.set(param, wanted) : next.delete(param);
      written.current = wanted;
      start(() => router.replace(next.size ? `${path}?${next}` : path, { scroll: false }));
    }, 250);
    return () => clearTimeout(timer);
  }, [text, params, param, path, drop, router]);

  return (
    <search className="relative w-full sm:w-auto sm:min-w-56 sm:max-w-80 sm:grow" aria-busy={busy || undefined}>
      <Search size={16} className="pointer-events-none absolute top-1/2 left-2.5 -translate-y-1/2 text-muted" />
      <input
        ref={field}
        type="search"
        aria-label={label}
        aria-keyshortcuts="/"
        placeholder={hint}
        value={text}
        onChange={(event) => setText(event.target.value)}
        className={cx(
          controlLook,
          "h-(--control-bar) pr-8 pl-8 pointer-coarse:pr-11 [&::-webkit-search-cancel-button]:hidden",
        )}
      />
      {text && (
        <IconButton
          className="absolute top-1/2 right-0.5 -translate-y-1/2"
          label="Clear search"
          icon={<X size={16} />}
          onClick={() => {
            setText("");
            field.current?.focus();
          }}
        />
      )}
    </search>
  );
}
