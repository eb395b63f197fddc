"use client";

import { createContext, type ReactNode, useCallback, useContext, useState } from "react";
import { late, useLate } from "#components/ui/late";
import type { ToastText } from "#components/ui/toasts";

type Show = (text: ToastText["text"], action?: ToastText["action"]) => void;

const Context = createContext<Show>(() => {});
const part = late(() => import("#components/ui/toasts"));

/** Reports a success that isn't visible on the page. Never for an error or a secret, and never in a dialog. */
export function useToast(): Show {
  return useContext(Context);
}

export function ToastProvider({ children }: { children: ReactNode }) {
  const [texts, setTexts] = useState<readonly ToastText[]>([]);
  const [used, setUsed] = useState(false);
  const module = useLate(part, used);
  const show = useCallback<Show>((text, action) => {
    setUsed(true);
    setTexts((waiting) => [...waiting, { text, action }]);
  }, []);
  const clear = useCallback(() => setTexts([]), []);
  return (
    <Context value={show}>
      {children}
      {module && <module.Toasts texts={texts} onShown={clear} />}
    </Context>
  );
}
