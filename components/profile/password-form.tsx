"use client";

import { useRouter } from "next/navigation";
import { useAuthForm } from "#components/auth/use-auth-form";
import { ProblemBanner } from "#components/forms/problem";
import { useApi } from "#components/shell/api";
import { useTokenReview } from "#components/tokens/use-token-review";
import { Button } from "#components/ui/button";
import { PasswordField } from "#components/ui/password-field";
import { useToast } from "#components/ui/toast";
import { passwordInput } from "#lib/contract/session";

/** `email` tells password managers whose passwords these are. */
export function PasswordForm({ email }: { email: string }) {
  const api = useApi();
  const toast = useToast();
  const router = useRouter();
  // The list of tokens that the router may have kept is older than what was revoked here.
  const review = useTokenReview(api, router.refresh);
  const form = useAuthForm({
    schema: passwordInput,
    submit: async (values) => {
      await api.auth("password", values);
      form.props.ref.current?.reset();
      if (!(await review.begin())) toast("Password changed. You are signed out everywhere else.");
    },
  });
  return (
    <>
      <form {...form.props} className="flex flex-col items-start gap-4">
        <ProblemBanner problem={form.problem} />
        <input type="text" autoComplete="username" defaultValue={email} hidden />
        <PasswordField
          label="Current password"
          name="current_password"
          autoComplete="current-password"
          error={form.faults.current_password}
          className="w-full"
        />
        <PasswordField
          label="New password"
          name="password"
          autoComplete="new-password"
          help="At least 8 characters."
          error={form.faults.password}
          className="w-full"
        />
        <Button type="submit" busy={form.busy}>
          Change password
        </Button>
      </form>
      {review.dialog}
    </>
  );
}
