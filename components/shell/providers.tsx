"use client";

import { CSPProvider } from "@base-ui/react/csp-provider";
import { type ReactNode, useState } from "react";
import { LiveRegion } from "#components/ui/live-region";
import { ToastProvider } from "#components/ui/toast";

/** What every page stands in: the nonce for Base UI, the live region, the toasts. */
export function Providers({ nonce, children }: { nonce?: string; children: ReactNode }) {
  // The document's policy knows the first one only; a refresh of the layout brings another.
  const [first] = useState(nonce);
  return (
    <CSPProvider nonce={first}>
      <LiveRegion>
        <ToastProvider>{children}</ToastProvider>
      </LiveRegion>
    </CSPProvider>
  );
}
