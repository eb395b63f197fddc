"use client";

import { ProblemBanner } from "#components/forms/problem";
import { useForm } from "#components/forms/use-form";
import { useApi } from "#components/shell/api";
import type { Token } from "#components/tokens/cells";
import { Banner } from "#components/ui/banner";
import { Button } from "#components/ui/button";
import { revokeToken } from "#lib/contract/tokens";

/** The response with the secret was lost: nobody has the secret, and it can't be shown again. */
export function SecretLost({ token, onRevoked }: { token: Token; onRevoked: () => void }) {
  const api = useApi();
  const form = useForm({
    async submit() {
      await api.call(revokeToken, { id: token.id });
      onRevoked();
    },
  });

  return (
    <form {...form.props} className="flex flex-col gap-4">
      <ProblemBanner problem={form.problem} />
      <Banner tone="warning" role="alert">
        Token created, but its secret didn't arrive. Revoke it and create another.
      </Banner>
      <p>
        “{token.name}” is in your list as <code>{token.prefix}</code>. Nobody has its secret, and it can't be shown
        again.
      </p>
      <Button look="primary" type="submit" busy={form.busy} className="sm:self-start">
        Revoke it and start again
      </Button>
    </form>
  );
}
