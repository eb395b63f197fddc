"use client";

import { usePathname } from "next/navigation";
import { useEffect, useRef } from "react";

/** Gives focus to the page's content if what had it is gone after a navigation: Tab and screen readers then go on from there. */
export function FocusKeeper() {
  const path = usePathname();
  const last = useRef(path);
  useEffect(() => {
    if (path === last.current) return;
    last.current = path;
    if (document.activeElement === document.body) document.getElementById("main")?.focus({ preventScroll: true });
  }, [path]);
  return null;
}
