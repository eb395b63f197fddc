"use client";

import { useEffect, useRef } from "react";
import { useAnnounce } from "#components/ui/live-region";

/** Says how many rows there are whenever that changes, for those who don't see it happen. */
export function ListCount({ text }: { text: string }) {
  const announce = useAnnounce();
  const said = useRef(text);
  useEffect(() => {
    if (text !== said.current) announce(text);
    said.current = text;
  }, [text, announce]);
  return null;
}
