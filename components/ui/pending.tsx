"use client";

import { useEffect, useRef, useState } from "react";

/** Whether to show a pending state: not in the first 200 ms, and then for at least 400 ms. */
export function useShownPending(pending: boolean): boolean {
  const [shown, setShown] = useState(false);
  const since = useRef(0);
  useEffect(() => {
    if (pending === shown) return;
    const wait = pending ? 200 : Math.max(0, since.current + 400 - Date.now());
    const timer = setTimeout(() => {
      since.current = Date.now();
      setShown(pending);
    }, wait);
    return () => clearTimeout(timer);
  }, [pending, shown]);
  return shown;
}
