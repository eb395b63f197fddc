"use client";

import type { ReactNode } from "react";
import { createContext, useCallback, useContext, useEffect, useRef, useState } from "react";

type Announce = (text: string, how?: "polite" | "assertive") => void;

const Context = createContext<Announce>(() => {});

/** Announces text to assistive technology. Assertive only for being signed out. */
export function useAnnounce(): Announce {
  return useContext(Context);
}

/** The only live region. It is cleared after a while, so that the same text can be announced again. */
export function LiveRegion({ children }: { children: ReactNode }) {
  const [said, setSaid] = useState({ polite: "", assertive: "" });
  const timers = useRef<ReturnType<typeof setTimeout>[]>([]);
  const announce = useCallback<Announce>((text, how = "polite") => {
    timers.current.forEach(clearTimeout);
    setSaid({ polite: "", assertive: "" });
    timers.current = [
      setTimeout(() => setSaid({ polite: "", assertive: "", [how]: text }), 50),
      setTimeout(() => setSaid({ polite: "", assertive: "" }), 5000),
    ];
  }, []);
  useEffect(() => () => timers.current.forEach(clearTimeout), []);
  return (
    <Context value={announce}>
      {children}
      <div aria-live="polite" className="sr-only">
        {said.polite}
      </div>
      <div aria-live="assertive" className="sr-only">
        {said.assertive}
      </div>
    </Context>
  );
}
