"use client";

import Link from "next/link";
import { useAuthForm } from "#components/auth/use-auth-form";
import { ProblemBanner } from "#components/forms/problem";
import { Banner } from "#components/ui/banner";
import { Button } from "#components/ui/button";
import { PasswordField } from "#components/ui/password-field";
import { TextField } from "#components/ui/text-field";
import { createClient } from "#lib/contract/client";
import { signInInput } from "#lib/contract/session";

/** `next` is where to go on to, a path of ours; `ended` says that the session ended while someone worked. */
export function SignInForm({ next, ended }: { next: string; ended: boolean }) {
  const form = useAuthForm({
    schema: signInInput,
    leaves: true,
    submit: async (values) => {
      await createClient().auth("sign-in", values);
      location.assign(next);
    },
  });
  return (
    <form {...form.props} className="flex flex-col gap-4">
      {ended && form.problem === null && (
        <Banner role="status">Your session has ended. Sign in to go on where you were; what you typed is kept.</Banner>
      )}
      <ProblemBanner problem={form.problem} />
      <TextField
        label="Email address"
        name="email"
        type="email"
        autoComplete="username"
        error={form.faults.email}
        autoFocus
      />
      <PasswordField label="Password" name="password" autoComplete="current-password" error={form.faults.password} />
      <Button look="primary" type="submit" busy={form.busy} className="w-full">
        Sign in
      </Button>
      <p className="text-center">
        <Link href="/forgotten-password" className="link">
          Forgot your password?
        </Link>
      </p>
    </form>
  );
}
