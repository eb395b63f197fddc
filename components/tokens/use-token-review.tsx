"use client";

import { type ReactNode, useState } from "react";
import type { Found } from "#components/tokens/live-tokens";
import { TokenReview } from "#components/tokens/token-review";
import { lookForTokens } from "#components/tokens/use-review";
import type { Client } from "#lib/contract/client";

interface TokenReviewHandle {
  /** Searches for active tokens and shows them. Resolves with false if there are none. */
  begin(): Promise<boolean>;
  dialog: ReactNode;
}

/** Offers to revoke a person's active API tokens after a password change. `onClose` is called when they continue. */
export function useTokenReview(api: Client, onClose: () => void): TokenReviewHandle {
  const [shown, setShown] = useState<{ found: Found; open: boolean; turn: number } | null>(null);
  return {
    async begin() {
      const found = await lookForTokens(api);
      if (found.tokens.length === 0 && found.missed === null) return false;
      // Each opening starts over.
      setShown((before) => ({ found, open: true, turn: (before?.turn ?? 0) + 1 }));
      return true;
    },
    dialog: shown && (
      <TokenReview
        key={shown.turn}
        api={api}
        found={shown.found}
        open={shown.open}
        onClose={() => {
          setShown({ ...shown, open: false });
          onClose();
        }}
      />
    ),
  };
}
