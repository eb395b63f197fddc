"use client";

import { useCallback, useEffect, useRef, useTransition } from "react";

/** Runs a navigation or a refresh. The promise resolves when the new page is rendered, so that focus can move to it. */
export function useVisit(): (go: () => void) => Promise<void> {
  const [pending, start] = useTransition();
  const arrived = useRef<(() => void)[]>([]);
  useEffect(() => {
    if (pending) return;
    for (const keep of arrived.current) keep();
    arrived.current = [];
  }, [pending]);
  return useCallback((go) => {
    return new Promise((keep) => {
      arrived.current.push(keep);
      start(go);
    });
  }, []);
}
