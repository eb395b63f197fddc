"use client";

import { useEffect, useRef } from "react";
import { useAnnounce } from "#components/ui/live-region";

/** Announces the number of rows to assistive technology when it changes. */
export function ListCount({ text }: { text: string }) {
  const announce = useAnnounce();
  const said = useRef(text);
  useEffect(() => {
    if (text !== said.current) announce(text);
    said.current = text;
  }, [text, announce]);
  return null;
}
