"use client";

import Link from "next/link";
import { useAuthForm } from "#components/auth/use-auth-form";
import { ProblemBanner } from "#components/forms/problem";
import { refreshSession } from "#components/shell/api";
import { useTokenReview } from "#components/tokens/use-token-review";
import { Button } from "#components/ui/button";
import { PasswordField } from "#components/ui/password-field";
import { createClient } from "#lib/contract/client";
import { passwordInput } from "#lib/contract/session";
import { signInPath } from "#lib/format/path";

type ConfirmFormProps = { type: "signup" | "email" | "recovery"; tokenHash: string };

/** Someone who was looking through their tokens when the session ended can go on with that. */
const api = createClient({
  refresh: refreshSession,
  onSignedOut: () => location.assign(signInPath("/settings/api-tokens", true)),
});

/** Uses a mailed link, once a person presses the button: scanners of mail follow links, and it is good for one use. */
export function ConfirmForm({ type, tokenHash }: ConfirmFormProps) {
  const recovery = type === "recovery";
  const review = useTokenReview(api, goOn);
  const form = useAuthForm({
    schema: recovery ? passwordInput.pick({ password: true }) : undefined,
    leaves: true,
    submit: async (values) => {
      await api.auth("confirm", { type, token_hash: tokenHash, ...values });
      // The used link must not come back, neither with the Back button nor with a reload.
      history.replaceState(null, "", "/");
      if (!recovery || !(await review.begin())) goOn();
    },
  });
  return (
    <>
      <form {...form.props} className="flex flex-col gap-4">
        <ProblemBanner problem={form.problem}>
          <Link href={recovery ? "/forgotten-password" : "/sign-in"} className="link">
            {recovery ? "Send a new link" : "Sign in"}
          </Link>
        </ProblemBanner>
        {recovery && (
          <PasswordField
            label="New password"
            name="password"
            autoComplete="new-password"
            help="At least 8 characters. You are signed out everywhere else."
            error={form.faults.password}
            autoFocus
          />
        )}
        <Button look="primary" type="submit" busy={form.busy} className="w-full">
          {recovery ? "Save new password" : "Confirm my address"}
        </Button>
      </form>
      {review.dialog}
    </>
  );
}

function goOn() {
  location.replace("/");
}
