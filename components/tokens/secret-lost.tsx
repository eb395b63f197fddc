"use client";

import { useState } from "react";
import { type FormProblem, ProblemBanner, problemOf } from "#components/records/problem";
import { useApi } from "#components/shell/api";
import type { Token } from "#components/tokens/cells";
import { Banner } from "#components/ui/banner";
import { Button } from "#components/ui/button";
import { revokeToken } from "#lib/contract/tokens";

/** The response with the secret was lost: nobody has the secret, and it can't be shown again. */
export function SecretLost({ token, onRevoked }: { token: Token; onRevoked: () => void }) {
  const api = useApi();
  const [problem, setProblem] = useState<FormProblem | null>(null);
  const [busy, setBusy] = useState(false);

  async function revoke() {
    setBusy(true);
    setProblem(null);
    try {
      await api.call(revokeToken, { id: token.id });
      onRevoked();
    } catch (failure) {
      setProblem(problemOf(failure));
      setBusy(false);
    }
  }

  return (
    <>
      <ProblemBanner problem={problem} />
      <Banner tone="warning" role="alert">
        Token created, but its secret didn't arrive. Revoke it and create another.
      </Banner>
      <p className="mt-4">
        “{token.name}” is in your list as <code>{token.prefix}</code>. Nobody has its secret, and it can't be shown
        again.
      </p>
      <Button look="primary" busy={busy} onClick={revoke} className="mt-4 max-sm:w-full">
        Revoke it and start again
      </Button>
    </>
  );
}
