"use client";

import { CSPProvider } from "@base-ui/react/csp-provider";
import { type ReactNode, useState } from "react";
import { LiveRegion } from "#components/ui/live-region";
import { ToastProvider } from "#components/ui/toast";

/** The providers of every page: the nonce for Base UI, the live region, and toasts. */
export function Providers({ nonce, children }: { nonce?: string; children: ReactNode }) {
  // The document's policy allows only the first nonce. A refresh of the layout passes a new one.
  const [first] = useState(nonce);
  return (
    <CSPProvider nonce={first}>
      <LiveRegion>
        <ToastProvider>{children}</ToastProvider>
      </LiveRegion>
    </CSPProvider>
  );
}
